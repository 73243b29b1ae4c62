package org.phasemap.theory.architecture;

import org.phasemap.network.Activation;
import org.phasemap.theory.dual.GaussianMoments;

/** Weight normalisation w = g v/‖v‖ (Salimans and Kingma 2016; Arpit, Campos and Bengio 2019). */
public final class WeightNormalisation {
  private WeightNormalisation() {}

  /**
   * The gain g that keeps the second moment of the signal in square layers: E z² = g²‖x‖²/n, so g =
   * 1/√(E φ(Z)²); √(2/(1 + a²)) for homogeneous functions.
   */
  public static double gain(Activation activation) {
    return 1 / Math.sqrt(new GaussianMoments(activation, 1).secondMoment());
  }
}
