package org.phasemap.theory.architecture.skip;

import org.phasemap.theory.dual.ArcCosine;

/** How the norm of a residual ReLU network without biases fluctuates at finite width. */
public final class ResidualFluctuation {
  private ResidualFluctuation() {}

  /**
   * n Var ln of the mean square of x_L, x′ = x + sW relu(x), x₁ from a dense layer, first order in
   * 1/n. Signs persist along the stream, so layers are correlated: 2 + Σ_kl w_k w_l q_k q_l
   * [K₂(√(q_k/q_l)) − ¼] + 2Σ_k w_k q_k²/q_L over blocks k, l with w_k = s²σ_w²/q_{k+1} and q_k =
   * (1 + s²σ_w²/2)^k.
   */
  public static double logVarianceOneLayer(int depth, double scale2, double sigmaW2) {
    double branch = scale2 * sigmaW2;
    double growth = 1 + 0.5 * branch;
    // q_k w_k is the same in every block: a share of the growth.
    double share = branch / growth;
    double sum = 2;
    for (int lag = -(depth - 1); lag <= depth - 1; lag++) {
      double c = Math.pow(growth, -0.5 * Math.abs(lag));
      sum += (depth - Math.abs(lag)) * share * share * (ArcCosine.squares(c) - 0.25);
    }
    for (int k = 0; k < depth; k++) {
      sum += 2 * share * Math.pow(growth, k - depth);
    }
    return sum;
  }

  /**
   * E r²/(E r)², r = ‖x_L‖²/‖x_0‖² of x′ = x + sW₂relu(W₁x), exact at any width n and hidden width h:
   * [1 + (4s²a/n + s⁴a²((1 + 2/n)(1 + 5/h) − 1))/(1 + s²a)²]^L, a = σ₁²σ₂²/2.
   */
  public static double momentRatioTwoLayer(
      int depth, double scale2, double sigmaW2First, double sigmaW2Second, int width, int hidden) {
    double gain = 0.5 * scale2 * sigmaW2First * sigmaW2Second;
    double n = width;
    double branch = (1 + 2 / n) * (1 + 5.0 / hidden) - 1;
    double excess = (4 * gain / n + gain * gain * branch) / ((1 + gain) * (1 + gain));
    return Math.exp(depth * Math.log1p(excess));
  }
}
