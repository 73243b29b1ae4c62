package org.phasemap.train;

import org.phasemap.kernel.Kernel;
import org.phasemap.spec.Optimiser;

/** An optimiser at work on networks side by side: takes gradients and moves parameters. */
interface Updates extends GradientSink {
  /**
   * The updates of an optimiser.
   *
   * @param arena owner of its state
   * @param parameters of all networks
   */
  static Updates of(Optimiser optimiser, Kernel kernel, Arena arena, Parameters parameters) {
    if (optimiser instanceof Optimiser.Momentum momentum) {
      return MomentumUpdates.heavyBall(kernel, arena, parameters, momentum.mu());
    }
    if (optimiser instanceof Optimiser.Nesterov nesterov) {
      return MomentumUpdates.nesterov(kernel, arena, parameters, nesterov.mu());
    }
    if (optimiser instanceof Optimiser.Adam adam) {
      return new AdamUpdates(kernel, arena, parameters, adam);
    }
    return new SgdUpdates(kernel);
  }

  /**
   * Begins a step: the gradients of every layer follow.
   *
   * @param parameters of the first networks, as many as are still trained
   * @param rates learning rate of each
   */
  void begin(Parameters parameters, double[] rates);

  /** Copies one network's state over another's. */
  void move(int from, int to);
}
