package org.phasemap.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/**
 * The maps of a sweep, an activation each, at the first value of every other axis.
 *
 * @param quantity whose logarithm is shown: {@code ln_gradient_gain}, or {@code ln_q} where
 *     gradients were not measured
 * @param x {@code sigma_multiplier}, or {@code sigma_w2} where cells have no multiplier
 * @param y {@code depth}, or the first other axis with more than one value where all cells have one
 *     depth
 * @param fixed the axes that have more than one value, with the one that is shown
 * @param hidden the same axes, with the values that are not shown
 * @param panels the maps
 */
record PhasePanels(
    String quantity,
    String x,
    String y,
    Map<String, String> fixed,
    Map<String, String> hidden,
    List<PhasePanel> panels) {
  private static final List<String> OTHER_AXES =
      List.of(
          "keep_probability", "width", "sigma_b2", "init", "weight_law", "input_q0", "input_c0");

  /** Axes that may be drawn upwards. */
  private static final List<String> UPWARDS =
      List.of("depth", "sigma_b2", "width", "keep_probability");

  static PhasePanels of(Query query) {
    String quantity =
        query.rows("select count(ln_gradient_gain_mean) as n from cells").row(0).whole("n") > 0
            ? "ln_gradient_gain"
            : "ln_q";
    String x =
        query
                    .rows(
                        "select count(*) as n from cells"
                            + " where task = 'propagation' and sigma_multiplier is null")
                    .row(0)
                    .whole("n")
                == 0
            ? "sigma_multiplier"
            : "sigma_w2";
    String y =
        UPWARDS.stream().filter(axis -> values(query, axis).size() > 1).findFirst().orElse("depth");
    Map<String, String> fixed = new LinkedHashMap<>();
    Map<String, String> hidden = new LinkedHashMap<>();
    StringBuilder where = new StringBuilder();
    for (String axis : OTHER_AXES) {
      Rows values = values(query, axis);
      if (values.size() > 1 && !axis.equals(y)) {
        List<String> texts = new ArrayList<>();
        values.forEach(row -> texts.add(text(row)));
        fixed.put(axis, texts.get(0));
        hidden.put(axis, String.join(", ", texts.subList(1, texts.size())));
        where.append(" and cast(%s as varchar) = '%s'".formatted(axis, values.row(0).text("v")));
      }
    }
    List<PhasePanel> panels = new ArrayList<>();
    for (Rows.Row row :
        query.rows(
            "select activation from cells where task = 'propagation' group by all order by 1")) {
      PhasePanel panel = panel(query, row.text("activation"), quantity, x, y, where.toString());
      if (!panel.xs().isEmpty()) {
        panels.add(panel);
      }
    }
    return new PhasePanels(quantity, x, y, fixed, hidden, panels);
  }

  private static Rows values(Query query, String axis) {
    String order = axis.equals("keep_probability") ? "desc" : "asc";
    return query.rows(
        "select distinct %s as v from cells where task = 'propagation' and v is not null order by v %s"
            .formatted(axis, order));
  }

  private static String text(Rows.Row row) {
    return row.value("v") instanceof Double d ? Numbers.rounded(d, 4) : row.text("v");
  }

  private static PhasePanel panel(
      Query query, String activation, String quantity, String x, String y, String where) {
    String same =
        " and activation = '" + activation.replace("'", "''") + "' and " + x + " is not null";
    Rows rows =
        query.rows(
            """
            select c.%s, c.%s, c.finite, c.%s_mean, c.theory_chi1, coalesce(n.exploded, 0) as exploded, coalesce(n.vanished, 0) as vanished
            from cells c left join
              (select cell_id, count(*) filter (where category = 'exploded') as exploded,
                count(*) filter (where category = 'vanished') as vanished
              from replicates group by cell_id) n on c.cell_id = n.cell_id
            where task = 'propagation'
            """
                    .formatted(x, y, quantity)
                + same
                + where);
    TreeSet<Double> xs = new TreeSet<>();
    TreeSet<Double> ys = new TreeSet<>();
    for (Rows.Row row : rows) {
      xs.add(row.number(x));
      ys.add(row.number(y));
    }
    List<Double> columns = List.copyOf(xs);
    List<Double> lines = List.copyOf(ys);
    List<List<PhasePanel.Spot>> spots = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      List<PhasePanel.Spot> line = new ArrayList<>();
      columns.forEach(c -> line.add(PhasePanel.Spot.NONE));
      spots.add(line);
    }
    for (Rows.Row row : rows) {
      spots
          .get(Collections.binarySearch(lines, row.number(y)))
          .set(Collections.binarySearch(columns, row.number(x)), spot(row, quantity));
    }
    if (!columns.isEmpty() && y.equals("depth")) {
      String beside =
          where.replaceAll(" and cast\\((width|weight_law|input_.0) as .*?= '[^']*'", "");
      for (Rows.Row row :
          query.rows(
              "select %s, depth from cells where task = 'training' and 2 * trained >= replicates"
                      .formatted(x)
                  + same
                  + beside)) {
        markTrained(spots, columns, lines, row.number(x), row.number("depth"));
      }
    }
    return new PhasePanel(activation, columns, lines, spots);
  }

  private static PhasePanel.Spot spot(Rows.Row row, String quantity) {
    PhasePanel.State state =
        row.whole("finite") > 0
            ? row.whole("exploded") + row.whole("vanished") > 0
                ? PhasePanel.State.PARTLY_FINITE
                : PhasePanel.State.FINITE
            : row.whole("exploded") > 0
                ? PhasePanel.State.EXPLODED
                : row.whole("vanished") > 0 ? PhasePanel.State.VANISHED : PhasePanel.State.FAILED;
    double gain = row.number(quantity + "_mean");
    double lnChi1 = Math.log(row.number("theory_chi1"));
    return new PhasePanel.Spot(state, gain, lnChi1, false);
  }

  /** Marks the spot that is nearest, if it is within half a column and half an octave of depth. */
  private static void markTrained(
      List<List<PhasePanel.Spot>> spots,
      List<Double> columns,
      List<Double> lines,
      double x,
      double depth) {
    Double column =
        columns.stream().min(Comparator.comparingDouble(c -> Math.abs(c - x))).orElseThrow();
    Double line =
        lines.stream()
            .min(Comparator.comparingDouble(l -> Math.abs(Math.log(l / depth))))
            .orElseThrow();
    double reach =
        columns.size() < 2
            ? Math.abs(column)
            : (columns.get(columns.size() - 1) - columns.get(0)) / (columns.size() - 1);
    if (Math.abs(column - x) <= reach && Math.abs(Math.log(line / depth)) <= Math.log(2) / 2) {
      int i = columns.indexOf(column);
      List<PhasePanel.Spot> row = spots.get(lines.indexOf(line));
      row.set(i, row.get(i).asMarked());
    }
  }
}
