package org.phasemap.theory.width;

import java.util.List;
import org.phasemap.network.Activation;
import org.phasemap.theory.limit.LayerLaw;

/**
 * What fluctuations of gradients, tangents and the tangent kernel are, given those of each layer:
 * the same for inputs that are alike and for any.
 */
abstract sealed class LayeredFluctuations implements NetworkFluctuations
    permits FiniteWidth, JointFiniteWidth {
  /**
   * Standard deviation of c, as a share of 1 − c, from which 1 − c is more log-normal than normal:
   * measured deviations are up to 1.3 times the first order's beyond.
   */
  static final double LARGEST_SPREAD = 0.3;

  /** Below this variance rounding shows in moments of a φ that is no power there. */
  private static final double SMALLEST_Q = 1e-20;

  /** V/(nS²) from which gains of several inputs of a homogeneous φ spread 10 % more than here. */
  private static final double SHARED_VALIDITY = 0.3;

  final LayerLaw law;
  final InputMean inputs;

  /** Share of the weights that a mask leaves. */
  final double keep;

  LayeredFluctuations(LayerLaw law, InputMean inputs, double keep) {
    this.law = law;
    this.inputs = inputs;
    this.keep = keep;
  }

  /** Whether a layer, from 1, is known. */
  abstract boolean reaches(int layer);

  /** Layers from the first on. */
  abstract List<? extends WideLayer> layers(int count, int width);

  /** |x_a|²/n₀. */
  abstract double q0(int a);

  /** E φ² of input a at the last of so many layers, from 1. */
  abstract double phi2(int layer, int a, int width);

  /** Whether weights are normal and not masked. */
  abstract boolean isNormal();

  /** n Var K/K², the largest of the inputs and of the layers so far. */
  abstract double relativeVariance(int layer, int width);

  /** {@link Reliability#ofPairs}, the largest of the layers so far. */
  abstract double pairs(int layer, int width);

  abstract Reliability reliability();

  abstract NtkMask mask(int depth, int width);

  @Override
  public Band lnGradientGain(int depth, int width) {
    return reaches(depth)
        ? gain(gradients(depth, width), depth, width, hasGradient(depth, width))
        : Band.NONE;
  }

  @Override
  public Band lnJacobianMean(int depth, int width) {
    if (!reaches(depth)) {
      return Band.NONE;
    }
    Gain tangents = Gain.ofTangents(layers(depth, width), inputs, width);
    return gain(tangents, depth, width, hasTangent(depth, depth, width));
  }

  private Gain gradients(int depth, int width) {
    List<? extends WideLayer> layers = layers(depth, width);
    return Gain.ofGradients(layers, inputs, Backward.ofOne(layers, inputs.size(), keep, width));
  }

  private Band gain(Gain gain, int depth, int width, boolean reliable) {
    return isExact()
        ? exact(gain.mean().limit(), gain.share(), depth - 1, width)
        : gain.mean().band(width, reliable);
  }

  @Override
  public Band lnNormRatio(int depth, int width) {
    if (!reaches(depth + 1)) {
      return Band.NONE;
    }
    WideLayer above = layers(depth + 1, width).get(depth);
    FirstOrder ratio = above.lnWeightPart(inputs).plus(-lnFirst(1, 1));
    return isExact()
        ? exact(ratio.limit(), ratio.variance() / above.varianceOfLnWeightPart(), depth, width)
        : ratio.band(width, hasSignal(depth + 1, width));
  }

  /** Of so many layers of a bias-free homogeneous network: a law which the inputs share. */
  private Band exact(double limit, double share, int count, int width) {
    // Exact for one input; how the inputs share it is of first order.
    boolean reliable =
        inputs.inputs() == 1 || relativeVariance(count + 1, width) / width < SHARED_VALIDITY;
    return LogNormLaw.critical(law, width).ofInputs(limit, count, share, reliable);
  }

  @Override
  public Band lnWeightGradientRatio(
      int depth, int width, double parameters, double inputParameters) {
    if (!reaches(depth)) {
      return Band.NONE;
    }
    if (depth == 1) {
      return new Band(0, 0, true);
    }
    if (keep < 1) {
      return Band.NONE;
    }
    Gain gain = gradients(depth, width);
    return gain.mean()
        .minus(layers(depth, width).get(depth - 1).lnWeightPart(inputs), gain.withLnSignal())
        .plus(lnFirst(inputParameters, parameters))
        .band(width, hasGradient(depth, width));
  }

  /** ln of σ_w²‖x‖²/n₀ times a ratio, averaged over inputs. */
  private double lnFirst(double numerator, double denominator) {
    double[] first = new double[inputs.size()];
    for (int a = 0; a < first.length; a++) {
      first[a] = Math.log(law.sigmaW2() * q0(a) * numerator / denominator);
    }
    return inputs.of(first);
  }

  @Override
  public Band lnNtkScale(int depth, int width, int outputs) {
    return ntk(depth, width, law.sigmaW2(), law.sigmaW2(), 1, law.sigmaB2(), outputs);
  }

  @Override
  public Band lnNtkStandardScale(
      int depth, int width, double parameters, double inputParameters, int outputs) {
    double bias = law.sigmaB2() > 0 ? 1 : 0;
    return ntk(
        depth, width, inputParameters, parameters, parameters / law.sigmaW2(), bias, outputs);
  }

  /**
   * Of layers that add weight · (E φ² of the layer below) + bias.
   *
   * @param slope weight/σ_w², which is 1 for σ_w² = 0 too where the weight is σ_w²
   */
  private Band ntk(
      int depth,
      int width,
      double inputWeight,
      double weight,
      double slope,
      double bias,
      int outputs) {
    if (!reaches(depth + 1)) {
      return Band.NONE;
    }
    int size = inputs.size();
    double[][] own = new double[depth + 1][size];
    for (int a = 0; a < size; a++) {
      own[0][a] = inputWeight * q0(a) + bias;
      for (int l = 1; l <= depth; l++) {
        own[l][a] = weight * phi2(l, a, width) + bias;
      }
    }
    List<? extends WideLayer> layers = layers(depth + 1, width);
    List<? extends WideLayer> hidden = layers.subList(0, depth);
    NtkMask mask = mask(depth, width);
    Backward ofOne = Backward.ofOne(hidden, size, keep, width);
    NtkLaw ntk = NtkLaw.of(layers, inputs, own, slope, ofOne, mask);
    double variance = ntk.varianceOfMean();
    if (outputs > 1) {
      Backward ofTwo = Backward.ofTwo(hidden, size, width);
      NtkLaw others = NtkLaw.of(layers, inputs, own, slope, ofTwo, mask);
      variance += (outputs - 1) * others.varianceOfMean();
    }
    FirstOrder order = ntk.lnMean(variance / outputs);
    boolean reliable =
        isExact()
            ? order.variance() / width < 2 * KernelFluctuation.VALIDITY
            : hasTangent(depth + 1, depth, width);
    return order.band(width, reliable);
  }

  final boolean isExact() {
    return law.activation().isHomogeneous() && law.sigmaB2() == 0 && isNormal();
  }

  /** Whether the first order is enough for what is made of the kernel of a layer. */
  final boolean hasSignal(int layer, int width) {
    return isReliable(layer, width) && reliability().ofSignal(layer, width, pairs(layer, width));
  }

  /** And for the mean of φ, whatever the pairs. */
  final boolean hasMean(int layer, int width) {
    return isReliable(layer, width) && reliability().ofSignal(layer, width, 0);
  }

  /** And for gradients on their way down from layer L. */
  private boolean hasGradient(int depth, int width) {
    return isReliable(depth, width) && reliability().ofGradient(depth, width);
  }

  /**
   * And for tangents; no φ′ weighs them at the last layer, nor gradients below a read-out.
   *
   * @param layer that they reach
   * @param depth of the kernels that they meet
   */
  private boolean hasTangent(int layer, int depth, int width) {
    return isReliable(depth, width) && reliability().ofTangent(layer, width);
  }

  /** Whether signals of a variance have not vanished in rounding. */
  static boolean isLarge(Activation activation, double q) {
    return q > 0 && (activation.isHomogeneous() || q > SMALLEST_Q);
  }

  /** Whether the relative variance of the kernels is small. */
  boolean isReliable(int depth, int width) {
    return KernelFluctuation.isValid(relativeVariance(depth, width), width);
  }
}
