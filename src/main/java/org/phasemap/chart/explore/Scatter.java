package org.phasemap.chart.explore;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;
import org.phasemap.chart.explore.selection.Columns;
import org.phasemap.chart.explore.selection.Cut;
import org.phasemap.chart.explore.selection.LeftOut;
import org.phasemap.chart.explore.selection.Sample;
import org.phasemap.chart.explore.selection.Selection;
import org.phasemap.chart.explore.selection.Shown;
import org.phasemap.network.Erf;
import org.phasemap.quantity.Axis;
import org.phasemap.query.Condition;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/**
 * Measurement against theory at the cells' width.
 *
 * @param n cells that have a z
 * @param within2 share of them with |z| ≤ 2; 0.954 of normal ones
 * @param mean of z
 * @param sd of z
 * @param ks greatest distance of z's distribution to the normal's (Kolmogorov and Smirnov). No
 *     probability is given: cells that share random numbers are fewer tests than they are cells
 * @param histogram of z
 * @param scatter columns cell_id, theory, mean, error, band, z, and the axes that vary; the worst
 *     cells are always in it
 * @param worst cells with the largest |z|
 * @param total cells of the selection
 * @param leftOut cells of the selection that are not in the scatter, and why
 */
public record Scatter(
    long n,
    @JsonProperty("within_2") double within2,
    double mean,
    double sd,
    double ks,
    Histogram histogram,
    Columns scatter,
    List<Worst> worst,
    long total,
    List<LeftOut> leftOut) {
  private static final int WORST = 20;
  private static final double END = 6;
  private static final double STEP = 0.25;

  /**
   * Counts between edges.
   *
   * @param edges from −6 to 6
   * @param counts one fewer than edges
   * @param below the first edge
   * @param above the last
   */
  public record Histogram(List<Double> edges, List<Long> counts, long below, long above) {
    static Histogram of(double[] values) {
      int bins = (int) Math.round(2 * END / STEP);
      long[] counts = new long[bins];
      long below = 0;
      long above = 0;
      for (double value : values) {
        int bin = (int) Math.floor((value + END) / STEP);
        if (value < -END) {
          below++;
        } else if (bin >= bins) {
          above++;
        } else {
          counts[bin]++;
        }
      }
      List<Double> edges = new ArrayList<>();
      for (int i = 0; i <= bins; i++) {
        edges.add(-END + i * STEP);
      }
      return new Histogram(edges, Arrays.stream(counts).boxed().toList(), below, above);
    }
  }

  /**
   * A cell that is far from theory.
   *
   * @param reason what may make it so; empty where nothing known does
   * @param configuration where it stands on the axes that vary
   */
  public record Worst(String cellId, double z, String reason, Map<String, Object> configuration) {}

  static Scatter of(Query query, List<Axis<?>> varying, Selection selection, Drawn drawn) {
    List<String> names = varying.stream().<String>map(Axis::column).toList();
    String axes = String.join("", names.stream().map(name -> ", c." + name).toList());
    Condition chosen = selection.condition();
    Condition scored = Condition.allOf(List.of(chosen, Condition.of(drawn.z() + " is not null")));
    double[] z = sorted(query, scored, drawn);
    List<Worst> worst = worst(query, scored, drawn, names);
    List<String> farthest = worst.stream().map(Worst::cellId).toList();
    Sample sample = Sample.of(scored, z.length, farthest);
    long total = Cut.count(query, chosen);
    String sql =
        "select c.cell as cell_id, %s as theory, %s as mean, %s as error, %s as band, %s as z%s from drawn c where %%s order by c.cell limit %d"
            .formatted(
                drawn.expected(),
                drawn.mean(),
                drawn.error(),
                drawn.expectedSd(),
                drawn.z(),
                axes,
                Shown.MOST);
    Columns scatter =
        Columns.of(query.columns(sql, sample.condition()), names.toArray(new String[0]));
    List<LeftOut> leftOut = new ArrayList<>();
    if (z.length < total) {
      leftOut.add(
          new LeftOut("theory has no band for them, or a network has no value", total - z.length));
    }
    leftOut.addAll(sample.leftOut(scatter.size()));
    return new Scatter(
        z.length,
        (double) Arrays.stream(z).filter(x -> Math.abs(x) <= 2).count() / z.length,
        StatUtils.mean(z),
        z.length > 1 ? Math.sqrt(StatUtils.variance(z)) : Double.NaN,
        distance(z),
        Histogram.of(z),
        scatter,
        worst,
        total,
        leftOut);
  }

  private static double[] sorted(Query query, Condition scored, Drawn drawn) {
    String sql = "select %s as z from drawn c where %%s".formatted(drawn.z());
    double[] z = Columns.of(query.columns(sql, scored)).numbers("z");
    Arrays.sort(z);
    return z;
  }

  /** sup |F_n − Φ|; NaN without values. */
  static double distance(double[] sorted) {
    double distance = sorted.length == 0 ? Double.NaN : 0;
    for (int i = 0; i < sorted.length; i++) {
      double p = Erf.normalCdf(sorted[i]);
      distance =
          Math.max(
              distance, Math.max(p - (double) i / sorted.length, (i + 1.0) / sorted.length - p));
    }
    return distance;
  }

  private static List<Worst> worst(Query query, Condition scored, Drawn drawn, List<String> names) {
    String axes = String.join("", names.stream().map(n -> ", c." + n + " as on_" + n).toList());
    String sql =
        "select c.cell_id, %s as z, c.depth, c.width, c.replicates, c.phase, c.theory_chi1 as chi%s from drawn c where %%s order by abs(z) desc, c.cell_id limit %d"
            .formatted(drawn.z(), axes, WORST);
    List<Worst> worst = new ArrayList<>();
    query
        .rows(sql, scored)
        .forEach(
            row ->
                worst.add(
                    new Worst(
                        row.text("cell_id"), row.number("z"), reason(row), places(row, names))));
    return worst;
  }

  private static Map<String, Object> places(Rows.Row row, List<String> names) {
    Map<String, Object> places = new LinkedHashMap<>();
    for (String name : names) {
      Object value = Columns.exact(row.value("on_" + name));
      if (value != null) {
        places.put(name, value);
      }
    }
    return places;
  }

  private static String reason(Rows.Row row) {
    List<String> reasons = new ArrayList<>();
    double aspect = row.number("depth") / row.number("width");
    if (aspect >= 0.1) {
      reasons.add(
          "L/n = %.2g: theory is to first order in 1/n, and its error grows with L/n"
              .formatted(aspect));
    }
    if (row.whole("replicates") < 5) {
      reasons.add("only " + row.whole("replicates") + " networks");
    }
    Map<String, String> phases =
        Map.of(
            "no_fixed_point", "the variance has no fixed point here",
            "unstable_eoc", "the fixed point is unstable here");
    String phase = phases.get(row.text("phase"));
    if (phase != null) {
      reasons.add(phase);
    }
    double chi = row.number("chi");
    if (Math.abs(Math.log(chi)) * row.number("depth") > 10) {
      reasons.add("gradients change by more than e^10, where logs have long tails");
    }
    return String.join("; ", reasons);
  }
}
