package org.phasemap.chart.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.phasemap.chart.explore.selection.Columns;
import org.phasemap.chart.explore.selection.LeftOut;
import org.phasemap.chart.explore.selection.Sample;
import org.phasemap.chart.explore.selection.Selection;
import org.phasemap.chart.explore.selection.Shown;
import org.phasemap.network.Phase;
import org.phasemap.quantity.Axis;
import org.phasemap.query.Query;

/**
 * A number of all cells over one scaled depth: where it is a function of that alone, all curves of
 * a phase fall onto one. Each phase has a curve of its own, since a scale is the same on both sides
 * of the edge of chaos and what happens over it is not.
 *
 * @param scale by which it is drawn
 * @param scales that are offered
 * @param quality of each phase that has cells here
 * @param by column of the axis that colours points
 * @param total cells of the selection
 * @param shown points
 * @param leftOut the other cells, and why
 * @param columns cell_id, x, value, error, phase, by
 */
public record Collapsed(
    String scale,
    List<Offer> scales,
    List<Quality> quality,
    String by,
    long total,
    long shown,
    List<LeftOut> leftOut,
    Columns columns) {
  /** Where theory knows no phase. */
  private static final String NO_PHASE = "";

  /** A scale by its name in requests. */
  public record Offer(String id, String label) {}

  /**
   * 1 − δ²/(2 s²), δ² the mean squared difference of values that follow one another in x and s²
   * their variance (von Neumann 1941): 1 where the value is a smooth function of x, 0 where x says
   * nothing, below 0 where neighbours are less alike than any two. NaN of fewer than three cells.
   *
   * @param phase an id of {@link Phase}, empty where theory knows none
   * @param cells of it
   * @param raw over depth
   * @param collapsed over the scale
   */
  public record Quality(String phase, long cells, double raw, double collapsed) {}

  static Collapsed of(
      Query query, Selection selection, Axis<?> by, Drawn drawn, Scaling scale, Laws laws) {
    Sample sample = Sample.of(query, selection.condition());
    String sql =
        "select c.cell as cell_id, c.depth, c.width, c.phase, %s, c.%s as by, %s as value, %s as error from drawn c where %%s order by c.cell limit %d"
            .formatted(Laws.Law.COLUMNS, by.column(), drawn.mean(), drawn.error(), Shown.MOST);
    Columns cells = Columns.of(query.columns(sql, sample.condition()));
    double[] x = scaled(cells, scale, laws);
    List<Integer> placed =
        IntStream.range(0, x.length)
            .filter(row -> Double.isFinite(x[row]) && x[row] > 0)
            .filter(row -> Double.isFinite(cells.number("value", row)))
            .boxed()
            .toList();
    List<LeftOut> leftOut = new ArrayList<>(sample.leftOut(x.length));
    leftOut.addAll(unplaced(cells, x));
    return new Collapsed(
        scale.id(),
        Arrays.stream(Scaling.values()).map(s -> new Offer(s.id(), s.label())).toList(),
        quality(cells, placed, x),
        by.column(),
        sample.total(),
        placed.size(),
        leftOut,
        columns(cells, placed, x));
  }

  /** Cells that have no point, and why. */
  private static List<LeftOut> unplaced(Columns cells, double[] x) {
    Map<String, Long> why = new LinkedHashMap<>();
    for (int row = 0; row < x.length; row++) {
      if (!Double.isFinite(cells.number("value", row))) {
        why.merge("they have no value", 1L, Long::sum);
      } else if (x[row] == 0) {
        why.merge("their scale is infinite, as at the edge of chaos", 1L, Long::sum);
      } else if (!(x[row] > 0 && Double.isFinite(x[row]))) {
        why.merge("theory has no such scale for them", 1L, Long::sum);
      }
    }
    return why.entrySet().stream().map(e -> new LeftOut(e.getKey(), e.getValue())).toList();
  }

  /** x of every cell; NaN or infinite where its law has no such scale. */
  private static double[] scaled(Columns cells, Scaling scale, Laws laws) {
    Map<Laws.Law, Scales> known = scale.isOfLaw() ? scales(cells, laws) : Map.of();
    double[] x = new double[cells.size()];
    for (int row = 0; row < x.length; row++) {
      Scales of = scale.isOfLaw() ? known.get(Laws.Law.of(cells, row)) : Scales.NONE;
      x[row] =
          of == null
              ? Double.NaN
              : scale.x(cells.number("depth", row), cells.number("width", row), of);
    }
    return x;
  }

  private static Map<Laws.Law, Scales> scales(Columns cells, Laws laws) {
    Map<Laws.Law, Scales> scales = new LinkedHashMap<>();
    IntStream.range(0, cells.size())
        .mapToObj(row -> Laws.Law.of(cells, row))
        .filter(law -> law.sigmaW2() > 0 && law.sigmaB2() >= 0)
        .distinct()
        .toList()
        .parallelStream()
        .map(law -> Map.entry(law, laws.scales(law)))
        .toList()
        .forEach(entry -> scales.put(entry.getKey(), entry.getValue()));
    return scales;
  }

  private static List<Quality> quality(Columns cells, List<Integer> placed, double[] x) {
    Map<String, List<Integer>> byPhase = new LinkedHashMap<>();
    Arrays.stream(Phase.values()).forEach(phase -> byPhase.put(phase.id(), new ArrayList<>()));
    for (int row : placed) {
      byPhase.computeIfAbsent(phase(cells, row), phase -> new ArrayList<>()).add(row);
    }
    List<Quality> quality = new ArrayList<>();
    byPhase.forEach(
        (phase, rows) -> {
          if (!rows.isEmpty()) {
            double raw = quality(cells, rows, row -> cells.number("depth", row));
            double collapsed = quality(cells, rows, row -> x[row]);
            quality.add(new Quality(phase, rows.size(), raw, collapsed));
          }
        });
    return quality;
  }

  private static String phase(Columns cells, int row) {
    Object phase = cells.at("phase", row);
    return phase == null ? NO_PHASE : phase.toString();
  }

  /** Of cells in an order; those with equal places are in that of their ids, which is random. */
  private static double quality(
      Columns cells, List<Integer> rows, ToDoubleFunction<Integer> place) {
    return smoothness(
        rows.stream() // Rows are in the order of ids, and sorting keeps it.
            .sorted(Comparator.comparingDouble(place))
            .mapToDouble(row -> cells.number("value", row))
            .toArray());
  }

  /** See {@link Quality}; NaN for fewer than three values, or where they are all the same. */
  static double smoothness(double[] values) {
    if (values.length < 3) {
      return Double.NaN;
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double steps = 0;
    for (int i = 1; i < values.length; i++) {
      steps += (values[i] - values[i - 1]) * (values[i] - values[i - 1]);
    }
    return squares == 0 ? Double.NaN : 1 - steps / (2 * squares);
  }

  private static Columns columns(Columns cells, List<Integer> placed, double[] x) {
    Map<String, List<@Nullable Object>> columns = new LinkedHashMap<>();
    columns.put("cell_id", column(cells, placed, "cell_id"));
    columns.put("x", new ArrayList<>(placed.stream().map(row -> x[row]).toList()));
    for (String name : List.of("value", "error", "phase", "by")) {
      columns.put(name, column(cells, placed, name));
    }
    return new Columns(columns, Set.of("by"));
  }

  private static List<@Nullable Object> column(Columns cells, List<Integer> rows, String name) {
    List<@Nullable Object> column = new ArrayList<>(rows.size());
    rows.forEach(row -> column.add(cells.at(name, row)));
    return column;
  }
}
