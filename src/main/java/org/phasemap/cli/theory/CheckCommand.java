package org.phasemap.cli.theory;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.phasemap.theory.Parameters;
import org.phasemap.theory.ReferenceQuantities;
import org.phasemap.theory.ReferenceQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "check",
    description =
        "Holds the theory against a table of reference values: a line for each row that fails or is not"
            + " covered, and a count. Exit code 1 unless all rows pass; rows whose key begins with"
            + " 'measured_' are not theory and do not count against it.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @picocli.CommandLine.Parameters(
      paramLabel = "FILE.csv",
      description = "Columns key, arch, parameters, value, tol_type (abs or rel), tol; id if any.")
  private Path file = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<ReferenceRow> rows = ReferenceRow.read(file);
    int passed = 0;
    int failed = 0;
    int foreign = 0;
    int measured = 0;
    for (ReferenceRow row : rows) {
      if (row.key().startsWith(ReferenceQuantities.MEASURED_PREFIX)) {
        measured++;
        out.printf("%s: %s is measured, not theory%n", row.id(), row.key());
        continue;
      }
      try {
        Optional<Double> computed =
            ReferenceQuantities.compute(
                row.key(), new ReferenceQuery(row.arch(), Parameters.parse(row.parameters())));
        if (computed.isEmpty()) {
          foreign++;
          out.printf("%s: no formula for key %s%n", row.id(), row.key());
        } else if (row.accepts(computed.get())) {
          passed++;
        } else {
          failed++;
          out.printf(
              "%s: expected %s, computed %s, tolerance %s %s%n",
              row.id(), row.value(), computed.get(), row.toleranceType(), row.tolerance());
        }
      } catch (IllegalArgumentException e) {
        failed++;
        out.printf(
            "%s: expected %s, computed nothing (%s), tolerance %s %s%n",
            row.id(), row.value(), e.getMessage(), row.toleranceType(), row.tolerance());
      }
    }
    out.printf(
        "%d rows: %d passed, %d failed, %d not covered%n",
        rows.size(), passed, failed, foreign + measured);
    out.flush();
    return failed + foreign == 0 ? 0 : 1;
  }
}
