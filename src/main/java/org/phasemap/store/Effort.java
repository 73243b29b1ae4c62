package org.phasemap.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.phasemap.network.UserException;

/**
 * What a sweep took that ran from its first row to its last: {@code effort.json} beside its tables.
 * Of one that was cut off and went on nothing is known.
 *
 * @param seconds that each phase took, by its name, in order
 * @param peakBytes the most memory that the driver held, executors in its process included; 0 where
 *     the system does not say
 */
public record Effort(
    @JsonProperty("seconds") Map<String, Double> seconds,
    @JsonProperty("peak_bytes") long peakBytes) {
  /** Of a sweep of which nothing is known. */
  public static final Effort UNKNOWN = new Effort(Map.of(), 0);

  private static final String FILE = "effort.json";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /**
   * That of a sweep; {@link #UNKNOWN} if there is none.
   *
   * @throws UserException if its file is damaged
   */
  public static Effort of(ResultsFolder folder) {
    Optional<String> text = ResultsRoot.of(folder).read(folder.name() + "/" + FILE);
    try {
      return text.isEmpty() ? UNKNOWN : JSON.readValue(text.get(), Effort.class);
    } catch (JsonProcessingException e) {
      throw new UserException(
          String.format(
              "%s: is damaged (%s); allowed: what phasemap wrote, or no such file",
              folder.path(FILE), e.getOriginalMessage()),
          e);
    }
  }

  /**
   * Writes it.
   *
   * @throws IOException if it cannot be written
   */
  public void write(ResultsFolder folder) throws IOException {
    folder.replace(FILE, JSON.writeValueAsString(this) + "\n");
  }
}
