package org.phasemap.theory.width;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.phasemap.network.WeightLaw;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.width.moment.PairCovariance;

/**
 * What a replicate of finite width n measures: expectation and standard deviation over random
 * networks to first order in 1/n, so that a z-score means something (Roberts, Yaida and Hanin 2022,
 * ch. 4 and 8, extended to several inputs, gradients, orthogonal and masked weights; REFERENCE A7).
 * Of weights that are not normal it has what is of first order in κ/n, too, κ their excess
 * kurtosis: that of a mask, 3/p − 3, is not small beside n. Bias-free homogeneous networks with
 * independent weights have exact log-norm laws instead ({@link LogNormLaw}).
 *
 * <p>Domain of validity: {@link Band#reliable}. The relative variance of the kernel must stay below
 * {@link KernelFluctuation#VALIDITY}, κ/n below an eighth, and what the next order in 1/n adds must
 * be small, {@link Reliability}.
 */
public final class FiniteWidth extends LayeredFluctuations {
  private static final double NEAR_ONE = 1e-5;

  /**
   * Excess kurtosis of the weights over n from which what is of its second order is not small: the
   * first makes up to a third of a variance here. A mask that keeps a share p needs 24(1 − p)/p
   * units.
   */
  private static final double LARGEST_EXCESS = 0.125;

  private final WeightLaw weights;
  private final double q0;
  private final IntFunction<List<FiniteLayer>> layers;
  private final Reliability reliability;

  /** By width, {@link #pairs(int, int)} at layers 1 … L + 1. */
  private final Map<Integer, double[]> pairs = new ConcurrentHashMap<>();

  private FiniteWidth(
      LayerLaw law,
      WeightLaw weights,
      double keep,
      double q0,
      int inputs,
      IntFunction<List<FiniteLayer>> layers,
      Reliability reliability) {
    super(law, new InputMean(inputs, /* alike= */ true), keep);
    this.weights = weights;
    this.q0 = q0;
    this.layers = layers;
    this.reliability = reliability;
  }

  /**
   * Fluctuations of a law at every depth up to L, for any width.
   *
   * @param law with the effective σ_w², keep probability included
   * @param keep p of the mask; 1 without
   * @param inputs m ≥ 1, of equal norm |x|²/n₀ = q0 and pairwise correlation c0
   */
  public static FiniteWidth of(
      LayerLaw law, WeightLaw weights, double keep, double q0, double c0, int depth, int inputs) {
    double kurtosis = KernelFluctuation.maskedKurtosis(weights.excessKurtosis(), keep);
    // One more layer: the read-out's kernel.
    IntFunction<List<FiniteLayer>> made =
        width -> {
          FiniteLayer[] layers = new FiniteLayer[depth + 1];
          layers[0] = FiniteLayer.first(law, weights, new EntryLaw(kurtosis, width), q0, c0);
          for (int l = 1; l <= depth; l++) {
            layers[l] = layers[l - 1].next(weights);
          }
          return List.of(layers);
        };
    Reliability reliability =
        new Reliability(
            List.of(NextOrder.layers(law, law.sigmaW2() * q0 + law.sigmaB2(), depth + 1)));
    return new FiniteWidth(law, weights, keep, q0, inputs, forWidths(made, kurtosis), reliability);
  }

  /** Only weights that are not normal make layers depend on their width. */
  private static IntFunction<List<FiniteLayer>> forWidths(
      IntFunction<List<FiniteLayer>> made, double kurtosis) {
    if (kurtosis == 0) {
      List<FiniteLayer> any = made.apply(1);
      return width -> any;
    }
    Map<Integer, List<FiniteLayer>> known = new ConcurrentHashMap<>();
    return width -> known.computeIfAbsent(width, made::apply);
  }

  private FiniteLayer layer(int layer, int width) {
    return layers.apply(width).get(layer - 1);
  }

  @Override
  boolean reaches(int layer) {
    return true;
  }

  @Override
  List<FiniteLayer> layers(int count, int width) {
    return layers.apply(width).subList(0, count);
  }

  @Override
  double q0(int a) {
    return q0;
  }

  @Override
  double phi2(int layer, int a, int width) {
    return layer(layer, width).at().single().phi2();
  }

  @Override
  boolean isNormal() {
    return weights == WeightLaw.NORMAL && keep == 1;
  }

  @Override
  double relativeVariance(int layer, int width) {
    return Reliability.relativeVariance(layers(layer, width));
  }

  @Override
  double pairs(int layer, int width) {
    return pairs
        .computeIfAbsent(width, n -> Reliability.pairs(layers.apply(n), n, inputs.inputs()))[
        layer - 1];
  }

  @Override
  Reliability reliability() {
    return reliability;
  }

  @Override
  NtkMask mask(int depth, int width) {
    return keep == 1 ? NtkMask.NONE : NtkMask.of(layers(depth, width), keep);
  }

  @Override
  boolean isReliable(int depth, int width) {
    FiniteLayer layer = layer(depth, width);
    return Math.abs(layer.entries().perUnit()) <= LARGEST_EXCESS
        && isLarge(layer.law().activation(), layer.q())
        && super.isReliable(depth, width);
  }

  @Override
  public Band lnQ(int depth, int width) {
    FiniteLayer top = layer(depth, width);
    double q2 = top.q() * top.q();
    double variance = top.observed().ofMeanDiagonal(inputs.inputs()) / q2;
    FirstOrder order =
        new FirstOrder(Math.log(top.q()), top.pairs().shift() / top.q() - 0.5 * variance, variance);
    double single = top.observed().same() / q2;
    return isExact()
        ? LogNormLaw.critical(law, width).lnQ(depth, order.limit(), variance / single)
        : order.band(width, hasSignal(depth, width));
  }

  @Override
  public Band mean(int depth, int width) {
    FirstOrder mean = layer(depth, width).meanPhi(inputs.inputs());
    return mean.bandOfAnySize(width, hasMean(depth, width));
  }

  @Override
  public Band c(int depth, int width) {
    if (inputs.inputs() < 2) {
      return Band.NONE;
    }
    if (layer(depth, width).oneMinusC() < NEAR_ONE) {
      return nearlyEqual(depth, width);
    }
    FiniteLayer top = layer(depth, width);
    double q = top.q();
    double c = top.c();
    PairCovariance k = top.observed();
    PairCovariance cosine = k.map(1, 1, -0.5 * c);
    double variance = Math.max(0, cosine.ofMeanOffDiagonal(inputs.inputs())) / (q * q);
    double second = (-k.touching() + c * (0.75 * k.same() + 0.25 * k.across())) / (q * q);
    double shift = (top.pairs().pairShift() - c * top.pairs().shift()) / q + second;
    FirstOrder order = new FirstOrder(c, shift, variance);
    boolean nearlyNormal =
        order.deviation(width) < LARGEST_SPREAD * layer(depth, width).oneMinusC();
    return order.band(width, nearlyNormal && hasSignal(depth, width));
  }

  /** Where 1 − c is too small for differences of moments, its relative spread is the last known. */
  private Band nearlyEqual(int depth, int width) {
    int last = depth;
    while (last > 1 && layer(last, width).oneMinusC() < NEAR_ONE) {
      last--;
    }
    double relative =
        layer(last, width).oneMinusC() < NEAR_ONE
            ? Double.NaN
            : c(last, width).standardDeviation() / layer(last, width).oneMinusC();
    double delta = layer(depth, width).oneMinusC();
    return new Band(1 - delta, relative * delta, false);
  }
}
