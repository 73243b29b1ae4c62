package org.phasemap.theory.architecture;

import java.util.function.DoubleBinaryOperator;
import org.phasemap.network.Activation;
import org.phasemap.theory.gauss.ShiftedGaussian;
import org.phasemap.theory.gauss.SphericalPair;

/**
 * Growth per layer of the mean squared gradient where batch normalisation follows every linear map
 * (Yang et al. 2019, arXiv 1902.08129), in the limit of infinite width.
 */
public final class BatchNormGrowth {
  private BatchNormGrowth() {}

  /** Infinite batch, unit gain, no shift: E φ′²/Var φ at q = 1, which is ≥ 1. */
  public static double infiniteBatch(Activation activation) {
    return infiniteBatch(activation, 1, 0);
  }

  /** Infinite batch, pre-activations γẑ + β: γ² E φ′²/Var φ at N(β, γ²). */
  public static double infiniteBatch(Activation activation, double gamma, double beta) {
    ShiftedGaussian law = new ShiftedGaussian(activation, beta, gamma * gamma);
    double mean = law.expect(activation::value);
    double variance = law.expect(x -> square(activation.value(x) - mean));
    return gamma * gamma * law.expect(x -> square(activation.derivative(x))) / variance;
  }

  /**
   * A batch of B ≥ 4, unit gain, no shift. The normalised batch of a neuron is uniform on the
   * sphere of radius √B in the B − 1 centred dimensions, and 1/‖·‖² of the unnormalised one adds (B
   * − 1)/(B − 3): the growth is B/((B − 1)(B − 3)) E[S₂(1 − 2/B) + S₁²/B² − Σu²φ′² + (Σuφ′)²/B]/(E
   * φ(x)² − E φ(x)φ(y)), S_k = Σ φ′^k, u the unit vector, x and y two of its normalised entries. A
   * linear φ gives (B − 2)/(B − 3).
   *
   * @throws IllegalArgumentException for B &lt; 4, where the second moment is infinite
   */
  public static double finiteBatch(Activation activation, int batch) {
    if (batch < 4) {
      throw new IllegalArgumentException("batch must be >= 4: " + batch);
    }
    double b = batch;
    DoubleBinaryOperator slopes = (x, y) -> activation.derivative(x) * activation.derivative(y);
    SphericalPair pair = new SphericalPair(activation, batch);
    double slope2 = pair.same((x, y) -> slopes.applyAsDouble(x, x));
    double slopePair = pair.distinct(slopes);
    double weighted2 = pair.same((x, y) -> x * x * slopes.applyAsDouble(x, x)) / b;
    double weightedPair = pair.distinct((x, y) -> x * y * slopes.applyAsDouble(x, y)) / b;
    double s2 = b * slope2;
    double s1Square = b * slope2 + b * (b - 1) * slopePair;
    double u2 = b * weighted2;
    double uSquare = b * weighted2 + b * (b - 1) * weightedPair;
    double trace = s2 * (1 - 2 / b) + s1Square / (b * b) - u2 + uSquare / b;
    double diagonal = pair.same((x, y) -> square(activation.value(x)));
    double off = pair.distinct((x, y) -> activation.value(x) * activation.value(y));
    return b / ((b - 1) * (b - 3)) * trace / (diagonal - off);
  }

  /** Linear φ: (B − 2)/(B − 3). */
  public static double linear(int batch) {
    return (batch - 2.0) / (batch - 3.0);
  }

  private static double square(double x) {
    return x * x;
  }
}
