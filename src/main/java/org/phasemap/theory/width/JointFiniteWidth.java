package org.phasemap.theory.width;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.phasemap.network.WeightLaw;
import org.phasemap.theory.limit.InputKernels;
import org.phasemap.theory.limit.LayerLaw;

/**
 * {@link FiniteWidth} for inputs of any norms and correlations: expectation and standard deviation
 * over random networks to first order in 1/n, of the same scalars averaged over these inputs.
 *
 * <p>Without a band are: other weights than normal ones without a mask and orthogonal ones with n ≥
 * n₀, because their first layer is not Gaussian, or does not keep the inputs' Gram matrix; an input
 * that is zero and stays zero; variances above {@value JointLayers#LARGEST_Q} of a φ that has a
 * scale; and the correlation of more than {@value JointLayers#MOST_PAIRED} inputs, or of hard tanh.
 */
public final class JointFiniteWidth implements NetworkFluctuations {
  /** Mean 1 − c below which the covariances' digits do not suffice. */
  private static final double NEAR_ONE = 1e-4;

  private final LayerLaw law;
  private final WeightLaw weights;
  private final double[][] gram;
  private final int m;
  private final JointLayers layers;
  private Reliability reliability = new Reliability(List.of());

  /**
   * Nothing yet; {@link #add} gives it its layers.
   *
   * @param keep p of the mask; 1 without
   * @param gram x_a·x_b/n₀
   */
  public JointFiniteWidth(LayerLaw law, WeightLaw weights, double keep, double[][] gram) {
    this.law = law;
    this.weights = weights;
    this.gram = gram;
    m = gram.length;
    layers = new JointLayers(law, weights, keep, m);
  }

  /**
   * Adds the next layer, from the first on. Bands of depth L need L + 1.
   *
   * @param kernels at that layer
   */
  public void add(InputKernels kernels) {
    layers.add(kernels);
  }

  private boolean isMissing(int layer) {
    return layers.size() < layer;
  }

  @Override
  public Band lnQ(int depth, int width) {
    if (isMissing(depth)) {
      return Band.NONE;
    }
    FirstOrder order = layers.signal(depth).lnQ();
    return isExact()
        ? LogNormLaw.critical(law, width).lnQ(depth, order.limit(), layers.signal(depth).share())
        : order.band(width, hasSignal(depth, width));
  }

  @Override
  public Band c(int depth, int width) {
    if (isMissing(depth)) {
      return Band.NONE;
    }
    FirstOrder order = layers.signal(depth).c();
    double delta = 1 - order.limit();
    boolean nearlyNormal =
        delta > NEAR_ONE && order.deviation(width) < FiniteWidth.LARGEST_SPREAD * delta;
    return order.band(width, nearlyNormal && hasSignal(depth, width));
  }

  @Override
  public Band mean(int depth, int width) {
    if (isMissing(depth)) {
      return Band.NONE;
    }
    boolean reliable = isReliable(depth, width) && reliability().ofSignal(depth, width, 0);
    return layers.signal(depth).mean().band(width, reliable);
  }

  @Override
  public Band lnGradientGain(int depth, int width) {
    return isMissing(depth)
        ? Band.NONE
        : gain(gradients(depth), depth, width, hasGradient(depth, width));
  }

  @Override
  public Band lnJacobianMean(int depth, int width) {
    return isMissing(depth)
        ? Band.NONE
        : gain(
            JointGain.ofTangents(layers.first(depth), width),
            depth,
            width,
            hasTangent(depth, depth, width));
  }

  private JointGain gradients(int depth) {
    return JointGain.ofGradients(layers.first(depth), backwardCorrelations(depth));
  }

  private Band gain(JointGain gain, int depth, int width, boolean reliable) {
    return isExact()
        ? exact(gain.mean().limit(), gain.share(), depth - 1, width)
        : gain.mean().band(width, reliable);
  }

  /** Of so many layers of a bias-free homogeneous network: a law which m inputs share. */
  private Band exact(double limit, double inputsShare, int count, int width) {
    // Exact for one input; how the inputs share it is of first order.
    boolean reliable =
        m == 1 || layers.signal(count + 1).relativeVariance() / width < FiniteWidth.SHARED_VALIDITY;
    return LogNormLaw.critical(law, width).ofInputs(limit, count, inputsShare, reliable);
  }

  @Override
  public Band lnNormRatio(int depth, int width) {
    if (isMissing(depth + 1)) {
      return Band.NONE;
    }
    JointLayer above = layers.layer(depth + 1);
    FirstOrder ratio = above.lnOfWeights().plus(-lnFirst());
    return isExact()
        ? exact(ratio.limit(), ratio.variance() / above.varianceOfLnWeights(), depth, width)
        : ratio.band(width, hasSignal(depth + 1, width));
  }

  @Override
  public Band lnWeightGradientRatio(
      int depth, int width, double parameters, double inputParameters) {
    if (isMissing(depth)) {
      return Band.NONE;
    }
    if (depth == 1) {
      return new Band(0, 0, true);
    }
    JointGain gain = gradients(depth);
    return gain.mean()
        .minus(layers.layer(depth).lnOfWeights(), gain.withLnSignal())
        .plus(lnFirst() + Math.log(inputParameters / parameters))
        .band(width, hasGradient(depth, width));
  }

  /** ln of σ_w²‖x‖²/n₀, averaged over inputs. */
  private double lnFirst() {
    double sum = 0;
    for (int a = 0; a < m; a++) {
      sum += Math.log(law.sigmaW2() * gram[a][a]);
    }
    return sum / m;
  }

  @Override
  public Band lnNtkScale(int depth, int width, int outputs) {
    return ntk(depth, width, law.sigmaW2(), law.sigmaW2(), law.sigmaB2(), outputs);
  }

  @Override
  public Band lnNtkStandardScale(
      int depth, int width, double parameters, double inputParameters, int outputs) {
    return ntk(depth, width, inputParameters, parameters, law.sigmaB2() > 0 ? 1 : 0, outputs);
  }

  /** Of layers that add weight · (E φ² of the layer below) + bias. */
  private Band ntk(
      int depth, int width, double inputWeight, double weight, double bias, int outputs) {
    if (isMissing(depth + 1)) {
      return Band.NONE;
    }
    double slope = weight / law.sigmaW2();
    double[][] own = new double[depth + 1][m];
    for (int a = 0; a < m; a++) {
      own[0][a] = inputWeight * gram[a][a] + bias;
      for (int l = 1; l <= depth; l++) {
        own[l][a] = slope * layers.layer(l + 1).ofWeights(a) + bias;
      }
    }
    JointNtk ntk = JointNtk.of(layers.first(depth + 1), own, slope, backwardCorrelations(depth));
    double variance = ntk.varianceOfMean();
    if (outputs > 1) {
      double[][][] ofTwo = cosinesOfTwoOutputs(depth, width);
      variance +=
          (outputs - 1) * JointNtk.of(layers.first(depth + 1), own, slope, ofTwo).varianceOfMean();
    }
    FirstOrder order = ntk.lnMean(variance / outputs);
    boolean reliable =
        isExact()
            ? order.variance() / width < 2 * KernelFluctuation.VALIDITY
            : hasTangent(depth + 1, depth, width);
    return order.band(width, reliable);
  }

  /** The same for gradients of two outputs, root mean square. */
  private double[][][] cosinesOfTwoOutputs(int depth, int width) {
    double[][][] r = new double[depth + 1][m][m];
    for (int l = depth - 1; l >= 0; l--) {
      for (int a = 0; a < m; a++) {
        for (int b = 0; b < m; b++) {
          double above = r[l + 1][a][b] * r[l + 1][a][b];
          r[l][a][b] = Math.sqrt(layers.layer(l + 1).square(a, b, above, width));
        }
      }
    }
    return r;
  }

  /** Correlations of ∂f/∂z_l of two inputs, l = 1 … L, then of the read-out, which they share. */
  private double[][][] backwardCorrelations(int depth) {
    double[][][] r = new double[depth + 1][m][m];
    for (double[] row : r[depth]) {
      Arrays.fill(row, 1);
    }
    for (int l = depth - 1; l >= 0; l--) {
      for (int a = 0; a < m; a++) {
        for (int b = 0; b < m; b++) {
          r[l][a][b] = r[l + 1][a][b] * layers.layer(l + 1).slopeCorrelation(a, b);
        }
      }
    }
    return r;
  }

  private boolean isExact() {
    return law.activation().isHomogeneous() && law.sigmaB2() == 0 && weights == WeightLaw.NORMAL;
  }

  private boolean hasSignal(int layer, int width) {
    return isReliable(layer, width) && reliability().ofSignal(layer, width, pairs(layer, width));
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

  private boolean isReliable(int depth, int width) {
    return KernelFluctuation.isValid(layers.signal(depth).relativeVariance(), width);
  }

  private double pairs(int depth, int width) {
    return layers.signal(depth).pairs() / width;
  }

  /** By the inputs of the smallest and the largest norm; others lie between. */
  private Reliability reliability() {
    if (reliability.next().size() > 0 && reliability.next().get(0).size() >= layers.size()) {
      return reliability;
    }
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (int a = 0; a < m; a++) {
      least = Math.min(least, gram[a][a]);
      most = Math.max(most, gram[a][a]);
    }
    int reach = 2 * layers.size(); // Layers are added one by one, and asked for after each.
    reliability =
        new Reliability(
            DoubleStream.of(least, most)
                .distinct()
                .mapToObj(q0 -> NextOrder.layers(law, law.sigmaW2() * q0 + law.sigmaB2(), reach))
                .toList());
    return reliability;
  }
}
