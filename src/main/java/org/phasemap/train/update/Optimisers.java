package org.phasemap.train.update;

import org.phasemap.kernel.Kernel;
import org.phasemap.spec.Optimiser;
import org.phasemap.train.model.Arena;
import org.phasemap.train.model.Parameters;

/** What each optimiser of a spec does to parameters. */
public final class Optimisers {
  private Optimisers() {}

  /**
   * The updates of an optimiser.
   *
   * @param arena owner of its state
   * @param parameters of all networks
   */
  public static Updates updates(
      Optimiser optimiser, Kernel kernel, Arena arena, Parameters parameters) {
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
}
