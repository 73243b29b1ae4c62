package org.phasemap.theory.architecture.pinn;

import org.phasemap.theory.limit.LayerLaw;

/**
 * Tangent kernel of the jet (u, u′, u″) along an input coordinate, NTK parameterisation, infinite
 * width: Θ′[a,b] = K′[a,b] + σ_w² Σ_{i ≤ a, j ≤ b} C(a,i) C(b,j) E[J_{a−i}J_{b−j}] Θ[i,j], J the
 * jet of φ′ and Θ₁ = K₁. E‖∂u″/∂θ‖² = Θ[2,2], which is what the gradient of a second-order residual
 * is made of.
 */
public final class PinnTangentKernel {
  private static final int[][] CHOOSE = {{1, 0, 0}, {1, 1, 0}, {1, 2, 1}};

  private PinnTangentKernel() {}

  /**
   * E‖∂u″/∂θ‖² of a network of one input x with some hidden layers, all weights and biases, and a
   * read-out of variance 1/n without bias.
   */
  public static double ofSecondDerivative(LayerLaw law, double x, int hidden) {
    PinnDerivatives jets = PinnDerivatives.plainInput(law, x);
    double[][] theta = jets.matrix();
    for (int l = 1; l < hidden; l++) {
      PinnDerivatives next = jets.next(law);
      theta = above(law, jets, next, theta);
      jets = next;
    }
    LayerLaw readout = new LayerLaw(law.activation(), 1, 0);
    return above(readout, jets, jets.next(readout), theta)[2][2];
  }

  /**
   * Θ of the next layer.
   *
   * @param theta of the layer, 3 × 3
   */
  static double[][] above(
      LayerLaw law, PinnDerivatives jets, PinnDerivatives next, double[][] theta) {
    double[][] slopes = JetProducts.ofSlopes(law.activation(), jets.matrix());
    double[][] above = next.matrix();
    for (int a = 0; a < above.length; a++) {
      for (int b = 0; b < above.length; b++) {
        double sum = 0;
        for (int i = 0; i <= a; i++) {
          for (int j = 0; j <= b; j++) {
            sum += CHOOSE[a][i] * CHOOSE[b][j] * slopes[a - i][b - j] * theta[i][j];
          }
        }
        above[a][b] += law.sigmaW2() * sum;
      }
    }
    return above;
  }
}
