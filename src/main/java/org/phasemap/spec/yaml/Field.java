package org.phasemap.spec.yaml;

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
 * @param amount whether it says how much is done, and not what
 */
public record Field<T>(
    String key,
    Type<T> type,
    @Nullable String defaultYaml,
    String whenAbsent,
    String meaning,
    String example,
    boolean amount) {
  private static final String REQUIRED = "required";

  public static <T> Field<T> required(String key, Type<T> type, String meaning, String example) {
    return new Field<>(key, type, null, REQUIRED, meaning, example, false);
  }

  public static <T> Field<T> optional(
      String key, Type<T> type, String whenAbsent, String meaning, String example) {
    return new Field<>(key, type, null, whenAbsent, meaning, example, false);
  }

  public static <T> Field<T> defaulted(
      String key, Type<T> type, String defaultYaml, String meaning, String example) {
    return new Field<>(key, type, defaultYaml, "`" + defaultYaml + "`", meaning, example, false);
  }

  /** The same field, as one that says how much is done. */
  public Field<T> ofAmount() {
    return new Field<>(key, type, defaultYaml, whenAbsent, meaning, example, true);
  }

  /** Whether a spec may leave it out and then has nothing in its place. */
  public boolean isOptional() {
    return defaultYaml == null && !whenAbsent.equals(REQUIRED);
  }

  /** The same field holding something else. */
  public <U> Field<U> as(Type<U> other) {
    return new Field<>(key, other, defaultYaml, whenAbsent, meaning, example, amount);
  }
}
