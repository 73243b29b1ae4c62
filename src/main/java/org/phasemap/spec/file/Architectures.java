package org.phasemap.spec.file;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.Activation;
import org.phasemap.network.Architecture;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.architecture.Misfit;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.Probe;
import org.phasemap.spec.Engine;
import org.phasemap.spec.NetworkAxes;
import org.phasemap.spec.yaml.Choice;
import org.phasemap.spec.yaml.Field;
import org.phasemap.spec.yaml.Node;
import org.phasemap.spec.yaml.Place;
import org.phasemap.spec.yaml.Section;

/** Refuses architectures that do not go with the rest of a spec, before anything is planned. */
final class Architectures {
  private static final Field<List<Architecture>> FIELD = NetworkFormat.ARCHITECTURE.field();

  /** Images whose size changes are too small or too large before so many periods of layers. */
  private static final int DEEPEST = 16;

  private Architectures() {}

  /**
   * Refuses what does not go with the grid's widths or with the inputs.
   *
   * @param network the section of the grid
   * @param dimension n₀, numbers of an input
   */
  static void check(Section network, NetworkAxes grid, int dimension) {
    for (Architecture architecture : grid.values(Axis.ARCHITECTURE)) {
      if (architecture instanceof Architecture.Layered layered) {
        for (int width : grid.values(Axis.WIDTH)) {
          check(network, layered, grid, width, dimension);
        }
        checkSmooth(network.at(NetworkFormat.ACTIVATION.field()), grid, layered);
      }
    }
  }

  /** Refuses activations without a smooth second derivative. */
  private static void checkSmooth(
      Place place, NetworkAxes grid, Architecture.Layered architecture) {
    if (architecture.equation().isEmpty()) {
      return;
    }
    for (Activation activation : grid.values(Axis.ACTIVATION)) {
      if (!hasCurvature(activation)) {
        throw place.wrong(
            "%s makes u″ of %s 0, or without a gradient at a kink; allowed: %s"
                .formatted(
                    activation,
                    architecture,
                    Activations.all().stream()
                        .filter(Architectures::hasCurvature)
                        .map(Activation::name)
                        .collect(Collectors.joining(", "))));
      }
    }
  }

  private static boolean hasCurvature(Activation activation) {
    return activation.kinks().length == 0 && !activation.isHomogeneous();
  }

  /** Deep enough for every kind of layer and size of an image that the grid has. */
  private static int depth(NetworkAxes grid, Architecture.Layered layered) {
    int deepest = DEEPEST * layered.period();
    return grid.values(Axis.DEPTH).stream().mapToInt(l -> Math.min(l, deepest)).max().orElseThrow();
  }

  private static void check(
      Section network, Architecture.Layered layered, NetworkAxes grid, int width, int dimension) {
    try {
      layered.graph(depth(grid, layered), width, dimension);
    } catch (Misfit e) {
      Place place = place(network.at(FIELD), layered);
      Place given = place.named(e.parameter());
      throw given.equals(place)
          ? place.wrong(layered + ": " + e.parameter() + ": " + e.getMessage())
          : given.wrong(String.valueOf(e.getMessage()));
    }
  }

  /** Whether a grid has other networks than MLPs. */
  static boolean areLayered(NetworkAxes grid) {
    return grid.values(Axis.ARCHITECTURE).stream().anyMatch(Architecture.Layered.class::isInstance);
  }

  /**
   * Refuses what cannot be trained.
   *
   * @param training the section
   * @param network its own section of the grid; null where it takes over the main one
   * @param dimension n₀, numbers of an example
   */
  static void checkTrained(
      Section training, @Nullable Section network, NetworkAxes grid, int dimension) {
    for (Architecture architecture : grid.values(Axis.ARCHITECTURE)) {
      if (architecture instanceof Architecture.Layered layered) {
        for (int width : grid.values(Axis.WIDTH)) {
          checkTrained(training, network, layered, grid, width, dimension);
        }
        checkSmooth(
            network != null && network.has(NetworkFormat.ACTIVATION.field())
                ? network.at(NetworkFormat.ACTIVATION.field())
                : training.at(SpecFormat.TRAINING_NETWORK),
            grid,
            layered);
      }
    }
  }

  private static void checkTrained(
      Section training,
      @Nullable Section network,
      Architecture.Layered layered,
      NetworkAxes grid,
      int width,
      int dimension) {
    if (network != null && network.has(FIELD)) {
      check(network, layered, grid, width, dimension);
    }
    Place place = training.at(SpecFormat.TRAINING_NETWORK);
    try {
      for (LayerGraph.Node node : layered.graph(depth(grid, layered), width, dimension).nodes()) {
        if (node.operation() instanceof Operation.Weighted weighted) {
          checkWeights(training, layered, weighted);
        }
      }
    } catch (Misfit e) {
      throw place.wrong(layered + ": " + e.parameter() + ": " + e.getMessage());
    }
  }

  private static void checkWeights(
      Section training, Architecture.Layered layered, Operation.Weighted weighted) {
    boolean isForeign = training.read(TrainingFormat.ENGINE) == Engine.DEEPLEARNING4J;
    if (isForeign && weighted.parameterisation() != Parameterisation.PLAIN) {
      throw training
          .at(TrainingFormat.ENGINE)
          .wrong(
              "deeplearning4j is not allowed with %s; allowed: kernel, or weights plain"
                  .formatted(layered));
    }
    if (isForeign && weighted.taps().transposed()) {
      throw training
          .at(TrainingFormat.ENGINE)
          .wrong(
              "deeplearning4j is not allowed with %s; allowed: kernel, or transposed false"
                  .formatted(layered));
    }
    if (weighted.parameterisation() == Parameterisation.SPECTRAL_NORM && weighted.gain2() == 0) {
      throw training
          .at(SpecFormat.TRAINING_NETWORK)
          .wrong(
              "weights of %s that start at 0 have no spectral norm; allowed: weights plain or"
                      .formatted(layered)
                  + " weight_norm, or branches that do not start at 0");
    }
  }

  /** Refuses what is measured of MLPs alone. */
  static void checkProbes(Section root, NetworkAxes grid, Set<Probe> probes) {
    for (Architecture architecture : grid.values(Axis.ARCHITECTURE)) {
      if (architecture.equals(Architecture.MLP)) {
        continue;
      }
      for (Probe probe : probes) {
        if (probe.needsWeights()) {
          throw root.at(SpecFormat.PROBES)
              .wrong(
                  "%s is not measured of network.architecture %s; allowed: other probes, or"
                          .formatted(Choice.id(probe), architecture)
                      + " architecture mlp");
        }
      }
      if (root.read(SpecFormat.OUTPUTS) > 1) {
        throw root.at(SpecFormat.OUTPUTS)
            .wrong(
                "above 1 is not allowed with network.architecture %s; allowed: 1, or architecture"
                        .formatted(architecture)
                    + " mlp");
      }
    }
  }

  /** Where an architecture stands. */
  private static Place place(Place field, Architecture architecture) {
    if (field.node() instanceof Node.Sequence list) {
      for (int i = 0; i < list.items().size(); i++) {
        Place item = field.item(list, i);
        if (FIELD.type().read(item).contains(architecture)) {
          return item;
        }
      }
    }
    return field;
  }
}
