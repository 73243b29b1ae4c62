package org.phasemap.measure.input;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.phasemap.measure.linear.GramFactor;
import org.phasemap.network.Activation;

/**
 * Inputs that networks cannot tell apart, found in the columns themselves, bit by bit. Their
 * gradients are equal, opposite or multiples of each other whatever the weights, so the tangent
 * kernel is singular: its smallest eigenvalue is 0, and what arithmetic leaves of it is rounding.
 */
public final class InputRelations {
  /** Two columns that are multiples of each other, the second by a factor of this sign. */
  private record Multiple(int first, int second, int sign, boolean ofOneLength) {}

  /**
   * A column that is another one, or its opposite.
   *
   * @param column that repeats
   * @param original an earlier column
   * @param sign 1 or −1
   */
  public record Twin(int column, int original, int sign) {}

  private final int inputs;
  private final List<Multiple> multiples = new ArrayList<>();
  private final boolean hasZero;

  /** Whether the columns, and the columns with a component 1 added, are linearly dependent. */
  private final boolean dependent;

  private final boolean affinelyDependent;

  private InputRelations(float[] columns, int inputs) {
    this.inputs = inputs;
    int n0 = columns.length / inputs;
    double[] gram = new double[inputs * inputs];
    boolean zero = false;
    for (int a = 0; a < inputs; a++) {
      for (int b = 0; b <= a; b++) {
        double product = product(columns, a * n0, b * n0, n0);
        gram[a * inputs + b] = product;
        gram[b * inputs + a] = product;
      }
      zero |= gram[a * inputs + a] == 0;
      for (int b = 0; b < a; b++) {
        addMultiple(columns, b, a, n0, gram[a * inputs + b]);
      }
    }
    hasZero = zero;
    dependent = rank(gram, n0) < inputs;
    double one = 0;
    for (int a = 0; a < inputs; a++) {
      one += gram[a * (inputs + 1)] / inputs;
    }
    double size = one;
    Arrays.setAll(gram, i -> gram[i] + size);
    affinelyDependent = rank(gram, n0 + 1) < inputs;
  }

  /**
   * Of inputs.
   *
   * @param columns n₀ × m, column by column
   * @param inputs m
   */
  public static InputRelations of(float[] columns, int inputs) {
    return new InputRelations(columns, inputs);
  }

  private static double product(float[] columns, int a, int b, int n0) {
    double sum = 0;
    for (int i = 0; i < n0; i++) {
      sum += (double) columns[a + i] * columns[b + i];
    }
    return sum;
  }

  private int rank(double[] gram, int most) {
    boolean[] all = new boolean[inputs];
    Arrays.fill(all, true);
    return GramFactor.of(gram, inputs, GramFactor.CUT, all, most).rank();
  }

  /** x_a and x_b are multiples where x_a,i x_b,p = x_a,p x_b,i: products are exact in float64. */
  private void addMultiple(float[] columns, int a, int b, int n0, double product) {
    int p = 0;
    while (p < n0 && columns[a * n0 + p] == 0) {
      p++;
    }
    boolean oneLength = true;
    for (int i = 0; i < n0; i++) {
      double x = columns[a * n0 + i];
      double y = columns[b * n0 + i];
      oneLength &= Math.abs(x) == Math.abs(y);
      if (p < n0 && x * columns[b * n0 + p] != (double) columns[a * n0 + p] * y) {
        return;
      }
    }
    if (oneLength || product != 0) {
      multiples.add(new Multiple(a, b, product < 0 ? -1 : 1, oneLength));
    }
  }

  /** Whether every network of this φ and σ_b² has a singular tangent kernel over the inputs. */
  public boolean makeSingular(Activation phi, double sigmaB2) {
    if (multiples.stream().anyMatch(pair -> pair.ofOneLength && pair.sign > 0)) {
      return true;
    }
    if (phi.homogeneousSlope() == 1) {
      // The gradient is linear in x, affine where there are biases.
      return sigmaB2 > 0 ? affinelyDependent : dependent;
    }
    if (sigmaB2 > 0) {
      return false;
    }
    if (hasZero && phi.value(0) == 0) {
      return true;
    }
    return multiples.stream()
        .filter(pair -> pair.ofOneLength || phi.isHomogeneous())
        .anyMatch(pair -> pair.sign > 0 || isOddOrEven(phi));
  }

  /** Columns whose signals are those of an earlier one, but for a sign, at every layer. */
  public List<Twin> twins(Activation phi, double sigmaB2) {
    List<Twin> twins = new ArrayList<>();
    boolean[] found = new boolean[inputs];
    for (Multiple pair : multiples) {
      boolean alike = pair.sign > 0 || (sigmaB2 == 0 && isOddOrEven(phi));
      if (pair.ofOneLength && alike && !found[pair.second]) {
        found[pair.second] = true;
        twins.add(new Twin(pair.second, pair.first, pair.sign));
      }
    }
    return twins;
  }

  /** Whether φ(−z) follows from φ(z). */
  public static boolean isOddOrEven(Activation phi) {
    return phi.isOdd() || phi.isEven();
  }
}
