package org.phasemap.plan;

import java.io.Serializable;
import java.util.List;
import org.phasemap.spec.Inputs;
import org.phasemap.spec.Recipe;
import org.phasemap.spec.Spec.Probe;

/** What is done to the networks of a cell. */
public sealed interface Task extends Serializable {
  /** The name that tables use. */
  String id();

  /**
   * Signals and gradients are sent through a network at initialisation.
   *
   * @param inputs what it is shown
   * @param probes what is measured, in the order of the enum, each once
   */
  record Propagation(Inputs inputs, List<Probe> probes) implements Task {
    @Override
    public String id() {
      return "propagation";
    }
  }

  /**
   * The network is trained.
   *
   * @param data name of the data set
   * @param recipe how
   */
  record Training(String data, Recipe recipe) implements Task {
    @Override
    public String id() {
      return "training";
    }
  }
}
