package org.phasemap.plan;

import java.util.Locale;
import org.phasemap.spec.Spec.SamplerChoice;

/** How a random network is drawn. Both have the same law at every width. */
public enum Sampler {
  /** Explicit weights. */
  DENSE,
  /** Only what the weights do to the columns that are sent through them. */
  WEIGHT_FREE;

  /** The name that tables use. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The sampler of a cell: weight-free where its law is exact, no probe needs weights and the spec
   * does not ask for dense.
   */
  public static Sampler of(Cell cell, SamplerChoice choice) {
    boolean exact =
        cell.task() instanceof Task.Propagation task
            && !task.needsWeights()
            && cell.network().weightLaw().isIsotropic()
            && cell.network().keepProbability() == 1;
    return exact && choice != SamplerChoice.DENSE ? WEIGHT_FREE : DENSE;
  }
}
