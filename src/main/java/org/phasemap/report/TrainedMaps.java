package org.phasemap.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.phasemap.analysis.Boundary;
import org.phasemap.analysis.CellErrors;
import org.phasemap.analysis.Collapse;
import org.phasemap.analysis.MapColumn;
import org.phasemap.analysis.TrainingMap;
import org.phasemap.query.Query;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.PhasePoint;

/**
 * What {@code jobs/phasemap boundaries} fits to the trained cells, for each map: the boundary of
 * every column, L = k ξ_c for each side of the edge of chaos, and ξ_c as a line over σ_w².
 */
final class TrainedMaps {
  private static final int DIGITS = 5;

  /** Points of a line of ξ_c. */
  private static final int POINTS = 97;

  private TrainedMaps() {}

  static void write(JsonGenerator json, Query query, CellErrors errors) throws IOException {
    Map<Span, double[]> lines = new HashMap<>();
    json.writeStartArray();
    for (TrainingMap map : TrainingMap.of(query, errors, OptionalDouble.empty())) {
      json.writeStartObject();
      configuration(json, map.configuration());
      json.writeArrayFieldStart("columns");
      for (MapColumn column : map.columns()) {
        write(json, column);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("collapse");
      for (MapColumn.Side side : MapColumn.Side.values()) {
        write(json, Collapse.of(map.columns(), side));
      }
      json.writeEndArray();
      json.writeArrayFieldStart("scales");
      for (Span span : spans(map)) {
        write(json, span, lines.computeIfAbsent(span, Span::xiC));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void configuration(JsonGenerator json, Map<String, @Nullable Object> values)
      throws IOException {
    json.writeObjectFieldStart("configuration");
    for (Map.Entry<String, @Nullable Object> entry : values.entrySet()) {
      json.writeFieldName(entry.getKey());
      CellColumns.write(json, entry.getValue());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, MapColumn column) throws IOException {
    Boundary boundary = Boundary.of(column.trials());
    json.writeStartObject();
    for (String name : List.of("sigma_multiplier", "sigma_w2", "sigma_b2")) {
      json.writeFieldName(name);
      CellColumns.write(json, column.configuration().get(name));
    }
    json.writeStringField("side", id(column.side()));
    number(json, "xi_c", column.xiC());
    number(json, "xi_gradient", column.xiGradient());
    json.writeStringField("kind", id(boundary.kind()));
    number(json, "depth", boundary.depth());
    number(json, "low", boundary.low());
    number(json, "high", boundary.high());
    number(json, "width", boundary.width());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Collapse collapse) throws IOException {
    json.writeStartObject();
    json.writeStringField("side", id(collapse.side()));
    json.writeNumberField("columns", collapse.columns());
    number(json, "k", collapse.k());
    number(json, "low", collapse.low());
    number(json, "high", collapse.high());
    number(json, "width", collapse.width());
    number(json, "quality", collapse.quality());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Span span, double[] xiC) throws IOException {
    json.writeStartObject();
    number(json, "sigma_b2", span.bare.sigmaB2());
    json.writeArrayFieldStart("xi_c");
    for (int i = 0; i < POINTS; i++) {
      json.writeStartArray();
      Numbers.write(json, span.sigmaW2(i), DIGITS);
      Numbers.write(json, xiC[i], DIGITS);
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /**
   * The columns of a map that have one bias variance.
   *
   * @param bare the law of weight variance 1, keep probability included
   * @param lowest σ_w², before the mask
   * @param highest σ_w², before the mask
   */
  private record Span(LayerLaw bare, double lowest, double highest) {
    double sigmaW2(int i) {
      return lowest * Math.pow(highest / lowest, i / (POINTS - 1.0));
    }

    double[] xiC() {
      return IntStream.range(0, POINTS)
          .parallel()
          .mapToDouble(
              i ->
                  PhasePoint.of(
                          new LayerLaw(
                              bare.activation(), bare.sigmaW2() * sigmaW2(i), bare.sigmaB2()))
                      .xiC())
          .toArray();
    }
  }

  private static List<Span> spans(TrainingMap map) {
    List<Span> spans = new ArrayList<>();
    map.columns().stream()
        .filter(column -> sigmaW2(column) > 0)
        .collect(Collectors.groupingBy(c -> c.law().sigmaB2(), TreeMap::new, Collectors.toList()))
        .forEach((sigmaB2, columns) -> spans.add(span(columns)));
    return spans;
  }

  private static Span span(List<MapColumn> columns) {
    DoubleSummaryStatistics extent =
        columns.stream().mapToDouble(TrainedMaps::sigmaW2).summaryStatistics();
    LayerLaw law = columns.get(0).law();
    LayerLaw bare =
        new LayerLaw(law.activation(), law.sigmaW2() / sigmaW2(columns.get(0)), law.sigmaB2());
    return new Span(bare, extent.getMin(), extent.getMax());
  }

  private static double sigmaW2(MapColumn column) {
    return column.configuration().get("sigma_w2") instanceof Number number
        ? number.doubleValue()
        : Double.NaN;
  }

  private static String id(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void number(JsonGenerator json, String name, double value) throws IOException {
    json.writeFieldName(name);
    Numbers.write(json, value, DIGITS);
  }
}
