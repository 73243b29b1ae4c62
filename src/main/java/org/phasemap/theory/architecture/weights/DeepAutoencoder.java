package org.phasemap.theory.architecture.weights;

import java.util.Arrays;
import org.phasemap.theory.width.LogNormLaw;

/**
 * A chain of ReLU layers without biases, of any widths, He fan-in weights times m. The mean square
 * of layer l over that of its input is (2m²/n_l)χ²_K, K ~ Bin(n_l, ½), independent over layers: only
 * the width that a layer puts out counts (Hanin and Rolnick 2018; exact at every width).
 *
 * @param widths n₁ … n_L, what each layer puts out
 * @param multiplier m, on the standard deviation
 */
@SuppressWarnings("ArrayRecordComponent") // read-only
public record DeepAutoencoder(int[] widths, double multiplier) {
  /** E ln(mean square of the output/that of the input), given that no layer is dead. */
  public double logMean() {
    return Arrays.stream(widths).mapToDouble(n -> layer(n).mean(1)).sum();
  }

  /** Variance of the same. */
  public double logVariance() {
    return Arrays.stream(widths).mapToDouble(n -> layer(n).variance(1)).sum();
  }

  /** P(some layer is dead): 1 − ∏(1 − 2^{−n_l}). */
  public double deadProbability() {
    double lnAlive = 0;
    for (int n : widths) {
      lnAlive += Math.log1p(-Math.pow(2, -n));
    }
    return -Math.expm1(lnAlive);
  }

  private LogNormLaw layer(int width) {
    return new LogNormLaw(0, width, 2 * multiplier * multiplier);
  }

  /**
   * Cosine of x and Wᵀrelu(Wx), both wide, W of b rows and n columns: √(b/(b + 2n)). Tied weights
   * reconstruct a little at the start; untied ones not at all.
   *
   * @param ratio b/n
   */
  public static double tiedCosine(double ratio) {
    return Math.sqrt(ratio / (ratio + 2));
  }
}
