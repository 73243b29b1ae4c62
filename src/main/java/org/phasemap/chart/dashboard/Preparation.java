package org.phasemap.chart.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * Opens the sweeps that were changed last, and asks of each what the page asks first: who then comes
 * waits for neither files nor compilers.
 */
final class Preparation implements Runnable {
  private static final System.Logger LOG = System.getLogger(Preparation.class.getName());
  private static final int MOST = 3;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Sweeps sweeps;
  private final Api api;

  Preparation(Sweeps sweeps, Api api) {
    this.sweeps = sweeps;
    this.api = api;
  }

  @Override
  public void run() {
    try {
      for (String id : sweeps.newest().stream().limit(MOST).toList()) {
        if (sweeps.hasRoom()) {
          prepare(id);
        }
      }
    } catch (RuntimeException | IOException e) {
      LOG.log(System.Logger.Level.WARNING, "sweeps could not be prepared", e);
    }
  }

  private void prepare(String id) throws IOException {
    try {
      JsonNode overview = read(api.answer(List.of("s", id), Parameters.of(null), ""));
      api.answer(List.of("s", id, "map"), Parameters.of(firstMap(overview)), "");
    } catch (Refused e) { // The list of sweeps says why.
      LOG.log(System.Logger.Level.DEBUG, "cannot be opened: " + id, e);
    }
  }

  private static JsonNode read(Answer answer) throws IOException {
    boolean packed = "gzip".equals(answer.header("Content-Encoding"));
    try (InputStream body = new ByteArrayInputStream(answer.body());
        InputStream plain = packed ? new GZIPInputStream(body) : body) {
      return MAPPER.readTree(plain);
    }
  }

  /** As the page asks for it where its address says nothing (choices.js). */
  static String firstMap(JsonNode overview) {
    JsonNode plane = Objects.requireNonNull(overview.get("plane"));
    boolean split = false;
    for (JsonNode axis : Objects.requireNonNull(overview.get("axes"))) {
      split |= axis.path("column").asText().equals("activation") && axis.path("count").asInt() > 1;
    }
    return "x=%s&y=%s&quantity=%s&view=mean%s"
        .formatted(
            plane.path("x").asText(),
            plane.path("y").asText(),
            plane.path("quantity").asText(),
            split ? "&facet=activation" : "");
  }
}
