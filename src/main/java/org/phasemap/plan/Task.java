package org.phasemap.plan;

import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import org.phasemap.data.DataSource;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.AxisValues;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.TaskKind;
import org.phasemap.spec.Inputs;
import org.phasemap.spec.Recipe;

/** What is done to the networks of a cell. */
public sealed interface Task extends Serializable {
  /** The name that tables use. */
  String id();

  /** All of it, as identifiers of cells are made from. */
  String identity();

  /** Adds its values on the axes. */
  void addTo(AxisValues values);

  /** Does what is to be done for a task of its kind. */
  <R> R read(Function<Propagation, R> propagation, Function<Training, R> training);

  /**
   * Signals and gradients are sent through a network at initialisation.
   *
   * @param inputs what it is shown
   * @param probes what is measured, in the order of the enum, each once
   * @param outputs k, read-outs that tangent kernel and curvature are measured of
   */
  record Propagation(Inputs inputs, List<Probe> probes, int outputs) implements Task {
    /** Networks of one output. */
    public Propagation(Inputs inputs, List<Probe> probes) {
      this(inputs, probes, 1);
    }

    /** Whether more than the inputs' columns goes through the weights. */
    public boolean needsWeights() {
      return hasOutputKernel() || probes.stream().anyMatch(Probe::needsWeights);
    }

    /** Whether the kernel of several outputs is measured. */
    public boolean hasOutputKernel() {
      return outputs > 1 && (probes.contains(Probe.NTK) || probes.contains(Probe.CURVATURE));
    }

    /** Whether tangent kernels are added up. */
    public boolean hasKernel() {
      return probes.contains(Probe.NTK)
          || probes.contains(Probe.NTK_LAYERS)
          || probes.contains(Probe.CURVATURE);
    }

    /** Whether the gradients of different inputs are multiplied. */
    public boolean hasGradientPairs() {
      return hasKernel() || probes.contains(Probe.OPTIMISER);
    }

    @Override
    public String id() {
      return TaskKind.PROPAGATION.id();
    }

    @Override
    public String identity() {
      String many = outputs > 1 ? "|" + outputs + " outputs" : "";
      return id() + "|" + inputs.identity() + "|" + probes + many;
    }

    @Override
    public void addTo(AxisValues values) {
      inputs.addTo(values);
    }

    @Override
    public <R> R read(Function<Propagation, R> propagation, Function<Training, R> training) {
      return propagation.apply(this);
    }
  }

  /**
   * The network is trained.
   *
   * @param data the data set
   * @param recipe how
   */
  record Training(DataSource data, Recipe recipe) implements Task {
    @Override
    public String id() {
      return TaskKind.TRAINING.id();
    }

    @Override
    public String identity() {
      return id() + "|" + data.identity() + "|" + recipe.identity();
    }

    @Override
    public void addTo(AxisValues values) {
      values.put(Axis.INPUT, data.name());
      recipe.addTo(values);
    }

    @Override
    public <R> R read(Function<Propagation, R> propagation, Function<Training, R> training) {
      return training.apply(this);
    }
  }
}
