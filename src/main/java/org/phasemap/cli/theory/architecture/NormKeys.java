package org.phasemap.cli.theory.architecture;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.cli.theory.architecture.ArchitectureKey.Family;
import org.phasemap.theory.architecture.norm.BatchNormGrowth;
import org.phasemap.theory.architecture.norm.FeatureNorm;
import org.phasemap.theory.architecture.norm.FeatureNorm.Kind;
import org.phasemap.theory.architecture.norm.FeatureNorm.Place;
import org.phasemap.theory.architecture.norm.NormalisedBatch;
import org.phasemap.theory.dual.GaussianMoments;

/** Batch, layer and RMS norm. */
final class NormKeys {
  private static final Family BATCH =
      new Family("Batch norm", "Yang et al. 2019, arXiv 1902.08129, sec. 3; finite B derived");
  private static final Family FEATURES =
      new Family("Layer and RMS norm", "Doshi et al. 2023, arXiv 2111.12143 (before); derived");

  private static final Parameter GAIN =
      Parameter.number("gamma", "numbers other than 0", g -> g != 0 && Math.abs(g) < 1e6).or("1");
  private static final Parameter GAMMA = Parameter.positive("gamma").or("1");
  private static final Parameter BETA =
      Parameter.number("beta", "numbers", b -> Math.abs(b) < 1e6).or("0");
  private static final Parameter RATE_BATCH = Parameter.batch("B", 4);
  private static final Parameter BATCH_SIZE = Parameter.batch("B", 2);
  private static final Parameter AFTER_BATCH = Parameter.batch("B", 8).or("inf");
  private static final Parameter ALL = Parameter.choice("B", Parameter.INFINITE).or("inf");
  private static final Parameter ACTIVATION_FIRST =
      Parameter.choice("order", "activation first").or("activation first");
  private static final Parameter NORM = Parameter.choice("norm", "layer", "rms");
  private static final Parameter ORDER = Parameter.choice("order", "before", "after");
  private static final Parameter BEFORE = Parameter.choice("order", "before").or("before");
  private static final Parameter ANY_SCALE = Parameter.positive("sigma_w2").or("2");

  private NormKeys() {}

  static List<ArchitectureKey> keys() {
    List<ArchitectureKey> keys = new ArrayList<>(batch());
    keys.addAll(features());
    return keys;
  }

  private static List<ArchitectureKey> batch() {
    return List.of(
        new ArchitectureKey(
            "batch_norm_gradient_rate",
            BATCH,
            "growth of squared gradients per layer phi(gamma BN(W h)): B T/((B-1)(B-3)(q-p))",
            List.of(Laws.ACTIVATION, RATE_BATCH, GAIN),
            NormKeys::rate),
        new ArchitectureKey(
            "batch_norm_second_moment",
            BATCH,
            "q = E phi(gamma u)^2, u on the sphere of radius sqrt(B) in zero mean",
            List.of(Laws.ACTIVATION, BATCH_SIZE, GAIN),
            p -> Double.isInfinite(p.batch(BATCH_SIZE)) ? gaussian(p, 2) : moments(p).value2()),
        new ArchitectureKey(
            "batch_norm_cross_moment",
            BATCH,
            "p = E phi(gamma u_a) phi(gamma u_b)",
            List.of(Laws.ACTIVATION, BATCH_SIZE, GAIN),
            p ->
                Double.isInfinite(p.batch(BATCH_SIZE))
                    ? Math.pow(gaussian(p, 1), 2)
                    : moments(p).valuePair()),
        new ArchitectureKey(
            "batch_norm_after_rate",
            BATCH,
            "growth per layer where BN follows phi: sw2 B E[phi'^2 P_aa - phi'_a phi'_b P_ab]/S; B"
                + " -> inf: sw2 D(q)/Var_q phi, q = sw2 + sb2, right where sb2 = 0",
            List.of(Laws.ACTIVATION, Laws.SIGMA_W2, Laws.SIGMA_B2, AFTER_BATCH, ACTIVATION_FIRST),
            NormKeys::afterRate),
        new ArchitectureKey(
            "batch_norm_rate_gamma",
            BATCH,
            "growth per layer phi(gamma BN(W h) + beta), B -> inf: gamma^2 E phi'^2/Var phi",
            List.of(Laws.ACTIVATION, GAIN, BETA, ALL),
            p ->
                BatchNormGrowth.infiniteBatch(
                    p.activation(Laws.ACTIVATION), Math.abs(p.number(GAIN)), p.number(BETA))));
  }

  private static double rate(KeyParameters p) {
    double batch = p.batch(RATE_BATCH);
    double gamma = p.number(GAIN);
    return Double.isInfinite(batch)
        ? BatchNormGrowth.infiniteBatch(p.activation(Laws.ACTIVATION), Math.abs(gamma), 0)
        : BatchNormGrowth.finiteBatch(p.activation(Laws.ACTIVATION), gamma, (int) batch);
  }

  private static double afterRate(KeyParameters p) {
    double batch = p.batch(AFTER_BATCH);
    return Double.isInfinite(batch)
        ? BatchNormGrowth.afterActivation(p.law())
        : BatchNormGrowth.afterActivation(p.law(), (int) batch);
  }

  private static NormalisedBatch moments(KeyParameters p) {
    return NormalisedBatch.of(
        p.activation(Laws.ACTIVATION), p.number(GAIN), (int) p.batch(BATCH_SIZE));
  }

  private static double gaussian(KeyParameters p, int power) {
    double gamma = p.number(GAIN);
    GaussianMoments moments = new GaussianMoments(p.activation(Laws.ACTIVATION), gamma * gamma);
    return power == 1 ? moments.mean() : moments.secondMoment();
  }

  private static List<ArchitectureKey> features() {
    return List.of(
        new ArchitectureKey(
            "norm_chi",
            FEATURES,
            "factor of squared gradients per layer: gamma^2 sw2 D(gamma^2)/(sw2 V + sb2) before"
                + " phi, gamma^2 sw2 D(q)/(V - m^2) after it, q = gamma^2 sw2 + sb2 (RMS: m = 0)",
            List.of(Laws.ACTIVATION, Laws.SIGMA_W2, Laws.SIGMA_B2, GAMMA, ORDER, NORM),
            p -> norm(p).chi()),
        new ArchitectureKey(
            "norm_correlation",
            FEATURES,
            "correlation of two inputs' pre-activations after depth layers, from c0",
            List.of(
                Laws.ACTIVATION,
                Laws.SIGMA_W2,
                Laws.SIGMA_B2,
                GAMMA,
                ORDER,
                NORM,
                Laws.C0,
                Laws.LAYERS),
            p -> norm(p).correlation(p.number(Laws.C0), p.count(Laws.LAYERS))),
        new ArchitectureKey(
            "norm_log_gradient_variance_relu",
            FEATURES,
            "n Var ln(|g_0|^2 q_0/|g_L|^2), first order: 8L - 3 (rms), (8 - 2/pi)L - 3 (layer)",
            List.of(Laws.RELU, ANY_SCALE, NORM, BEFORE, Laws.DEPTH),
            p ->
                FeatureNorm.logGradientVariance(
                    p.constant(NORM, Kind.class), p.count(Laws.DEPTH))));
  }

  private static FeatureNorm norm(KeyParameters p) {
    return new FeatureNorm(
        p.law(), p.number(GAMMA), p.constant(ORDER, Place.class), p.constant(NORM, Kind.class));
  }
}
