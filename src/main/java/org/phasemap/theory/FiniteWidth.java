package org.phasemap.theory;

import java.util.Arrays;
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
    double kurtosis = KernelFluctuation.maskedKurtosis(weights.excessKurtosis(), keep);
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
      return LogNormLaw.critical(law, width).lnQ(depth, mean, variance / single);
    }
    return new Band(mean + shift / width, Math.sqrt(variance / width), isReliable(depth, width));
  }

  @Override
  public Band c(int depth, int width) {
    if (inputs < 2) {
      return Band.NONE;
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
    FiniteGain gain = FiniteGain.ofGradients(law, layers, depth, backwardCorrelations(depth));
    return gain(gain, depth, width);
  }

  @Override
  public Band lnJacobianMean(int depth, int width) {
    return gain(FiniteGain.ofTangents(law, layers, depth), depth, width);
  }

  private Band gain(FiniteGain gain, int depth, int width) {
    FirstOrder mean = gain.mean(inputs);
    return isExact()
        ? exact(mean.limit(), gain.share(inputs), depth - 1, width)
        : mean.band(width, isReliable(depth, width));
  }

  @Override
  public Band lnNormRatio(int depth, int width) {
    FiniteLayer above = layers[depth];
    FirstOrder ratio = above.lnWeightPart(inputs).plus(-Math.log(law.sigmaW2() * q0));
    double share = ratio.variance() / above.lnWeightPart(1).variance();
    return isExact()
        ? exact(ratio.limit(), share, depth, width)
        : ratio.band(width, isReliable(depth + 1, width));
  }

  /** Of so many layers of a bias-free homogeneous network: a law which m inputs share. */
  private Band exact(double limit, double share, int count, int width) {
    // Exact for one input; how the inputs share it is of first order.
    boolean reliable = inputs == 1 || relativeVariance(count + 1) / width < SHARED_VALIDITY;
    return LogNormLaw.critical(law, width).ofInputs(limit, count, share, reliable);
  }

  @Override
  public Band lnWeightGradientRatio(
      int depth, int width, double parameters, double inputParameters) {
    if (depth == 1) {
      return new Band(0, 0, true);
    }
    if (keep < 1) {
      return Band.NONE;
    }
    FiniteLayer top = layers[depth - 1];
    FiniteGain gain = FiniteGain.ofGradients(law, layers, depth, backwardCorrelations(depth));
    return gain.mean(inputs)
        .minus(top.lnWeightPart(inputs), gain.withMeanSignal(inputs) / top.weightPart())
        .plus(Math.log(law.sigmaW2() * q0 * inputParameters / parameters))
        .band(width, isReliable(depth, width));
  }

  @Override
  public Band mean(int depth, int width) {
    return layers[depth - 1].meanPhi(inputs).band(width, isReliable(depth, width));
  }

  @Override
  public Band lnNtkScale(int depth, int width, int outputs) {
    double[] own = new double[depth + 1];
    for (int l = 0; l <= depth; l++) {
      own[l] = layers[l].q();
    }
    return ntk(depth, width, own, 1, outputs);
  }

  @Override
  public Band lnNtkStandardScale(
      int depth, int width, double parameters, double inputParameters, int outputs) {
    double bias = law.sigmaB2() > 0 ? 1 : 0;
    double[] own = new double[depth + 1];
    own[0] = inputParameters * q0 + bias;
    for (int l = 1; l <= depth; l++) {
      own[l] = parameters * layers[l - 1].at().single().phi2() + bias;
    }
    return ntk(depth, width, own, parameters / law.sigmaW2(), outputs);
  }

  private Band ntk(int depth, int width, double[] own, double ownSlope, int outputs) {
    double[] one = new double[depth + 1];
    Arrays.fill(one, 1);
    double lost = 1 / keep - 1;
    FiniteNtk ntk =
        FiniteNtk.of(law, layers, own, ownSlope, one, backwardCorrelations(depth), lost);
    double variance = ntk.varianceOfMean(inputs);
    if (outputs > 1) {
      double[] none = new double[depth + 1];
      FiniteNtk others = FiniteNtk.of(law, layers, own, ownSlope, none, none, lost);
      variance += (outputs - 1) * others.varianceOfMean(inputs);
    }
    FirstOrder order = ntk.lnMean(variance / outputs);
    boolean reliable =
        isExact()
            ? order.variance() / width < 2 * KernelFluctuation.VALIDITY
            : isReliable(depth, width);
    return order.band(width, reliable);
  }

  /** Correlation of ∂f/∂z_l of two inputs, l = 1 … L, then of the read-out, which they share. */
  private double[] backwardCorrelations(int depth) {
    double[] r = new double[depth + 1];
    r[depth] = 1;
    for (int l = depth - 1; l >= 0; l--) {
      r[l] = r[l + 1] * layers[l].slopeCorrelation();
    }
    return r;
  }

  private boolean isExact() {
    return law.activation().isHomogeneous()
        && law.sigmaB2() == 0
        && weights == WeightLaw.NORMAL
        && keep == 1;
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
