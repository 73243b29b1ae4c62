package org.phasemap.chart.summary;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.phasemap.chart.Point;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;
import org.phasemap.theory.limit.CriticalPoint;
import org.phasemap.theory.limit.EdgeOfChaos;
import org.phasemap.theory.limit.LayerLaw;

/**
 * Theory's three boundaries over the maps of a law of MLPs, as lines of points (σ_w², L); those of
 * trained cells are of the inputs that were measured. σ_w² is effective: the keep probability is in
 * it. A line ends where its boundary does; lines go a little beyond the cells, and are as fine as
 * they bend.
 *
 * @param activation its name
 * @param sigmaB2 bias variance
 * @param inputs what the networks see
 * @param stable see {@link BoundaryDepths}
 * @param trainable both where it begins and where it ends
 * @param generalising see {@link BoundaryDepths}
 */
public record BoundaryLines(
    String activation,
    double sigmaB2,
    @JsonUnwrapped Inputs inputs,
    List<List<Point>> stable,
    List<List<Point>> trainable,
    List<List<Point>> generalising) {
  private static final int INTERVALS = 32;
  private static final int MOST_HALVINGS = 6;

  /** Neighbouring points of a line may differ by this factor in depth. */
  private static final double STEP = 1.15;

  /** How far lines reach past the deepest cell's upper edge. */
  private static final double HEADROOM = 1.2;

  /**
   * The inputs of a law's networks.
   *
   * @param inputQ0 |x|²/n₀ of every input
   * @param inputC0 correlation of any two
   * @param inputCount how many
   */
  public record Inputs(double inputQ0, double inputC0, int inputCount) {}

  /** What the maps of a law span, in effective σ_w². */
  private record Extent(
      String activation, double sigmaB2, Inputs inputs, double lowest, double highest) {}

  /** Those of each activation, bias variance and set of inputs. */
  static List<BoundaryLines> of(Query query) {
    int limit = limit(query);
    Rows rows =
        query.rows(
            """
            select activation, sigma_b2, i.input_q0, i.input_c0, i.input_count,
              min(keep_probability * sigma_w2) as lowest, max(keep_probability * sigma_w2) as highest,
              count(distinct sigma_w2) as columns
            from cells c join
              (select distinct input_q0, input_c0, input_count from cells
              where task = 'propagation' and input_q0 is not null) i
            on task = 'training' or (c.input_q0 = i.input_q0 and c.input_c0 = i.input_c0
              and c.input_count = i.input_count)
            where sigma_w2 > 0 and architecture = 'mlp'
            group by activation, sigma_b2, i.input_q0, i.input_c0, i.input_count order by all
            """);
    return StreamSupport.stream(rows.spliterator(), false)
        .map(BoundaryLines::extent)
        .toList()
        .parallelStream()
        .map(extent -> of(extent, sampled(extent, limit)))
        .toList();
  }

  /**
   * Those of one law.
   *
   * @param lowest effective σ_w² where lines may begin
   * @param highest effective σ_w² where they may end
   * @param limit the deepest L that they may reach
   */
  public static BoundaryLines of(
      String activation, double sigmaB2, Inputs inputs, double lowest, double highest, int limit) {
    Extent extent = new Extent(activation, sigmaB2, inputs, lowest, highest);
    return of(extent, sampled(extent, limit));
  }

  private static BoundaryLines of(Extent extent, SortedMap<Double, BoundaryDepths> points) {
    return new BoundaryLines(
        extent.activation,
        extent.sigmaB2,
        extent.inputs,
        lines(points, BoundaryDepths::stable),
        Stream.concat(
                lines(points, BoundaryDepths::trainable).stream(),
                lines(points, BoundaryDepths::trainableFrom).stream())
            .toList(),
        lines(points, BoundaryDepths::generalising));
  }

  /** The upper edge of the deepest cells, on an axis that is logarithmic in depth, and more. */
  private static int limit(Query query) {
    Rows depths = query.rows("select distinct depth from cells order by depth desc limit 2");
    if (depths.size() == 0) {
      return 0;
    }
    double deepest = depths.row(0).number("depth");
    double ratio = depths.size() == 1 ? STEP : deepest / depths.row(1).number("depth");
    return (int) Math.ceil(deepest * Math.sqrt(ratio) * HEADROOM);
  }

  private static Extent extent(Rows.Row row) {
    double lowest = row.number("lowest");
    double highest = row.number("highest");
    // The outermost cells reach out by half a column.
    double margin = Math.max(1.25, Math.pow(highest / lowest, 1 / row.number("columns")));
    return new Extent(
        row.text("activation"),
        row.number("sigma_b2"),
        new Inputs(row.number("input_q0"), row.number("input_c0"), (int) row.whole("input_count")),
        lowest / margin,
        highest * margin);
  }

  private static SortedMap<Double, BoundaryDepths> sampled(Extent extent, int limit) {
    Activation activation = Activations.ofTable(extent.activation);
    TreeMap<Double, BoundaryDepths> points = new TreeMap<>();
    for (int i = 0; i <= INTERVALS; i++) {
      double share = (double) i / INTERVALS;
      double sigmaW2 = extent.lowest * Math.pow(extent.highest / extent.lowest, share);
      points.put(sigmaW2, depths(extent, activation, sigmaW2, limit));
    }
    // Boundaries on either side of a critical point must not meet across it.
    for (CriticalPoint critical : EdgeOfChaos.points(activation, extent.sigmaB2)) {
      if (critical.sigmaW2() > extent.lowest && critical.sigmaW2() < extent.highest) {
        points.put(critical.sigmaW2(), depths(extent, activation, critical.sigmaW2(), limit));
      }
    }
    for (int halving = 0; halving < MOST_HALVINGS; halving++) {
      List<Double> between = new ArrayList<>();
      Map.Entry<Double, BoundaryDepths> left = points.firstEntry();
      for (Map.Entry<Double, BoundaryDepths> right :
          points.tailMap(left.getKey(), false).entrySet()) {
        if (isCoarse(left.getValue(), right.getValue())) {
          between.add(Math.sqrt(left.getKey() * right.getKey()));
        }
        left = right;
      }
      for (double sigmaW2 : between) {
        points.put(sigmaW2, depths(extent, activation, sigmaW2, limit));
      }
    }
    return points;
  }

  private static BoundaryDepths depths(
      Extent extent, Activation activation, double sigmaW2, int limit) {
    LayerLaw law = new LayerLaw(activation, sigmaW2, extent.sigmaB2);
    Inputs inputs = extent.inputs;
    return BoundaryDepths.of(law, inputs.inputQ0, inputs.inputC0, inputs.inputCount, limit);
  }

  private static boolean isCoarse(BoundaryDepths a, BoundaryDepths b) {
    return isCoarse(a.stable(), b.stable())
        || isCoarse(a.trainable(), b.trainable())
        || isCoarse(a.trainableFrom(), b.trainableFrom())
        || isCoarse(a.generalising(), b.generalising());
  }

  private static boolean isCoarse(double a, double b) {
    return Double.isNaN(a) != Double.isNaN(b) || a > STEP * b || b > STEP * a;
  }

  private static List<List<Point>> lines(
      SortedMap<Double, BoundaryDepths> points, ToDoubleFunction<BoundaryDepths> depth) {
    List<List<Point>> lines = new ArrayList<>();
    boolean open = false;
    for (Map.Entry<Double, BoundaryDepths> point : points.entrySet()) {
      double l = depth.applyAsDouble(point.getValue());
      if (!Double.isNaN(l)) {
        if (!open) {
          lines.add(new ArrayList<>());
        }
        lines.get(lines.size() - 1).add(new Point(point.getKey(), l));
      }
      open = !Double.isNaN(l);
    }
    return lines;
  }
}
