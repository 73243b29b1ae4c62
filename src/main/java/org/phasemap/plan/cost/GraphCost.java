package org.phasemap.plan.cost;

import org.phasemap.network.Architecture;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.Probe;
import org.phasemap.spec.Spec.SamplerChoice;

/**
 * Of networks that a graph of layers describes, at initialisation. Seconds are fitted to processor
 * times of {@code GraphCostTest}'s networks on a core with AVX-512, to 20 % (root mean square of
 * the logarithm).
 */
record GraphCost(Architecture.Layered architecture) implements GraphUnitCost {
  /** φ and three derivatives of it in float64, over three numbers. */
  private static final double SECONDS_PER_JET = 11e-9;

  /** What becomes of a network's numbers. */
  private static final double SECONDS_PER_NETWORK = 0.13e-3;

  private static final double SECONDS_PER_NODE = 2.3e-6;
  private static final double SECONDS_PER_ENTRY = 1.1e-9;

  /** Besides, of φ and φ′ that are no two straight lines. */
  private static final double SECONDS_PER_CURVED = 3.1e-9;

  /** Besides, of entries that a normalisation makes. */
  private static final double SECONDS_PER_NORMALISED = 2.9e-9;

  private static final double SECONDS_PER_PATCH = 0.65e-9;

  /** Drawn, and multiplied by few columns. */
  private static final double SECONDS_PER_WEIGHT = 4.3e-9;

  /** Besides, of a mask. */
  private static final double SECONDS_PER_MASKED_WEIGHT = 15e-9;

  private static final double SECONDS_PER_SPECTRAL_WEIGHT = 28e-9;

  /** Gradients by signals, and by weights, over signals. */
  static final double BACKWARD = 2;

  /** Numbers as they are and side by side, and in float64 for their products. */
  private static final double GRAMS = 16;

  /** Products of all columns, at all positions, with each other: in float64, and on their way. */
  private static final double ALL_COLUMNS = 16;

  /** Nodes whose gradients are not complete at once. */
  private static final double OPEN_GRADIENTS = 3;

  /** Weights' gradients as they are, and in float64 for their products. */
  private static final double PAIRS = 5;

  /** Networks that draw the same numbers: their graphs are alike, and so are their masks. */
  private record Shape(int depth, int width, WeightLaw law, double keep) {}

  /** Without weights where the spec asks for it: it then has no network that needs them. */
  @Override
  public Sampler sampler(Cell cell, SamplerChoice choice) {
    return choice == SamplerChoice.WEIGHT_FREE ? Sampler.WEIGHT_FREE : Sampler.DENSE;
  }

  @Override
  public Record company(Cell cell) {
    NetworkConfig network = cell.network();
    return new Shape(
        network.depth(), network.width(), network.weightLaw(), network.keepProbability());
  }

  @Override
  public double seconds(Unit unit) {
    return SECONDS_PER_UNIT + unit.cells().size() * seconds(count(unit), unit) + rowSeconds(unit);
  }

  private double seconds(GraphCount count, Unit unit) {
    double down = PanelShape.hasBackward(task(unit)) ? BACKWARD : 0;
    if (task(unit).hasGradientPairs() && graph(unit).couplesInputs()) {
      // Gradients of one output after the other.
      down *= 1 + task(unit).inputs().count() / 2.0;
    }
    return SECONDS_PER_NETWORK
        + (1 + down) * pass(count, unit)
        + derivativeSeconds(unit)
        + weightSeconds(count, unit);
  }

  private double weightSeconds(GraphCount count, Unit unit) {
    if (isWeightFree(unit)) {
      return drawn(unit).seconds(unit.backend().speed());
    }
    double masks = isMasked(unit) ? SECONDS_PER_MASKED_WEIGHT : 0;
    return (SECONDS_PER_WEIGHT + masks) * count.weights()
        + SECONDS_PER_SPECTRAL_WEIGHT * count.spectral();
  }

  /** Of values beside their derivatives, up and down. */
  private double derivativeSeconds(Unit unit) {
    if (architecture.equation().isEmpty()) {
      return 0;
    }
    GraphCount jets = jets(unit);
    double inputs = task(unit).inputs().count();
    double gradients = task(unit).probes().contains(Probe.GRADIENT) ? inputs * jets.weights() : 0;
    return (1 + BACKWARD) * pass(jets, unit)
        + SECONDS_PER_JET * jets.entries()
        + SECONDS_PER_ENTRY * gradients;
  }

  private GraphCount jets(Unit unit) {
    return GraphCount.of(graph(unit).jets(), task(unit).inputs().count());
  }

  /** Numbers of values beside their derivatives, φ′ and φ″; and gradients by weights. */
  private double derivativeNumbers(Unit unit) {
    if (architecture.equation().isEmpty()) {
      return 0;
    }
    GraphCount jets = jets(unit);
    double gradients = PAIRS * task(unit).inputs().count() * gradient(jets, unit);
    return 3 * jets.entries()
        + GRAMS * jets.largest()
        + (PanelShape.hasBackward(task(unit)) ? gradients : 0);
  }

  /** Seconds of a batch on its way up. */
  private static double pass(GraphCount count, Unit unit) {
    boolean curved = !unit.cells().get(0).network().activation().isHomogeneous();
    return SECONDS_PER_NODE * count.nodes()
        + SECONDS_PER_ENTRY * count.entries()
        + SECONDS_PER_NORMALISED * count.normalised()
        + (curved ? SECONDS_PER_CURVED * count.activated() : 0)
        + SECONDS_PER_PATCH * count.patches()
        + (isWeightFree(unit) ? 0 : 2 * unit.backend().speed().perFlop() * count.products());
  }

  /**
   * The numbers of all nodes, and as many tangents; patches, and transforms up and down; weights as
   * they are drawn and as they are, and masks; and what Gram matrices of a node and its gradients
   * need for a while.
   */
  @Override
  public double bytes(Unit unit) {
    GraphCount count = count(unit);
    Task.Propagation task = task(unit);
    double tangents = task.probes().contains(Probe.JACOBIAN) ? 1 : 0;
    return Float.BYTES
        * ((1 + tangents) * count.entries()
            + count.tiles()
            + (PanelShape.hasBackward(task) ? 2 : 1) * count.transforms()
            + weightNumbers(count, unit)
            + GRAMS * count.largest()
            + derivativeNumbers(unit)
            + (PanelShape.hasBackward(task) ? gradients(unit, count) : 0));
  }

  private double weightNumbers(GraphCount count, Unit unit) {
    return isWeightFree(unit) ? drawn(unit).numbers() : (isMasked(unit) ? 3 : 2) * count.weights();
  }

  /** Of nodes whose gradients are not complete, and of weights where products do not do. */
  private double gradients(Unit unit, GraphCount count) {
    boolean coupled = graph(unit).couplesInputs();
    boolean pairs = task(unit).hasGradientPairs();
    double inputs = task(unit).inputs().count();
    boolean products = !coupled && !isMasked(unit) && count.tiles() == 0;
    double ofWeights =
        (coupled && !pairs ? 1 : pairs ? PAIRS * inputs : inputs) * gradient(count, unit);
    double columns = inputs * positions(unit);
    double ofProducts = pairs ? Math.min(ALL_COLUMNS * columns * columns, ofWeights) : 0;
    return OPEN_GRADIENTS * count.largest() * (coupled && pairs ? inputs : 1)
        + (products ? ofProducts : ofWeights);
  }

  /** Numbers of a gradient by the weights of a node, at most. */
  private double gradient(GraphCount count, Unit unit) {
    return isWeightFree(unit) ? drawn(unit).gradient() : count.heaviest();
  }

  private double positions(Unit unit) {
    return graph(unit).nodes().stream()
        .mapToDouble(node -> node.shape().positions())
        .max()
        .orElse(1);
  }

  private DrawnProducts drawn(Unit unit) {
    return DrawnProducts.of(graph(unit), task(unit), architecture.equation().isPresent());
  }

  private static boolean isWeightFree(Unit unit) {
    return unit.sampler() == Sampler.WEIGHT_FREE;
  }

  private static boolean isMasked(Unit unit) {
    return unit.cells().get(0).network().keepProbability() < 1;
  }

  private GraphCount count(Unit unit) {
    return GraphCount.of(graph(unit), task(unit).inputs().count());
  }

  private LayerGraph graph(Unit unit) {
    NetworkConfig network = unit.cells().get(0).network();
    return architecture.graph(network.depth(), network.width(), task(unit).inputs().dimension());
  }

  private static Task.Propagation task(Unit unit) {
    return (Task.Propagation) unit.task();
  }
}
