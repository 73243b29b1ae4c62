package org.phasemap.cli.theory.check;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.theory.OutsideDomainException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "check",
    description = {
      "Compares the theory with a table of reference values.",
      "The table has the columns key, arch, parameters, value, tol_type (abs or rel) and tol, and"
          + " it may have id. Relative to a value of 0, tol is absolute. The command says which"
          + " rows fail, and which are not covered: keys without a formula, parameters that no"
          + " formula holds for, and keys that begin with measured_, which are not theory. It ends"
          + " with exit code 1 unless all but these last passed."
    },
    footer = "  phasemap theory check my-values.csv",
    mixinStandardHelpOptions = true)
public final class CheckCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "FILE.csv",
      description = {
        "the table, such as",
        "src/test/resources/org/phasemap/theory/reference_values.csv"
      })
  private String file = "";

  private int passed;
  private int failed;
  private int unknown;
  private int measured;

  @Override
  public Integer call() {
    List<ReferenceRow> rows = ReferenceTable.read(file);
    PrintStream out = System.out;
    for (ReferenceRow row : rows) {
      hold(row, out);
    }
    if (measured > 0) {
      out.printf(
          "%d of the rows not covered hold measurements (%s…), which are not theory%n",
          measured, ReferenceQuantities.MEASURED_PREFIX);
    }
    out.printf(
        "%d rows: %d passed, %d failed, %d not covered%n",
        rows.size(), passed, failed, unknown + measured);
    return failed + unknown == 0 ? ExitCode.DONE : ExitCode.FOUND;
  }

  private void hold(ReferenceRow row, PrintStream out) {
    if (row.isMeasured()) {
      measured++;
      out.println(row.id() + ": not covered: " + row.key() + " is a measurement, not theory");
      return;
    }
    try {
      Optional<Double> computed = ReferenceQuantities.compute(row.key(), row.query());
      if (computed.isEmpty()) {
        unknown++;
        out.println(row.id() + ": not covered: no formula for key " + row.key());
      } else if (row.admits(computed.get())) {
        passed++;
      } else {
        fail(row, computed.get().toString(), out);
      }
    } catch (OutsideDomainException e) {
      unknown++;
      out.println(row.id() + ": not covered: " + e.getMessage());
    } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
      fail(row, "nothing (" + e.getMessage() + ")", out);
    }
  }

  private void fail(ReferenceRow row, String computed, PrintStream out) {
    failed++;
    out.printf(
        "%s: failed: %s expected %s, computed %s, tolerance %s %s%n",
        row.id(),
        row.key(),
        row.value(),
        computed,
        row.isRelative() ? "rel" : "abs",
        row.tolerance());
  }
}
