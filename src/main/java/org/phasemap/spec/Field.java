package org.phasemap.spec;

import org.jspecify.annotations.Nullable;

/**
 * A field of the format: what reading checks and what docs/spec.md says, in one place.
 *
 * @param key its name within its section
 * @param type what it may hold
 * @param defaultYaml its value where a spec leaves it out; null where there is none
 * @param whenAbsent the default in words, for the table of fields
 * @param meaning one line, for the table of fields
 * @param example a value in YAML
 */
record Field<T>(
    String key,
    Type<T> type,
    @Nullable String defaultYaml,
    String whenAbsent,
    String meaning,
    String example) {
  static <T> Field<T> required(String key, Type<T> type, String meaning, String example) {
    return new Field<>(key, type, null, "required", meaning, example);
  }

  static <T> Field<T> optional(
      String key, Type<T> type, String whenAbsent, String meaning, String example) {
    return new Field<>(key, type, null, whenAbsent, meaning, example);
  }

  static <T> Field<T> defaulted(
      String key, Type<T> type, String defaultYaml, String meaning, String example) {
    return new Field<>(key, type, defaultYaml, "`" + defaultYaml + "`", meaning, example);
  }

  /** The same field holding something else. */
  <U> Field<U> as(Type<U> other) {
    return new Field<>(key, other, defaultYaml, whenAbsent, meaning, example);
  }
}
