package org.phasemap.spec.file;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.phasemap.network.Architecture;
import org.phasemap.network.InitScheme;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.Probe;
import org.phasemap.spec.NetworkAxes;
import org.phasemap.spec.Spec.SamplerChoice;
import org.phasemap.spec.yaml.Choice;
import org.phasemap.spec.yaml.Decimals;
import org.phasemap.spec.yaml.Place;
import org.phasemap.spec.yaml.Section;

/**
 * Reads how networks are drawn. The weight-free law is exact for rotation-invariant weights, and in
 * graphs of dense layers for Gaussian ones.
 */
final class Samplers {
  /** All singular values, or eigenvalues, take O(n³) operations a layer. */
  private static final int SPECTRUM_WIDTH = 1024;

  private Samplers() {}

  /**
   * The spec's sampler.
   *
   * @param dimension n₀, numbers of an input
   * @throws org.phasemap.network.UserException where it is weight_free and the grid has masks,
   *     weights without such a law or architectures without one, or a probe needs weights; where a
   *     width is too large for a probe
   */
  static SamplerChoice read(Section root, NetworkAxes grid, Set<Probe> probes, int dimension) {
    SamplerChoice sampler = root.read(SpecFormat.SAMPLER);
    if (root.read(SpecFormat.OUTPUTS) > 1) {
      checkOutputs(root, grid, sampler, probes);
    }
    if (sampler == SamplerChoice.WEIGHT_FREE) {
      check(root.at(SpecFormat.SAMPLER), grid, probes, dimension);
    }
    for (Probe probe : probes) {
      if (probe.needsJacobian()) {
        checkWidths(root.at(SpecFormat.PROBES), probe, grid);
      }
    }
    return sampler;
  }

  /** Kernels of several outputs need the weights, and those under masks more than that. */
  private static void checkOutputs(
      Section root, NetworkAxes grid, SamplerChoice sampler, Set<Probe> probes) {
    Place outputs = root.at(SpecFormat.OUTPUTS);
    if (!probes.contains(Probe.NTK) && !probes.contains(Probe.CURVATURE)) {
      throw outputs.wrong("not measured by any probe; allowed: 1, or probes ntk or curvature");
    }
    if (sampler == SamplerChoice.WEIGHT_FREE) {
      throw outputs.wrong(
          "above 1 is not allowed with sampler weight_free; allowed: 1, or sampler auto or dense");
    }
    for (double keep : grid.values(Axis.KEEP_PROBABILITY)) {
      if (keep < 1) {
        throw outputs.wrong(
            String.format(
                "above 1 is not allowed with network.keep_probability %s; allowed: 1, or"
                    + " keep_probability 1",
                Decimals.text(keep)));
      }
    }
  }

  private static void checkWidths(Place place, Probe probe, NetworkAxes grid) {
    for (int width : grid.values(Axis.WIDTH)) {
      if (width > SPECTRUM_WIDTH) {
        throw place.wrong(
            String.format(
                "%s is not allowed with network.width %d; allowed: widths up to %d",
                probe.name().toLowerCase(Locale.ROOT), width, SPECTRUM_WIDTH));
      }
    }
  }

  private static void check(Place place, NetworkAxes grid, Set<Probe> probes, int dimension) {
    for (Probe probe : probes) {
      if (probe.needsWeights()) {
        throw place.wrong(
            String.format(
                "weight_free is not allowed with probes %s, which needs the weights; allowed: auto,"
                    + " dense, or other probes",
                Choice.id(probe)));
      }
    }
    for (double keep : grid.values(Axis.KEEP_PROBABILITY)) {
      if (keep < 1) {
        throw place.wrong(
            String.format(
                "weight_free is not allowed with network.keep_probability %s; allowed: auto, dense,"
                    + " or keep_probability 1",
                Decimals.text(keep)));
      }
    }
    checkLaws(place, grid, "", WeightLaw::isIsotropic);
    for (Architecture architecture : grid.values(Axis.ARCHITECTURE)) {
      if (architecture instanceof Architecture.Layered layered && !probes.isEmpty()) {
        checkGraph(place, layered, grid.values(Axis.WIDTH).get(0), dimension);
        checkLaws(
            place,
            grid,
            " and network.architecture " + architecture,
            law -> law == WeightLaw.NORMAL);
      }
    }
  }

  /** What acts at many positions has more columns than are worth it, and other weights no law. */
  private static void checkGraph(
      Place place, Architecture.Layered architecture, int width, int dimension) {
    LayerGraph graph = architecture.graph(1, width, dimension);
    if (!graph.isDense()) {
      throw place.wrong(
          String.format(
              "weight_free is not allowed with network.architecture %s, whose weights act at many"
                  + " positions; allowed: auto, dense, or architectures of dense layers",
              architecture));
    }
    if (!graph.hasPlainWeights()) {
      throw place.wrong(
          String.format(
              "weight_free is not allowed with network.architecture %s, whose weights are not"
                  + " independent; allowed: auto, dense, or weights plain",
              architecture));
    }
  }

  private static void checkLaws(
      Place place, NetworkAxes grid, String where, Predicate<WeightLaw> hasLaw) {
    for (InitScheme init : grid.values(Axis.INIT)) {
      if (!hasLaw.test(init.law())) {
        throw place.wrong(
            String.format(
                "weight_free is not allowed with network.init %s%s, whose weights are %s; allowed:"
                    + " auto, dense, or init of %s",
                init.id(), where, Choice.id(init.law()), inits(hasLaw)));
      }
    }
  }

  private static String inits(Predicate<WeightLaw> hasLaw) {
    return Arrays.stream(InitScheme.values())
        .filter(init -> hasLaw.test(init.law()))
        .map(InitScheme::id)
        .collect(Collectors.joining(", "));
  }
}
