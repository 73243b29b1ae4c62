package org.phasemap.theory.width;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.phasemap.network.WeightLaw;
import org.phasemap.theory.limit.LayerLaw;

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
public final class FiniteWidth implements NetworkFluctuations {
  private static final double NEAR_ONE = 1e-5;

  /**
   * Standard deviation of c, as a share of 1 − c, from which 1 − c is more log-normal than normal:
   * measured deviations are up to 1.3 times the first order's beyond.
   */
  static final double LARGEST_SPREAD = 0.3;

  /** V/(nS²) from which gains of several inputs of a homogeneous φ spread 10 % more than here. */
  static final double SHARED_VALIDITY = 0.3;

  /**
   * Excess kurtosis of the weights over n from which what is of its second order is not small: the
   * first makes up to a third of a variance here. A mask that keeps a share p needs 24(1 − p)/p
   * units.
   */
  private static final double LARGEST_EXCESS = 0.125;

  private final LayerLaw law;
  private final WeightLaw weights;
  private final double keep;
  private final double q0;
  private final int inputs;
  private final IntFunction<FiniteLayer[]> layers;
  private final Reliability reliability;

  private FiniteWidth(
      LayerLaw law,
      WeightLaw weights,
      double keep,
      double q0,
      int inputs,
      IntFunction<FiniteLayer[]> layers,
      Reliability reliability) {
    this.law = law;
    this.weights = weights;
    this.keep = keep;
    this.q0 = q0;
    this.inputs = inputs;
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
    IntFunction<FiniteLayer[]> made =
        width -> {
          FiniteLayer[] layers = new FiniteLayer[depth + 1];
          layers[0] = FiniteLayer.first(law, weights, new EntryLaw(kurtosis, width), q0, c0);
          for (int l = 1; l <= depth; l++) {
            layers[l] = layers[l - 1].next(law, weights);
          }
          return layers;
        };
    Reliability reliability =
        new Reliability(
            List.of(NextOrder.layers(law, law.sigmaW2() * q0 + law.sigmaB2(), depth + 1)));
    return new FiniteWidth(law, weights, keep, q0, inputs, forWidths(made, kurtosis), reliability);
  }

  /** Only weights that are not normal make layers depend on their width. */
  private static IntFunction<FiniteLayer[]> forWidths(
      IntFunction<FiniteLayer[]> made, double kurtosis) {
    if (kurtosis == 0) {
      FiniteLayer[] any = made.apply(1);
      return width -> any;
    }
    Map<Integer, FiniteLayer[]> known = new ConcurrentHashMap<>();
    return width -> known.computeIfAbsent(width, made::apply);
  }

  @Override
  public Band lnQ(int depth, int width) {
    FiniteLayer top = layers.apply(width)[depth - 1];
    double q2 = top.q() * top.q();
    double variance = top.observed().ofMeanDiagonal(inputs) / q2;
    double shift = top.shift() / top.q() - 0.5 * variance;
    double mean = Math.log(top.q());
    if (isExact()) {
      double single = top.observed().same() / q2;
      return LogNormLaw.critical(law, width).lnQ(depth, mean, variance / single);
    }
    return new Band(mean + shift / width, Math.sqrt(variance / width), hasSignal(depth, width));
  }

  @Override
  public Band c(int depth, int width) {
    if (inputs < 2) {
      return Band.NONE;
    }
    if (layers.apply(width)[depth - 1].oneMinusC() < NEAR_ONE) {
      return nearlyEqual(depth, width);
    }
    FiniteLayer top = layers.apply(width)[depth - 1];
    double q = top.q();
    double c = top.c();
    PairCovariance k = top.observed();
    PairCovariance cosine = k.map(1, 1, -0.5 * c);
    double variance = Math.max(0, cosine.ofMeanOffDiagonal(inputs)) / (q * q);
    double second = (-k.touching() + c * (0.75 * k.same() + 0.25 * k.across())) / (q * q);
    double shift = (top.pairShift() - c * top.shift()) / q + second;
    double deviation = Math.sqrt(variance / width);
    boolean nearlyNormal = deviation < LARGEST_SPREAD * layers.apply(width)[depth - 1].oneMinusC();
    return new Band(c + shift / width, deviation, nearlyNormal && hasSignal(depth, width));
  }

  /** Where 1 − c is too small for differences of moments, its relative spread is the last known. */
  private Band nearlyEqual(int depth, int width) {
    int last = depth;
    while (last > 1 && layers.apply(width)[last - 1].oneMinusC() < NEAR_ONE) {
      last--;
    }
    double relative =
        layers.apply(width)[last - 1].oneMinusC() < NEAR_ONE
            ? Double.NaN
            : c(last, width).standardDeviation() / layers.apply(width)[last - 1].oneMinusC();
    double delta = layers.apply(width)[depth - 1].oneMinusC();
    return new Band(1 - delta, relative * delta, false);
  }

  @Override
  public Band lnGradientGain(int depth, int width) {
    FiniteGain gain = gradients(depth, width);
    return gain(gain, depth, width, hasGradient(depth, width));
  }

  @Override
  public Band lnJacobianMean(int depth, int width) {
    return gain(
        FiniteGain.ofTangents(law, layers.apply(width), depth, width),
        depth,
        width,
        hasTangent(depth, depth, width));
  }

  private Band gain(FiniteGain gain, int depth, int width, boolean reliable) {
    FirstOrder mean = gain.mean(inputs);
    return isExact()
        ? exact(mean.limit(), gain.share(inputs), depth - 1, width)
        : mean.band(width, reliable);
  }

  @Override
  public Band lnNormRatio(int depth, int width) {
    FiniteLayer above = layers.apply(width)[depth];
    FirstOrder ratio = above.lnWeightPart(inputs).plus(-Math.log(law.sigmaW2() * q0));
    double share = ratio.variance() / above.lnWeightPart(1).variance();
    return isExact()
        ? exact(ratio.limit(), share, depth, width)
        : ratio.band(width, hasSignal(depth + 1, width));
  }

  /** Of so many layers of a bias-free homogeneous network: a law which m inputs share. */
  private Band exact(double limit, double share, int count, int width) {
    // Exact for one input; how the inputs share it is of first order.
    double relative = Reliability.relativeVariance(layers.apply(width), count + 1);
    boolean reliable = inputs == 1 || relative / width < SHARED_VALIDITY;
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
    FiniteLayer top = layers.apply(width)[depth - 1];
    FiniteGain gain = gradients(depth, width);
    return gain.mean(inputs)
        .minus(top.lnWeightPart(inputs), gain.withMeanSignal(inputs) / top.weightPart())
        .plus(Math.log(law.sigmaW2() * q0 * inputParameters / parameters))
        .band(width, hasGradient(depth, width));
  }

  @Override
  public Band mean(int depth, int width) {
    boolean reliable = isReliable(depth, width) && reliability.ofSignal(depth, width, 0);
    return layers.apply(width)[depth - 1].meanPhi(inputs).band(width, reliable);
  }

  @Override
  public Band lnNtkScale(int depth, int width, int outputs) {
    double[] own = new double[depth + 1];
    for (int l = 0; l <= depth; l++) {
      own[l] = layers.apply(width)[l].q();
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
      own[l] = parameters * layers.apply(width)[l - 1].at().single().phi2() + bias;
    }
    return ntk(depth, width, own, parameters / law.sigmaW2(), outputs);
  }

  private Band ntk(int depth, int width, double[] own, double ownSlope, int outputs) {
    FiniteLayer[] all = layers.apply(width);
    double lost = 1 / keep - 1;
    FiniteBackward gradients = FiniteBackward.ofOne(all, depth, keep, width);
    FiniteNtk ntk = FiniteNtk.of(law, all, own, ownSlope, gradients, lost);
    double variance = ntk.varianceOfMean(inputs);
    if (outputs > 1) {
      FiniteBackward ofTwo = FiniteBackward.ofTwo(all, depth, width);
      FiniteNtk others = FiniteNtk.of(law, all, own, ownSlope, ofTwo, lost);
      variance += (outputs - 1) * others.varianceOfMean(inputs);
    }
    FirstOrder order = ntk.lnMean(variance / outputs);
    boolean reliable =
        isExact()
            ? order.variance() / width < 2 * KernelFluctuation.VALIDITY
            : hasTangent(depth + 1, depth, width);
    return order.band(width, reliable);
  }

  private FiniteGain gradients(int depth, int width) {
    FiniteLayer[] all = layers.apply(width);
    return FiniteGain.ofGradients(law, all, depth, FiniteBackward.ofOne(all, depth, keep, width));
  }

  private boolean isExact() {
    return law.activation().isHomogeneous()
        && law.sigmaB2() == 0
        && weights == WeightLaw.NORMAL
        && keep == 1;
  }

  /** Whether the first order is enough for what is made of the kernel of a layer. */
  private boolean hasSignal(int layer, int width) {
    return isReliable(layer, width)
        && reliability.ofSignal(
            layer, width, Reliability.pairs(layers.apply(width), layer, width, inputs));
  }

  /** And for gradients on their way down from layer L. */
  private boolean hasGradient(int depth, int width) {
    return isReliable(depth, width) && reliability.ofGradient(depth, width);
  }

  /**
   * And for tangents; no φ′ weighs them at the last layer, nor gradients below a read-out.
   *
   * @param layer that they reach
   * @param depth of the kernels that they meet
   */
  private boolean hasTangent(int layer, int depth, int width) {
    return isReliable(depth, width) && reliability.ofTangent(layer, width);
  }

  private boolean isReliable(int depth, int width) {
    FiniteLayer[] all = layers.apply(width);
    return Math.abs(all[0].entries().perUnit()) <= LARGEST_EXCESS
        && KernelFluctuation.isValid(Reliability.relativeVariance(all, depth), width);
  }
}
