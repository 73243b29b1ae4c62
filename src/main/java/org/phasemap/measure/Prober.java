package org.phasemap.measure;

import java.util.List;
import org.phasemap.kernel.Kernel;
import org.phasemap.plan.Unit;

/** Measures networks of one architecture at initialisation. */
public interface Prober {
  /**
   * One result for each cell of the unit, in no particular order.
   *
   * @throws IllegalArgumentException if the unit's task is not propagation
   */
  List<PropagationResult> measure(Kernel kernel, Unit unit);
}
