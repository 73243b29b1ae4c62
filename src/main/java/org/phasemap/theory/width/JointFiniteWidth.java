package org.phasemap.theory.width;

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
public final class JointFiniteWidth extends LayeredFluctuations {
  /** Mean 1 − c below which the covariances' digits do not suffice. */
  private static final double NEAR_ONE = 1e-4;

  private final WeightLaw weights;
  private final double[][] gram;
  private final JointLayers layers;
  private Reliability reliability = new Reliability(List.of());

  /**
   * Nothing yet; {@link #add} gives it its layers. It is asked when it has them all.
   *
   * @param keep p of the mask; 1 without
   * @param gram x_a·x_b/n₀
   */
  public JointFiniteWidth(LayerLaw law, WeightLaw weights, double keep, double[][] gram) {
    super(law, new InputMean(gram.length, /* alike= */ false), keep);
    this.weights = weights;
    this.gram = gram;
    layers = new JointLayers(law, weights, keep, gram.length);
  }

  /**
   * Adds the next layer, from the first on. Bands of depth L need L + 1.
   *
   * @param kernels at that layer
   */
  public void add(InputKernels kernels) {
    layers.add(kernels);
  }

  @Override
  boolean reaches(int layer) {
    return layer <= layers.size();
  }

  @Override
  List<JointLayer> layers(int count, int width) {
    return layers.first(count);
  }

  @Override
  double q0(int a) {
    return gram[a][a];
  }

  @Override
  double phi2(int layer, int a, int width) {
    return layers.layer(layer + 1).weightPart(a) / law.sigmaW2();
  }

  @Override
  boolean isNormal() {
    return weights == WeightLaw.NORMAL;
  }

  @Override
  double relativeVariance(int layer, int width) {
    return layers.signal(layer).relativeVariance();
  }

  @Override
  double pairs(int layer, int width) {
    return layers.signal(layer).pairs() / width;
  }

  @Override
  NtkMask mask(int depth, int width) {
    return NtkMask.NONE;
  }

  @Override
  public Band lnQ(int depth, int width) {
    if (!reaches(depth)) {
      return Band.NONE;
    }
    FirstOrder order = layers.signal(depth).lnQ();
    return isExact()
        ? LogNormLaw.critical(law, width).lnQ(depth, order.limit(), layers.signal(depth).share())
        : order.band(width, hasSignal(depth, width));
  }

  @Override
  public Band c(int depth, int width) {
    if (!reaches(depth)) {
      return Band.NONE;
    }
    FirstOrder order = layers.signal(depth).c();
    double delta = 1 - order.limit();
    boolean nearlyNormal = delta > NEAR_ONE && order.deviation(width) < LARGEST_SPREAD * delta;
    return order.band(width, nearlyNormal && hasSignal(depth, width));
  }

  @Override
  public Band mean(int depth, int width) {
    return reaches(depth)
        ? layers.signal(depth).mean().bandOfAnySize(width, hasMean(depth, width))
        : Band.NONE;
  }

  /** By the inputs of the smallest and the largest norm; others lie between. */
  @Override
  Reliability reliability() {
    if (reliability.next().size() > 0 && reliability.next().get(0).size() >= layers.size()) {
      return reliability;
    }
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (int a = 0; a < gram.length; a++) {
      least = Math.min(least, gram[a][a]);
      most = Math.max(most, gram[a][a]);
    }
    reliability =
        new Reliability(
            DoubleStream.of(least, most)
                .distinct()
                .mapToObj(
                    q0 -> NextOrder.layers(law, law.sigmaW2() * q0 + law.sigmaB2(), layers.size()))
                .toList());
    return reliability;
  }
}
