package org.phasemap.chart.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Opens the sweeps that were changed last, and asks of each what the page asks first: who then
 * comes waits for neither files nor compilers.
 */
final class Preparation implements Runnable {
  private static final System.Logger LOG = System.getLogger(Preparation.class.getName());
  private static final int MOST = 3;

  /** Lines of more panels would keep the machine busy for minutes. */
  private static final int MOST_PANELS = 8;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Sweeps sweeps;
  private final Api api;

  Preparation(Sweeps sweeps, Api api) {
    this.sweeps = sweeps;
    this.api = api;
  }

  @Override
  public void run() {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    for (String id : sweeps.newest().stream().limit(MOST).toList()) {
      if (sweeps.hasRoom()) {
        trying(id, () -> lines.put(id, linesOfFirstMap(id)));
      }
    }
    // These take seconds a law.
    lines.forEach((id, all) -> all.forEach(of -> trying(id, () -> ask(id, "lines", of))));
  }

  @FunctionalInterface
  private interface Step {
    void take() throws IOException;
  }

  /** What goes wrong here goes wrong again, and is said, when somebody asks. */
  private static void trying(String id, Step step) {
    try {
      step.take();
    } catch (RuntimeException | IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "cannot be prepared: " + id, e);
    }
  }

  private List<String> linesOfFirstMap(String id) throws IOException {
    JsonNode overview = read(api.answer(List.of("s", id), Parameters.of(null), ""));
    return lines(read(ask(id, "map", firstMap(overview))));
  }

  private Answer ask(String id, String chart, String parameters) {
    return api.answer(List.of("s", id, chart), Parameters.of(parameters), "");
  }

  private static JsonNode read(Answer answer) throws IOException {
    return MAPPER.readTree(Packing.taken(answer, "").body());
  }

  /** As the page asks for those of each panel of a map (mapview.js). */
  static List<String> lines(JsonNode map) {
    List<String> common = new ArrayList<>();
    for (String place : List.of("x", "y")) {
      common.add(place + "=" + map.path(place).asText());
    }
    map.path("at").properties().forEach(at -> common.add(is(at.getKey(), at.getValue())));
    List<String> panels = List.of(String.join("&", common));
    for (int f = 0; f < map.path("facets").size(); f++) {
      JsonNode values = map.path("columns").path("facet" + f);
      Iterable<JsonNode> each =
          values.has("const") ? List.of(values.path("const")) : values.path("dict");
      List<String> split = new ArrayList<>();
      for (String panel : panels) {
        for (JsonNode value : each) {
          split.add(panel + "&" + is(map.path("facets").path(f).asText(), value));
        }
      }
      panels = split;
    }
    return panels.size() > MOST_PANELS ? List.of() : panels;
  }

  private static String is(String column, JsonNode value) {
    String text =
        value.isNumber()
            ? new BigDecimal(value.asText()).stripTrailingZeros().toPlainString()
            : value.asText();
    return column + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** As the page asks for it where its address says nothing (choices.js). */
  static String firstMap(JsonNode overview) {
    JsonNode plane = Objects.requireNonNull(overview.get("plane"));
    List<String> facet = new ArrayList<>();
    plane.path("facet").forEach(column -> facet.add(column.asText()));
    return "x=%s&y=%s&quantity=%s&view=mean%s"
        .formatted(
            plane.path("x").asText(),
            plane.path("y").asText(),
            plane.path("quantity").asText(),
            facet.isEmpty() ? "" : "&facet=" + String.join(",", facet));
  }
}
