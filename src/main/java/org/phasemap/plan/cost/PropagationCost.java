package org.phasemap.plan.cost;

import java.util.List;
import org.phasemap.kernel.Speed;
import org.phasemap.kernel.formula.ActivationFormulas;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.Probe;
import org.phasemap.spec.Spec.SamplerChoice;

/** Of MLPs at initialisation. */
record PropagationCost() implements UnitCost {
  /** Factors and products of a variant's m × m matrices, for each of m³. */
  private static final double SECONDS_PER_CUBE = 0.93e-9;

  /** Most columns that a kernel puts into another order at a time. */
  private static final int COPIED_COLUMNS = 264;

  /** What a device does at once with rows of columns: 1 to 2e13 on an H200 (docs/gpu.md). */
  private static final double DEVICE_PER_FLOP = 1 / 1.5e13;

  /** Of wide products on a device: 60 % of an H200's float32. */
  private static final double DEVICE_PER_DENSE_FLOP = 1 / 4e13;

  /** Some 35 instructions of an H200. */
  private static final double DEVICE_PER_RANDOM = 2e-12;

  /** A layer's m × m matrices on a device that is busy with many networks. */
  private static final double DEVICE_PER_LAYER = 0.05e-6;

  /**
   * Networks of one width, law and mask have the same weights.
   *
   * @param onDevice whether devices have the formula of φ
   */
  private record Weights(int width, WeightLaw law, double keepProbability, boolean onDevice) {}

  @Override
  public Sampler sampler(Cell cell, SamplerChoice choice) {
    boolean exact =
        !((Task.Propagation) cell.task()).needsWeights()
            && cell.network().weightLaw().isIsotropic()
            && cell.network().keepProbability() == 1;
    return exact && choice != SamplerChoice.DENSE ? Sampler.WEIGHT_FREE : Sampler.DENSE;
  }

  @Override
  public Record company(Cell cell) {
    NetworkConfig network = cell.network();
    return new Weights(
        network.width(),
        network.weightLaw(),
        network.keepProbability(),
        ActivationFormulas.onDevice(network.activation()).isPresent());
  }

  @Override
  public List<List<Cell>> pieces(Unit unit) {
    return PanelShape.chunks(unit).stream()
        .map(panel -> panel.stream().flatMap(List::stream).toList())
        .toList();
  }

  @Override
  public double seconds(Unit unit) {
    return DeviceShape.of(unit)
        .map(shape -> onDevice(unit, shape.columns()))
        .or(() -> DenseShape.of(unit).map(shape -> denseOnDevice(unit, shape.block())))
        .orElseGet(() -> onCpu(unit));
  }

  /** Under a mask, pairs of inputs go through each layer once more; outputs alone come down. */
  private double denseOnDevice(Unit unit, double block) {
    double n = width(unit);
    double m = task(unit).inputs().count();
    double columns = 0;
    for (PanelShape panel : PanelShape.of(unit)) {
      columns += block * panel.variants() * (panel.deepest() + panel.layersDown());
      columns += (shown(unit) - m) * panel.variants() * panel.layersDown();
      columns += isMasked(unit) ? panel.variants() * panel.deepest() * m * (m + 1) / 2 : 0;
    }
    return rowSeconds(unit)
        + WeightProbes.decompositions(unit)
        + 2 * n * n * (columns * DEVICE_PER_DENSE_FLOP + deepest(unit) * DEVICE_PER_RANDOM);
  }

  /** Columns of all outputs. */
  private static double shown(Unit unit) {
    Task.Propagation task = task(unit);
    return (task.hasOutputKernel() ? task.outputs() : 1) * task.inputs().count();
  }

  private double onDevice(Unit unit, double m) {
    double layers =
        PanelShape.of(unit).stream().mapToDouble(p -> p.deepest() + p.layersDown()).sum();
    double perLayer = DEVICE_PER_LAYER + 8 * width(unit) * m * m * DEVICE_PER_FLOP;
    return rowSeconds(unit) + layers * perLayer;
  }

  private double onCpu(Unit unit) {
    Speed speed = unit.backend().speed();
    double seconds = sharedSeconds(unit);
    for (PanelShape panel : PanelShape.of(unit)) {
      seconds += seconds(unit, task(unit), panel, speed);
    }
    seconds += rowSeconds(unit);
    return seconds + WeightProbes.seconds(unit, speed.perRandom(), speed.perFlop());
  }

  @Override
  public double bytes(Unit unit) {
    double panels = 0;
    boolean backward = hasBackward(unit);
    // Weight-free and masked gradients need φ on their way down, all need φ′.
    boolean keeps =
        backward
            && (unit.sampler() == Sampler.WEIGHT_FREE
                || isMasked(unit)
                || task(unit).hasOutputKernel());
    // Pre-activations and gradients are gone when weights are probed.
    double freed = Float.BYTES * width(unit) * PanelShape.of(unit).get(0).columns();
    for (PanelShape panel : PanelShape.of(unit)) {
      double perLayer = keeps ? 2.0 * panel.deepest() : panel.deepest() + 1.0;
      double gradients = backward ? panel.depths().size() : 0;
      freed += Float.BYTES * width(unit) * panel.columns() * gradients;
      // Tangents are kept where a gradient starts.
      gradients += hasTangents(unit) ? panel.depths().size() : 0;
      double bytes = Float.BYTES * width(unit) * panel.columns() * (perLayer + gradients);
      panels = together(unit, panels, bytes);
    }
    double bytes = sharedBytes(unit) + copies(unit) + panels;
    return Math.max(bytes, bytes - freed + WeightProbes.bytes(unit));
  }

  @Override
  public double copies(Unit unit) {
    return unit.sampler() == Sampler.DENSE ? 2 * Float.BYTES * width(unit) * COPIED_COLUMNS : 0;
  }

  /** Panels of one unit: without weights, one goes after the other. */
  @Override
  public double together(Unit unit, double bytes, double more) {
    return switch (unit.sampler()) {
      case DENSE -> bytes + more;
      case WEIGHT_FREE -> Math.max(bytes, more);
    };
  }

  /** What layers draw. */
  @Override
  public double sharedSeconds(Unit unit) {
    if (DeviceShape.isOnDevice(unit)) {
      return 0;
    }
    double n = width(unit);
    double m = PanelShape.block(unit);
    boolean backward = hasBackward(unit);
    double numbers =
        unit.sampler() == Sampler.WEIGHT_FREE
            ? n * (m + 1) + (backward ? n * m : 0)
            : n * n * (backward ? 2 : 1) * (isMasked(unit) ? 2 : 1);
    return SECONDS_PER_UNIT + numbers * deepest(unit) * unit.backend().speed().perRandom();
  }

  /**
   * One layer's G_l, or all layers' Ĝ_l and Ξ_l, the inputs and the panel's pre-activations; under
   * a mask the mask and its uniform numbers, or the products of a panel's input pairs, in and out.
   */
  @Override
  public double sharedBytes(Unit unit) {
    Task.Propagation task = task(unit);
    double n = width(unit);
    double m = task.inputs().count();
    double dimension = task.inputs().dimension();
    double columns = PanelShape.of(unit).get(0).columns();
    double entries = n * columns + dimension * m;
    if (unit.sampler() == Sampler.WEIGHT_FREE) {
      // Ĝ, b and Ξ of all layers; a frame Q twice; coefficients.
      double draws = columns + 1 + (hasBackward(unit) ? columns : 0);
      entries += n * (deepest(unit) * draws + 2 * columns) + (2 * columns + 1) * columns;
    } else {
      double weights = n * (n + dimension);
      double pairs =
          task.hasGradientPairs() ? (n + Math.max(n, dimension)) * columns * (m + 1) / 2 : 0;
      double widest = n * Math.max(n, dimension);
      entries += n * (m + 2) + (isMasked(unit) ? 2 * weights + Math.max(widest, pairs) : weights);
    }
    return Float.BYTES * entries;
  }

  private static double seconds(Unit unit, Task.Propagation task, PanelShape panel, Speed speed) {
    double n = width(unit);
    double m = PanelShape.block(unit);
    double layers = panel.deepest() + (hasBackward(unit) ? panel.layersDown() : 0);
    double entries = n * panel.columns();
    double perLayer = speed.perCalls() + entries * (speed.perEntry() + m * speed.perProduct());
    if (unit.sampler() == Sampler.WEIGHT_FREE) {
      perLayer += panel.variants() * m * m * m * SECONDS_PER_CUBE;
    } else {
      double pairs = isMasked(unit) && task.hasGradientPairs() ? (m + 1) / 2 : 0;
      perLayer += 2 * n * entries * (1 + pairs / 2) * speed.perFlop();
      perLayer += entries * pairs / 4 * speed.perEntry();
    }
    return layers * perLayer;
  }

  private static Task.Propagation task(Unit unit) {
    return (Task.Propagation) unit.task();
  }

  private static boolean hasTangents(Unit unit) {
    return task(unit).probes().contains(Probe.JACOBIAN);
  }

  private static int deepest(Unit unit) {
    return unit.cells().stream().mapToInt(cell -> cell.network().depth()).max().orElseThrow();
  }

  private static double width(Unit unit) {
    return unit.cells().get(0).network().width();
  }

  private static boolean isMasked(Unit unit) {
    return unit.cells().get(0).network().keepProbability() < 1;
  }

  private static boolean hasBackward(Unit unit) {
    return PanelShape.hasBackward(task(unit));
  }
}
