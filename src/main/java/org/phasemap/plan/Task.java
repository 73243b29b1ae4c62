package org.phasemap.plan;

import java.io.Serializable;
import java.util.List;
import org.phasemap.data.DataSource;
import org.phasemap.spec.Inputs;
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
   * @param data the data set
   * @param batchSize examples a step
   * @param steps number of steps
   * @param learningRate of plain SGD
   * @param accuracyThreshold training accuracy from which it counts as trained
   */
  record Training(
      DataSource data, int batchSize, int steps, double learningRate, double accuracyThreshold)
      implements Task {
    @Override
    public String id() {
      return "training";
    }
  }
}
