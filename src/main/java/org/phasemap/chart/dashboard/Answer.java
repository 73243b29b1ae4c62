package org.phasemap.chart.dashboard;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is sent.
 *
 * @param status HTTP's
 * @param headers beside those that every answer has
 * @param body whole; gzip if the headers say so
 */
@SuppressWarnings("ArrayRecordComponent") // written once, compared never
record Answer(int status, Map<String, String> headers, byte[] body) {
  static Answer of(String type, byte[] body) {
    return new Answer(200, Map.of("Content-Type", type), body);
  }

  static Answer of(String type, String body) {
    return of(type, body.getBytes(StandardCharsets.UTF_8));
  }

  /** An error as JSON. */
  static Answer refused(int status, String sentence) {
    Answer answer =
        new Answer(
            status, Map.of("Content-Type", Json.TYPE), Json.bytes(Map.of("error", sentence)));
    return status == 503 || status == 429 ? answer.with("Retry-After", "1") : answer;
  }

  /** The same with one more header. */
  Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body);
  }

  /** The same without a header. */
  Answer without(String header) {
    Map<String, String> fewer = new LinkedHashMap<>(headers);
    fewer.remove(header);
    return new Answer(status, fewer, body);
  }

  /** Without its body: the browser has it. */
  Answer unchanged() {
    Map<String, String> kept = new LinkedHashMap<>(headers);
    kept.keySet().removeIf(header -> header.startsWith("Content-"));
    return new Answer(304, kept, new byte[0]);
  }

  @Nullable String header(String name) {
    return headers.get(name);
  }
}
