package org.phasemap.chart.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.phasemap.chart.Charts;
import org.phasemap.chart.Heading;

/** The charts that a page draws, as one JSON object. */
final class ReportJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(new ChartJson())
          .build();

  private ReportJson() {}

  /** The object's text. It may hold any character: {@link Page} makes it safe inside HTML. */
  static String of(Charts charts) {
    return text(parts(charts));
  }

  /** A chart's text. */
  static String text(Object chart) {
    try {
      return JSON.writeValueAsString(chart);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write a chart: " + e.getMessage(), e);
    }
  }

  /** By the names that the page's modules know. */
  private static Map<String, Object> parts(Charts charts) {
    Heading heading = charts.heading();
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("sweep", charts.sweep().name());
    parts.put("caption", heading.caption());
    parts.put("errors", heading.errors());
    parts.put("conventions", pairs(heading.conventions()));
    parts.put("provenance", pairs(charts.sweep().provenance()));
    parts.put("spec", charts.sweep().specYaml());
    parts.put("cells", charts.cells());
    parts.put("critical", charts.critical());
    parts.put("boundaries", charts.boundaries());
    parts.put("trained", charts.trained());
    parts.put("profiles", charts.profiles());
    parts.put("curves", charts.curves());
    return parts;
  }

  /** An object's members have no order. */
  private static List<List<String>> pairs(Map<String, String> entries) {
    return entries.entrySet().stream().map(e -> List.of(e.getKey(), e.getValue())).toList();
  }
}
