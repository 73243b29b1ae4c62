package org.phasemap.measure.finding;

import java.util.Arrays;
import org.phasemap.measure.input.InputRelations;
import org.phasemap.measure.result.KernelSpectrum;
import org.phasemap.network.NetworkConfig;
import org.phasemap.spec.Inputs;

/**
 * What float32 leaves undecided of a variant's tangent kernels.
 *
 * <p>Columns are rounded to ε = 2⁻²⁴ of their length, products of them summed in float64. So row a
 * of the Jacobian of the outputs by the parameters has an error e of about ε A_a of its length, and
 * Θ = J Jᵀ along a unit vector v, where it should be λ, becomes
 *
 * <pre>
 * |Jᵀv + eᵀv|² = λ + 2 (eᵀv)·(Jᵀv) + |eᵀv|²,  |eᵀv|² about ε² Σ_a v_a² A_a² Θ_aa
 * </pre>
 *
 * With ρ² = |eᵀv|²/λ the eigenvalue is expected to be off by a share of ρ² + 2ρ/√n: the middle term
 * is a sum over n units or more, of random sign. It is given where that is below {@link
 * #TOLERANCE}.
 *
 * <p>A² is 1 unless two inputs come so close in some layer k that rounding decides how they differ:
 * a share ε²/d_k² of their squared distance d_k² then is rounding, and grows to ε² d_l²/d_k² with
 * the distance itself. Where that is much of the largest distance of all, nothing is left to tell.
 * Inputs that differ clearly have no such layer: rounding makes of their network another one of the
 * same law, however chaotic it is.
 *
 * <p>{@code RoundingNoiseTest} holds this to float64 networks of the same random numbers.
 */
public final class RoundingNoise {
  /** Share by which rounding may be expected to move the smallest eigenvalue. */
  public static final double TOLERANCE = 0.02;

  private static final double EPSILON2 = 0x1p-48;

  /** Share of a squared distance that may be rounding. */
  private static final double UNDECIDED = 1e-4;

  /** A squared distance, as a share of squared lengths, is known to some 1e-16. */
  private static final double LEAST_DISTANCE = 1e-15;

  /**
   * Under a mask products are rounded themselves: by about ε/50 of the diagonal, a share of 2 %.
   */
  private static final double MASKED = 0x1p-24;

  private final NetworkConfig network;
  private final Inputs shown;
  private final int inputs;
  private final boolean singular;

  /** Whether opposite inputs are the same to the network. */
  private final boolean mirrored;

  /** (ε/ρ)² of the largest ρ that is allowed. */
  private final double share;

  /** Weights and biases of networks other than MLPs; 0 of these. */
  private final long counted;

  /** A² of each input in networks of depth l, index l − 1. */
  private final double[][] growth;

  /** Whether two inputs differ by rounding alone in networks of depth l, index l − 1. */
  private final boolean[] merged;

  /**
   * Of a network whose pairs of inputs were followed elsewhere.
   *
   * @param relations of the inputs
   * @param growth A² of each input in networks of depth l, index l − 1; those that are asked for
   * @param merged whether two inputs differ by rounding alone there
   */
  public RoundingNoise(
      NetworkConfig network,
      Inputs shown,
      InputRelations relations,
      double[][] growth,
      boolean[] merged) {
    this(network, shown, relations, growth, merged, 0);
  }

  private RoundingNoise(
      NetworkConfig network,
      Inputs shown,
      InputRelations relations,
      double[][] growth,
      boolean[] merged,
      long counted) {
    this.network = network;
    this.counted = counted;
    this.shown = shown;
    this.growth = growth;
    this.merged = merged;
    inputs = shown.count();
    mirrored = network.sigmaB2() == 0 && InputRelations.isOddOrEven(network.activation());
    singular = relations.makeSingular(network.activation(), network.sigmaB2());
    double own = 1 / Math.sqrt(network.width());
    double rho = Math.sqrt(own * own + TOLERANCE) - own;
    share = EPSILON2 / (rho * rho);
  }

  /**
   * Of an MLP that has been sent up.
   *
   * @param relations of the inputs
   * @param below HᵀH of the inputs below each layer, index l − 1
   */
  public static RoundingNoise of(
      NetworkConfig network, Inputs shown, InputRelations relations, double[][] below) {
    RoundingNoise noise = undisturbed(network, shown, relations, below.length, 0);
    double[][] kernels = new double[below.length][];
    Arrays.setAll(kernels, l -> noise.kernel(below[l], l + 1));
    noise.followClosePairs(kernels);
    return noise;
  }

  /**
   * Of a network that a graph describes. Products over positions are rounded to float32, as under a
   * mask.
   *
   * @param relations of the inputs
   * @param grams products of the inputs' z_l, index l − 1, up to a factor
   * @param parameters weights and biases
   */
  public static RoundingNoise ofLayers(
      NetworkConfig network,
      Inputs shown,
      InputRelations relations,
      double[][] grams,
      long parameters) {
    RoundingNoise noise = undisturbed(network, shown, relations, grams.length, parameters);
    noise.followClosePairs(grams);
    return noise;
  }

  private static RoundingNoise undisturbed(
      NetworkConfig network, Inputs shown, InputRelations relations, int depth, long counted) {
    double[][] growth = new double[depth][shown.count()];
    for (double[] layer : growth) {
      Arrays.fill(layer, 1);
    }
    return new RoundingNoise(network, shown, relations, growth, new boolean[depth], counted);
  }

  private void followClosePairs(double[][] kernels) {
    boolean[] close = closePairs(kernels);
    for (int a = 0; a < inputs; a++) {
      for (int b = 0; b < a; b++) {
        if (close[a * inputs + b]) {
          follow(kernels, a, b);
        }
      }
    }
  }

  /** E z_l z_l of the inputs given the layer below. */
  private double[] kernel(double[] gram, int layer) {
    double fanIn = layer == 1 ? shown.dimension() : network.width();
    double scale = network.effectiveSigmaW2() / fanIn;
    double shift = network.sigmaB2();
    double[] kernel = new double[gram.length];
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = scale * gram[i] + shift;
    }
    return kernel;
  }

  /**
   * Pairs whose distance is so small in some layer that {@link #follow} may find something, index a
   * m + b, b &lt; a. Most are not, and to follow all of them takes as long as their eigenvalues.
   */
  private boolean[] closePairs(double[][] kernels) {
    double small = 1.01 * EPSILON2 * kernels.length / UNDECIDED;
    boolean[] close = new boolean[inputs * inputs];
    for (double[] kernel : kernels) {
      for (int a = 1; a < inputs; a++) {
        double own = kernel[a * (inputs + 1)];
        for (int b = 0; b < a; b++) {
          double other = kernel[b * (inputs + 1)];
          double apart = apart(own, other, kernel[a * inputs + b]);
          close[a * inputs + b] |= apart < small * Math.max(own, other);
        }
      }
    }
    return close;
  }

  private void follow(double[][] kernels, int a, int b) {
    double before = 1;
    double grown = 0;
    double mostGrown = 0;
    double least = Double.POSITIVE_INFINITY;
    double largest = 0;
    for (int l = 0; l < kernels.length; l++) {
      double distance = distance(kernels[l], a, b);
      if (Double.isNaN(distance)) {
        return;
      }
      grown = grown * distance / before + 1;
      mostGrown = Math.max(mostGrown, grown);
      least = Math.min(least, distance);
      largest = Math.max(largest, distance);
      before = distance;
      if (EPSILON2 * (l + 1) > UNDECIDED * least) {
        growth[l][a] = Math.max(growth[l][a], mostGrown);
        growth[l][b] = Math.max(growth[l][b], mostGrown);
        merged[l] |= EPSILON2 * mostGrown > UNDECIDED * largest;
      }
    }
  }

  /** Squared, as a share of the longer one's square. */
  private double distance(double[] kernel, int a, int b) {
    double first = kernel[a * (inputs + 1)];
    double second = kernel[b * (inputs + 1)];
    double apart = apart(first, second, kernel[a * inputs + b]);
    return Math.max(LEAST_DISTANCE, apart / Math.max(first, second));
  }

  /** |z_a − z_b|²; of opposite ones where networks are odd or even. */
  private double apart(double first, double second, double product) {
    return first + second - 2 * (mirrored ? Math.abs(product) : product);
  }

  /**
   * The spectrum of a kernel without what rounding has made of it.
   *
   * @param theta km × km, output after output, each over the inputs
   * @param depth L
   */
  KernelSpectrum spectrum(double[] theta, int depth) {
    double[] noise = noise(theta, depth);
    return KernelSpectrum.of(theta, noise.length, noise);
  }

  /** As {@link #spectrum} without the effective rank. */
  KernelSpectrum ends(double[] theta, int depth) {
    double[] noise = noise(theta, depth);
    return KernelSpectrum.ends(theta, noise.length, noise);
  }

  /** The least eigenvalue that can be told from 0, by the diagonal. */
  private double[] noise(double[] theta, int depth) {
    int size = (int) Math.round(Math.sqrt(theta.length));
    double[] noise = new double[size];
    if (singular || merged[depth - 1] || size > parameters(depth, size / inputs)) {
      Arrays.fill(noise, Double.POSITIVE_INFINITY);
      return noise;
    }
    double least = network.keepProbability() < 1 || counted > 0 ? MASKED : 0;
    for (int r = 0; r < size; r++) {
      noise[r] =
          Math.max(least, share * growth[depth - 1][r % inputs])
              * Math.max(0, theta[r * (size + 1)]);
    }
    return noise;
  }

  /** Weights and biases; fewer under a mask. */
  private double parameters(int depth, int outputs) {
    if (counted > 0) {
      return counted;
    }
    double n = network.width();
    double fanIns = shown.dimension() + n * (depth - 1.0);
    double biases = network.sigmaB2() > 0 ? n * depth + outputs : 0;
    return n * fanIns + n * outputs + biases;
  }
}
