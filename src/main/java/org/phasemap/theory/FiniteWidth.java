package org.phasemap.theory;

import org.phasemap.network.WeightLaw;

/**
 * What a replicate of finite width n measures: expectation and standard deviation over random
 * networks to first order in 1/n, so that a z-score means something (Roberts, Yaida and Hanin 2022,
 * ch. 4 and 8, extended to several inputs, gradients, orthogonal and masked weights; REFERENCE A7).
 * Bias-free homogeneous networks with independent weights have exact log-norm laws instead ({@link
 * LogNormLaw}).
 *
 * <p>Domain of validity: {@link Band#reliable}. The relative variance of the kernel must stay below
 * {@link KernelFluctuation#VALIDITY}; beyond, signals are log-normal-like and the first order
 * underestimates their spread (GELU at σ_w² = 2, n = 300, depth 10: by a third).
 */
public final class FiniteWidth implements NetworkFluctuations {
  private static final double NEAR_ONE = 1e-5;

  /**
   * Standard deviation of c, as a share of 1 − c, from which 1 − c is more log-normal than normal:
   * measured deviations are up to 1.3 times the first order's beyond.
   */
  static final double LARGEST_SPREAD = 0.3;

  /** V/(nS²) from which gains of several inputs of a homogeneous φ spread 10 % more than here. */
  static final double SHARED_VALIDITY = 0.3;

  /** Kept weights per unit below which a mask's own noise is not small. */
  private static final double FEWEST_KEPT = 16;

  private final LayerLaw law;
  private final WeightLaw weights;
  private final double keep;
  private final double q0;
  private final int inputs;
  private final FiniteLayer[] layers;

  private FiniteWidth(
      LayerLaw law, WeightLaw weights, double keep, double q0, int inputs, FiniteLayer[] layers) {
    this.law = law;
    this.weights = weights;
    this.keep = keep;
    this.q0 = q0;
    this.inputs = inputs;
    this.layers = layers;
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
    double excess = weights == WeightLaw.UNIFORM ? -1.2 : 0;
    double kurtosis = KernelFluctuation.maskedKurtosis(excess, keep);
    // One more layer: the read-out's kernel.
    FiniteLayer[] layers = new FiniteLayer[depth + 1];
    layers[0] = FiniteLayer.first(law, weights, kurtosis, q0, c0);
    for (int l = 1; l <= depth; l++) {
      layers[l] = layers[l - 1].next(law, weights, kurtosis);
    }
    return new FiniteWidth(law, weights, keep, q0, inputs, layers);
  }

  @Override
  public Band lnQ(int depth, int width) {
    FiniteLayer top = layers[depth - 1];
    double q2 = top.q() * top.q();
    double variance = top.observed().ofMeanDiagonal(inputs) / q2;
    double shift = top.shift() / top.q() - 0.5 * variance;
    double mean = Math.log(top.q());
    if (isExact()) {
      double single = top.observed().same() / q2;
      return exactLnQ(law, depth, width, mean, variance / single);
    }
    return new Band(mean + shift / width, Math.sqrt(variance / width), isReliable(depth, width));
  }

  /**
   * ln of the mean of z_L² over units and inputs, of a bias-free homogeneous network.
   *
   * @param infinite its value at infinite width
   * @param share variance of the mean over inputs, as a share of one input's
   */
  static Band exactLnQ(LayerLaw law, int depth, int width, double infinite, double share) {
    LogNormLaw exact = logNorm(law, width);
    double one = exact.mean(depth - 1) + Polygamma.digamma(0.5 * width) - Math.log(0.5 * width);
    double variance = exact.variance(depth - 1) + Polygamma.trigamma(0.5 * width);
    // The logarithm of a mean over inputs exceeds the mean of logarithms by half of what it
    // averages out.
    double averaged = 0.5 * variance * (1 - share);
    return new Band(infinite + one + averaged, Math.sqrt(variance * share), true);
  }

  @Override
  public Band c(int depth, int width) {
    if (inputs < 2) {
      return new Band(Double.NaN, Double.NaN, false);
    }
    if (layers[depth - 1].oneMinusC() < NEAR_ONE) {
      return nearlyEqual(depth, width);
    }
    FiniteLayer top = layers[depth - 1];
    double q = top.q();
    double c = top.c();
    PairCovariance k = top.observed();
    PairCovariance cosine = k.map(1, 1, -0.5 * c);
    double variance = Math.max(0, cosine.ofMeanOffDiagonal(inputs)) / (q * q);
    double second = (-k.touching() + c * (0.75 * k.same() + 0.25 * k.across())) / (q * q);
    double shift = (top.pairShift() - c * top.shift()) / q + second;
    double deviation = Math.sqrt(variance / width);
    boolean nearlyNormal = deviation < LARGEST_SPREAD * layers[depth - 1].oneMinusC();
    return new Band(c + shift / width, deviation, nearlyNormal && isReliable(depth, width));
  }

  /** Where 1 − c is too small for differences of moments, its relative spread is the last known. */
  private Band nearlyEqual(int depth, int width) {
    int last = depth;
    while (last > 1 && layers[last - 1].oneMinusC() < NEAR_ONE) {
      last--;
    }
    double relative =
        layers[last - 1].oneMinusC() < NEAR_ONE
            ? Double.NaN
            : c(last, width).standardDeviation() / layers[last - 1].oneMinusC();
    double delta = layers[depth - 1].oneMinusC();
    return new Band(1 - delta, relative * delta, false);
  }

  @Override
  public Band lnGradientGain(int depth, int width) {
    double[] r = backwardCorrelations(depth);
    double w = law.sigmaW2();
    double mean = 0;
    double shift = 0;
    double same = 0;
    double across = 0;
    double withSignal = 0;
    double withSignalAcross = 0;
    for (int l = 0; l < depth - 1; l++) {
      FiniteLayer layer = layers[l];
      double d = layer.slopeGrowth();
      double noise = layer.gainNoise();
      mean += Math.log(layer.chi1(law));
      shift += layer.gainShift(layers[l + 1]) - 0.5 * (noise + d * d * layer.kernel().same());
      same += 2 * d * withSignal + d * d * layer.kernel().same() + noise;
      across +=
          2 * d * withSignalAcross
              + d * d * layer.kernel().across()
              + layer.gainNoiseAcross(r[l + 1]);
      double a = w * layer.moments().growth();
      withSignal = a * (withSignal + d * layer.kernel().same()) + w * layer.gainWithSignal();
      withSignalAcross =
          a * (withSignalAcross + d * layer.kernel().across()) + w * layer.gainWithSignalAcross();
    }
    double share = same > 0 ? (same + (inputs - 1) * across) / (inputs * same) : 1;
    if (isExact()) {
      LogNormLaw exact = logNorm(law, width);
      // Exact for one input; how the inputs share it is of first order.
      boolean reliable = inputs == 1 || relativeVariance(depth) / width < SHARED_VALIDITY;
      return new Band(
          mean + exact.mean(depth - 1), Math.sqrt(exact.variance(depth - 1) * share), reliable);
    }
    return new Band(
        mean + shift / width,
        Math.sqrt(Math.max(0, same * share) / width),
        isReliable(depth, width));
  }

  @Override
  public Band lnNtkScale(int depth, int width) {
    double[] own = new double[depth + 1];
    for (int l = 0; l <= depth; l++) {
      own[l] = layers[l].q();
    }
    return ntk(depth, width, own, 1);
  }

  @Override
  public Band lnNtkStandardScale(int depth, int width, double parameters, double inputParameters) {
    double bias = law.sigmaB2() > 0 ? 1 : 0;
    double[] own = new double[depth + 1];
    own[0] = inputParameters * q0 + bias;
    for (int l = 1; l <= depth; l++) {
      own[l] = parameters * layers[l - 1].at().phi2() + bias;
    }
    return ntk(depth, width, own, parameters / law.sigmaW2());
  }

  private Band ntk(int depth, int width, double[] own, double ownSlope) {
    double[] variance =
        FiniteNtk.of(law, layers, depth, own, ownSlope, backwardCorrelations(depth))
            .meanAndVariance(inputs);
    double mean = variance[0] + variance[1] / width;
    boolean reliable =
        isExact() ? variance[2] / width < 2 * KernelFluctuation.VALIDITY : isReliable(depth, width);
    return new Band(mean, Math.sqrt(Math.max(0, variance[2]) / width), reliable);
  }

  /** Correlation of ∂f/∂z_l of two inputs, l = 1 … L, for a read-out at layer L. */
  private double[] backwardCorrelations(int depth) {
    double[] r = new double[depth];
    double above = 1;
    for (int l = depth - 1; l >= 0; l--) {
      above *= layers[l].slopeCorrelation();
      r[l] = above;
    }
    return r;
  }

  private boolean isExact() {
    return law.activation().isHomogeneous()
        && law.sigmaB2() == 0
        && weights == WeightLaw.NORMAL
        && keep == 1;
  }

  /** Deviations from infinite width, so at critical σ_w². */
  static LogNormLaw logNorm(LayerLaw law, int width) {
    double a = law.activation().homogeneousSlope();
    return new LogNormLaw(a, width, 2 / (1 + a * a));
  }

  private boolean isReliable(int depth, int width) {
    if (keep < 1 && keep * width < FEWEST_KEPT) {
      return false;
    }
    return KernelFluctuation.isValid(relativeVariance(depth), width);
  }

  /** n Var K/K², the largest of the layers below the depth. */
  private double relativeVariance(int depth) {
    double largest = 0;
    for (int l = 0; l < depth; l++) {
      double relative = layers[l].kernel().same() / (layers[l].q() * layers[l].q());
      if (!(relative <= largest)) {
        largest = relative;
      }
    }
    return largest;
  }
}
