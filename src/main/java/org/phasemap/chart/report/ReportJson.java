package org.phasemap.chart.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.phasemap.chart.summary.Charts;

/** The charts that a page draws, as one JSON object. */
final class ReportJson {
  private static final ObjectMapper JSON = ChartJson.mapper();

  private ReportJson() {}

  /** The object's text. It may hold any character: {@link Page} makes it safe inside HTML. */
  static String of(Charts charts) {
    Map<String, Object> all = new LinkedHashMap<>();
    charts.byName().forEach((name, chart) -> all.put(name, chart.get()));
    return text(all);
  }

  /** A chart's text. */
  static String text(Object chart) {
    try {
      return JSON.writeValueAsString(chart);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write a chart: " + e.getMessage(), e);
    }
  }
}
