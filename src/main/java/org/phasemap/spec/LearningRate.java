package org.phasemap.spec;

import java.io.Serializable;

/** The step size, in standard parameterisation. */
public sealed interface LearningRate extends Serializable {
  /**
   * A number.
   *
   * @param rate &gt; 0
   */
  record Fixed(double rate) implements LearningRate {}

  /**
   * Scaled to the network: fraction × 2 m/λ_max, λ_max the largest eigenvalue of the tangent kernel
   * of all its outputs on m examples at initialisation. On the mean over m examples of half the
   * squared error, gradient descent of the linearised network converges below 1 and diverges above.
   * λ_max/m of few examples is larger on average than that of many, so the rate is rather too
   * small.
   *
   * @param fraction &gt; 0
   */
  record Critical(double fraction) implements LearningRate {}
}
