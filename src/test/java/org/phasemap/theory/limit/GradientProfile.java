package org.phasemap.theory.limit;

/**
 * Second moments of gradients, layer by layer, relative to those at the last hidden layer's
 * pre-activations (Schoenholz et al. 2017, eq. 18; index l − 1 is layer l).
 *
 * @param preActivation E‖∂E/∂z_l‖² over that at layer L
 * @param weight E‖∂E/∂W_l‖² over E‖∂E/∂z_L‖², summed over the layer's entries
 */
@SuppressWarnings("ArrayRecordComponent") // read-only, and made once for thousands of reads
record GradientProfile(double[] preActivation, double[] weight) {
  /**
   * The backward recursion E‖∂E/∂z_l‖² = χ₁(q_l) E‖∂E/∂z_{l+1}‖² n_l/n_{l+1} and E‖∂E/∂W_l‖² =
   * E‖∂E/∂z_l‖² n_{l−1} E φ(z_{l−1})².
   *
   * @param widths n₀ (inputs) and n₁ … n_L
   * @param q0 |x|²/n₀
   */
  static GradientProfile of(Trajectory t, int[] widths, double q0) {
    int depth = t.depth();
    double[] pre = new double[depth];
    double[] weight = new double[depth];
    pre[depth - 1] = 1;
    for (int l = depth; l >= 1; l--) {
      if (l < depth) {
        pre[l - 1] = t.chi1()[l - 1] * pre[l] * widths[l] / widths[l + 1];
      }
      double input = l == 1 ? q0 : t.secondMomentPhi()[l - 2];
      weight[l - 1] = pre[l - 1] * widths[l - 1] * input;
    }
    return new GradientProfile(pre, weight);
  }
}
