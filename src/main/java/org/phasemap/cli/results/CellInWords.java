package org.phasemap.cli.results;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.phasemap.chart.Rounded;
import org.phasemap.chart.explore.CellView;
import org.phasemap.network.PlainText;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.TaskKind;
import org.phasemap.query.Format;
import org.phasemap.query.Rows;
import org.phasemap.query.RowsPrinter;

/**
 * A cell as a reader without a browser sees it.
 *
 * @param counts its networks, its phase and P(trained), as columns of {@code cells}
 * @param results the sweep's folder
 */
record CellInWords(CellView view, Rows.Row counts, String results) {
  private static final int LABEL = 34;

  void print(PrintStream out) {
    boolean trained = TaskKind.TRAINING.id().equals(view.configuration().get(Axis.TASK.column()));
    out.printf(
        "cell %s: %s, %s%n%n",
        view.cellId(),
        (trained ? TaskKind.TRAINING : TaskKind.PROPAGATION).meaning(),
        view.state().replace('_', ' '));
    configuration(out);
    out.println();
    measured(out);
    out.println();
    networks(out, trained);
    theory(out);
    out.printf("again: jobs/phasemap replay %s %s%n", PlainText.of(results), view.cellId());
  }

  private void configuration(PrintStream out) {
    for (Axis<?> axis : Axis.all()) {
      Object value = view.configuration().get(axis.column());
      if (value != null && axis != Axis.TASK) {
        out.printf("  %-" + LABEL + "s%s%n", axis.label(), shown(value));
      }
    }
  }

  /** Of a double, what it was meant to be: 0.02, not 0.020000000000000004. */
  private static String shown(Object value) {
    return value instanceof Double number
        ? new BigDecimal(number).round(new MathContext(12)).stripTrailingZeros().toPlainString()
        : PlainText.of(value.toString());
  }

  private void measured(PrintStream out) {
    List<List<String>> rows = new ArrayList<>();
    for (CellView.Row number : view.rows()) {
      rows.add(
          List.of(
              number.label(),
              withError(number.mean(), number.error()),
              Long.toString(number.n()),
              plain(number.theory()),
              withError(number.expected(), number.band()),
              Double.isNaN(number.z()) ? "" : String.format("%+.1f", number.z())));
    }
    if (rows.isEmpty()) {
      out.println("  no network has a value");
      return;
    }
    new RowsPrinter(
            List.of(
                "quantity",
                "measured ± standard error",
                "networks",
                "infinite width",
                "expected ± spread at this width",
                "z"),
            rows)
        .print(out, Format.TABLE);
  }

  private void networks(PrintStream out, boolean trained) {
    out.printf("networks: %,d measured", counts.whole("replicates"));
    List<String> outcomes =
        trained
            ? List.of("trained", "failed")
            : List.of("finite", "exploded", "vanished", "failed");
    for (String outcome : outcomes) {
      out.printf(", %,d %s", counts.whole(outcome), outcome);
    }
    out.println();
    if (trained) {
      out.printf(
          "P(trained): %s, 95 %% interval %s to %s%n",
          plain(counts.number("p_trained")),
          plain(counts.number("p_trained_low")),
          plain(counts.number("p_trained_high")));
    }
    if (!view.reason().isEmpty()) {
      out.println("failed: " + PlainText.of(view.reason()));
    }
  }

  private void theory(PrintStream out) {
    if (!counts.text("phase").isEmpty()) {
      out.printf(
          "theory: phase %s, χ₁ = %s at layer L%n",
          counts.text("phase").replace('_', ' '), plain(counts.number("theory_chi1")));
    }
    if (!view.noTheory().isEmpty()) {
      out.println("not covered by theory: " + PlainText.of(view.noTheory()));
    }
  }

  /** As {@link Rounded#withError}; six digits where the error is not known. */
  static String withError(double value, double error) {
    return Double.isFinite(error) && error > 0 ? Rounded.withError(value, error) : plain(value);
  }

  private static String plain(double value) {
    return Double.isFinite(value) ? String.format("%.6g", value) : "";
  }
}
