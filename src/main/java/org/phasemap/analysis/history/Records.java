package org.phasemap.analysis.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import org.phasemap.network.UserException;
import org.phasemap.store.ResultsRoot;

/** Small records in JSON, a file each. */
final class Records {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private Records() {}

  static String text(Object entry) {
    try {
      return JSON.writeValueAsString(entry) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record is plain data", e);
    }
  }

  /**
   * Reads one, if it is there.
   *
   * @throws UserException if it is none of the kind
   */
  static <T> Optional<T> read(ResultsRoot root, String file, Class<T> kind) {
    Optional<String> text = root.read(file);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(text.get(), kind));
    } catch (JsonProcessingException e) {
      throw new UserException(
          String.format(
              "%s: is damaged (%s); allowed: what phasemap wrote",
              root.path(file), e.getOriginalMessage()),
          e);
    }
  }
}
