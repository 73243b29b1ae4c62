package org.phasemap.theory.architecture.weights;

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

  /**
   * E r² of a square ReLU layer of rows √2 v/‖v‖, r = ‖h′‖²/‖h‖², E r = 1: 1 + 6/(n + 2) − 1/n,
   * because (v·h)² is beta distributed. Exact at every n; He has 1 + 5/n.
   */
  public static double reluSecondMoment(int width) {
    return 1 + 6 / (width + 2.0) - 1.0 / width;
  }
}
