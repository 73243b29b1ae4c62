package org.phasemap.cli.theory.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.phasemap.cli.theory.architecture.ArchitectureKey.Family;
import org.phasemap.theory.architecture.weights.DeepAutoencoder;
import org.phasemap.theory.architecture.weights.SpectralNormalisation;
import org.phasemap.theory.architecture.weights.WeightNormalisation;

/** Normalised weights and chains of layers of any widths. */
final class WeightKeys {
  private static final Family WEIGHT_NORM =
      new Family("Weight and spectral norm", "Salimans and Kingma 2016; exact, derived");
  private static final Family SPECTRAL =
      new Family(
          "Weight and spectral norm",
          "Johnstone 2001; Ma 2012, Bernoulli 18, 322; Bornemann 2010; Geman 1980");
  private static final Family CHAIN =
      new Family("Deep autoencoders", "Hanin and Rolnick 2018; exact at every width");
  private static final Family TIED = new Family("Deep autoencoders", "derived");

  private static final Parameter WIDTH = Parameter.count("width", 1);

  /** Rows and columns from which the law of the largest singular value is within 1 %. */
  private static final int MANY = 16;

  private static final Parameter FAN_OUT = Parameter.count("fan_out", MANY);
  private static final Parameter FAN_IN = Parameter.count("fan_in", MANY);
  private static final Parameter RATIO = Parameter.positive("ratio");
  private static final Parameter WIDTHS = Parameter.counts("widths", 1);
  private static final Parameter MULTIPLIER = Parameter.positive("multiplier").or("1");

  private WeightKeys() {}

  static List<ArchitectureKey> keys() {
    List<ArchitectureKey> keys = new ArrayList<>(norms());
    keys.add(
        chain(
            "log_mean",
            "mean ln(mean square out/in), ReLU He layers that put out the widths, alive ones",
            DeepAutoencoder::logMean));
    keys.add(chain("log_variance", "variance of the same", DeepAutoencoder::logVariance));
    keys.add(
        chain("dead_probability", "P(some layer is all zero)", DeepAutoencoder::deadProbability));
    keys.add(
        new ArchitectureKey(
            "tied_autoencoder_cosine",
            TIED,
            "cosine of x and W' relu(W x), W of b x n, wide, ratio b/n: sqrt(b/(b + 2n))",
            List.of(RATIO),
            p -> DeepAutoencoder.tiedCosine(p.number(RATIO))));
    return keys;
  }

  private static List<ArchitectureKey> norms() {
    return List.of(
        new ArchitectureKey(
            "weight_norm_second_moment_relu",
            WEIGHT_NORM,
            "E r^2 per square ReLU layer of rows sqrt2 v/|v|, E r = 1: 1 + 6/(n + 2) - 1/n",
            List.of(WIDTH),
            p -> WeightNormalisation.reluSecondMoment(p.count(WIDTH))),
        new ArchitectureKey(
            "spectral_sigma_max2",
            SPECTRAL,
            "E sigma_max^2 of fan_out x fan_in entries N(0, 1/fan_in), asymptotic, within 1 %",
            List.of(FAN_OUT, FAN_IN),
            p -> SpectralNormalisation.largestSquare(p.count(FAN_OUT), p.count(FAN_IN))),
        new ArchitectureKey(
            "spectral_variance_factor",
            SPECTRAL,
            "factor of a linear layer's second moment after W/sigma_max: 1/(1 + sqrt(ratio))^2,"
                + " ratio fan_out/fan_in",
            List.of(RATIO),
            p -> SpectralNormalisation.varianceFactor(p.number(RATIO))));
  }

  private static ArchitectureKey chain(
      String name, String meaning, ToDoubleFunction<DeepAutoencoder> value) {
    return new ArchitectureKey(
        "autoencoder_" + name,
        CHAIN,
        meaning,
        List.of(WIDTHS, MULTIPLIER),
        p -> value.applyAsDouble(new DeepAutoencoder(p.counts(WIDTHS), p.number(MULTIPLIER))));
  }
}
