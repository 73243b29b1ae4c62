package org.phasemap.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.StreamSupport;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;
import org.phasemap.theory.limit.CriticalPoint;
import org.phasemap.theory.limit.EdgeOfChaos;
import org.phasemap.theory.limit.LayerLaw;

/**
 * Theory's three boundaries as lines (σ_w², L), for each activation, bias variance and set of
 * inputs; those of trained cells are of the inputs that were measured. σ_w² is effective: the keep
 * probability is in it. Lines go a little beyond the cells, and are as fine as they bend.
 */
final class Boundaries {
  private static final int DIGITS = 5;
  private static final int INTERVALS = 32;
  private static final int MOST_HALVINGS = 6;

  /** Neighbouring points of a line may differ by this factor in depth. */
  private static final double STEP = 1.15;

  /** How far lines reach past the deepest cell's upper edge. */
  private static final double HEADROOM = 1.2;

  /** What the maps of a law span. */
  private record Extent(
      String activation,
      double sigmaB2,
      double q0,
      double c0,
      int inputs,
      double lowest,
      double highest) {}

  private record Sampled(Extent extent, SortedMap<Double, BoundaryDepths> points) {}

  private Boundaries() {}

  static void write(JsonGenerator json, Query query) throws IOException {
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
            where sigma_w2 > 0
            group by activation, sigma_b2, i.input_q0, i.input_c0, i.input_count order by all
            """);
    List<Sampled> laws =
        StreamSupport.stream(rows.spliterator(), false)
            .map(Boundaries::extent)
            .toList()
            .parallelStream()
            .map(extent -> new Sampled(extent, sampled(extent, limit)))
            .toList();
    json.writeStartArray();
    for (Sampled law : laws) {
      write(json, law);
    }
    json.writeEndArray();
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
        row.number("input_q0"),
        row.number("input_c0"),
        (int) row.whole("input_count"),
        lowest / margin,
        highest * margin);
  }

  private static SortedMap<Double, BoundaryDepths> sampled(Extent extent, int limit) {
    Activation activation = Activations.parse(extent.activation);
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
    return BoundaryDepths.of(law, extent.q0, extent.c0, extent.inputs, limit);
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

  private static void write(JsonGenerator json, Sampled law) throws IOException {
    Extent extent = law.extent;
    json.writeStartObject();
    json.writeStringField("activation", extent.activation);
    json.writeFieldName("sigma_b2");
    Numbers.write(json, extent.sigmaB2, DIGITS);
    json.writeFieldName("input_q0");
    Numbers.write(json, extent.q0, DIGITS);
    json.writeFieldName("input_c0");
    Numbers.write(json, extent.c0, DIGITS);
    json.writeNumberField("input_count", extent.inputs);
    write(json, "stable", law.points, List.of(BoundaryDepths::stable));
    write(
        json,
        "trainable",
        law.points,
        List.of(BoundaryDepths::trainable, BoundaryDepths::trainableFrom));
    write(json, "generalising", law.points, List.of(BoundaryDepths::generalising));
    json.writeEndObject();
  }

  /** An array of lines, each an array of [σ_w², L]; a line ends where the boundary does. */
  private static void write(
      JsonGenerator json,
      String name,
      SortedMap<Double, BoundaryDepths> points,
      List<ToDoubleFunction<BoundaryDepths>> depths)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (ToDoubleFunction<BoundaryDepths> depth : depths) {
      boolean open = false;
      for (Map.Entry<Double, BoundaryDepths> point : points.entrySet()) {
        double l = depth.applyAsDouble(point.getValue());
        if (Double.isNaN(l) == open) {
          if (open) {
            json.writeEndArray();
          } else {
            json.writeStartArray();
          }
          open = !open;
        }
        if (open) {
          json.writeStartArray();
          Numbers.write(json, point.getKey(), DIGITS);
          Numbers.write(json, l, DIGITS);
          json.writeEndArray();
        }
      }
      if (open) {
        json.writeEndArray();
      }
    }
    json.writeEndArray();
  }
}
