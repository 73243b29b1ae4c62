package org.phasemap.measure;

import java.util.List;
import org.phasemap.kernel.Kernel;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.Measurement;

/** Measures networks of one architecture at initialisation. */
public interface Prober {
  /**
   * What was found of each cell of the unit, in its order.
   *
   * @throws IllegalArgumentException if the unit's task is not propagation
   */
  List<Measurement> measure(Kernel kernel, Unit unit);
}
