package org.phasemap.spec.yaml;

import java.util.Map;

/** What a field may hold. */
public interface Type<T> {
  /** The kind of value in a word, for the table of fields. */
  String shape();

  /** The values that are allowed, for the table of fields and for messages. */
  String allowed();

  /**
   * The values that are allowed, as JSON Schema says it; an empty one allows all. It is for
   * editors: what depends on other fields, reading alone finds.
   */
  default Map<String, Object> schema() {
    return Map.of();
  }

  /**
   * Reads a value.
   *
   * @throws org.phasemap.network.UserException where it is not allowed
   */
  T read(Place place);
}
