package org.phasemap.spec.file;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Quantity;
import org.phasemap.spec.Inputs;
import org.phasemap.spec.NetworkAxes;
import org.phasemap.spec.Replicates;
import org.phasemap.spec.Training;
import org.phasemap.spec.yaml.Choice;
import org.phasemap.spec.yaml.Place;
import org.phasemap.spec.yaml.Section;

/** Refuses fields that are allowed by themselves, but not together. */
final class Checks {
  private Checks() {}

  /** Refuses a spec that neither measures nor trains. */
  static void probes(Section root, Set<Probe> probes) {
    if (probes.isEmpty() && !root.has(SpecFormat.TRAINING)) {
      throw root.at(SpecFormat.PROBES)
          .wrong(
              "[] is empty; allowed: one or more of "
                  + SpecFormat.ONE_PROBE.allowed()
                  + "; nothing only beside training");
    }
  }

  /** Refuses replicates until quantities are known that are not measured. */
  static void until(Section root, Replicates replicates, Set<Probe> probes, Inputs inputs) {
    int outputs = root.read(SpecFormat.OUTPUTS);
    List<Quantity> measured =
        Quantity.all().stream()
            .filter(Quantity::mayDecide)
            .filter(q -> q.isMeasured(probes, inputs.count(), outputs))
            .toList();
    for (Quantity quantity : replicates.until().keySet()) {
      if (!measured.contains(quantity)) {
        Place until =
            SpecFormat.REPLICATES_TYPE
                .section()
                .read(root.at(SpecFormat.REPLICATES))
                .at(SpecFormat.UNTIL);
        throw until
            .named(quantity.column())
            .wrong(
                "not measured by probes "
                    + probes.stream().map(Choice::id).collect(Collectors.joining(", ", "[", "]"))
                    + " on "
                    + inputs.count()
                    + (inputs.count() == 1 ? " input" : " inputs")
                    + (outputs == 1 ? "" : " and " + outputs + " outputs")
                    + "; allowed: "
                    + (measured.isEmpty()
                        ? "a number of replicates"
                        : measured.stream()
                            .map(Quantity::column)
                            .collect(Collectors.joining(", "))));
      }
    }
  }

  /**
   * Refuses more cells than are allowed, counting what is measured at initialisation and what is
   * trained.
   *
   * @param network where the grid stands
   * @param measured null where nothing is
   * @param training null where nothing is
   */
  static void cells(
      Place network, @Nullable NetworkAxes measured, @Nullable Training training, long maxCells) {
    BigInteger cells = BigInteger.ZERO;
    List<String> words = new ArrayList<>();
    if (measured != null) {
      CellCount count = CellCount.of(measured);
      cells = cells.add(count.cells());
      words.add(count.inWords());
    }
    if (training != null) {
      CellCount count = CellCount.of(training);
      cells = cells.add(count.cells());
      words.add("to train " + count.inWords());
    }
    if (cells.compareTo(BigInteger.valueOf(maxCells)) > 0) {
      throw network.wrong(
          String.join(" and ", words)
              + " are too many; allowed: at most "
              + maxCells
              + " together (limits.max_cells)");
    }
  }
}
