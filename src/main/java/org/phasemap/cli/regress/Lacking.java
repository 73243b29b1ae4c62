package org.phasemap.cli.regress;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.phasemap.data.FileAccess;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Plan;
import org.phasemap.spec.Replicates;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.store.ResultsFolder;

/**
 * What a sweep would not measure of another.
 *
 * @param cells that it does not have
 * @param rows of these and of others
 */
record Lacking(long cells, long rows) {
  /**
   * What a plan lacks of a sweep that has ended.
   *
   * @throws org.phasemap.network.UserException if the sweep's spec cannot be read
   */
  static Lacking of(ResultsFolder swept, Plan planned) {
    String yaml = swept.specYaml().orElse("");
    Plan before = Plan.of(SpecReader.resolved(yaml, swept.path("spec.yaml"), FileAccess.PLAIN));
    Map<String, Replicates> now = new HashMap<>();
    planned.cells().forEach(cell -> now.put(cell.id(), planned.replicates(cell)));
    long cells = 0;
    long rows = 0;
    for (Cell cell : before.cells()) {
      Replicates was = before.replicates(cell);
      Replicates is = now.get(cell.id());
      if (is == null) {
        cells++;
        rows += was.min();
      } else if (was.isFixed()) {
        rows += Math.max(0, was.min() - is.max());
      }
    }
    return new Lacking(cells, rows);
  }

  /** The sentence that says so, if there is something to say. */
  Optional<String> said(String path) {
    return rows == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%s: would be incomplete (%,d of the baseline's cells and %,d of its rows are not"
                    + " in the spec); allowed: the baseline's cells and replicates, and more",
                path,
                cells,
                rows));
  }
}
