package org.phasemap.chart.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.phasemap.chart.report.ChartJson;

/** Charts as bytes. */
final class Json {
  static final String TYPE = "application/json; charset=utf-8";

  private static final ObjectMapper MAPPER = ChartJson.mapper();

  private Json() {}

  static byte[] bytes(Object chart) {
    try {
      return MAPPER.writeValueAsBytes(chart);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write a chart: " + e.getMessage(), e);
    }
  }
}
