package org.phasemap.theory;

import org.phasemap.network.Activation;

/** What scaling all inputs by s does at initialisation. */
public final class InputScale {
  private InputScale() {}

  /** Factor on a bias-free homogeneous network's outputs: |s|; on its NTK: s². */
  public static double homogeneousOutput(double scale) {
    return Math.abs(scale);
  }

  /**
   * Factor on the NTK of a bias-free homogeneous network and on its squared-error gradients: s².
   */
  public static double homogeneousKernel(double scale) {
    return scale * scale;
  }

  /**
   * q_L after scaling over q_L before; a network with a finite ξ_q forgets the scale.
   *
   * @param q0 |x|²/n₀ before
   */
  public static double varianceRatio(LayerLaw law, double q0, double scale, int depth) {
    Trajectory before = SignalMaps.propagate(law, q0, 1, depth);
    Trajectory after = SignalMaps.propagate(law, q0 * scale * scale, 1, depth);
    return after.q()[depth - 1] / before.q()[depth - 1];
  }

  /** Whether scaling the inputs scales the outputs. */
  public static boolean isScaleFree(Activation activation, double sigmaB2) {
    return activation.isHomogeneous() && sigmaB2 == 0;
  }
}
