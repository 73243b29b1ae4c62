package org.phasemap.query;

import java.util.Arrays;
import java.util.Locale;

/** How the answer to a query is printed. */
public enum Format {
  /** Aligned columns, numbers to six significant digits, and the number of rows. */
  TABLE,
  /** RFC 4180 with a header, but lines end as a shell's do; lists as JSON arrays; every digit. */
  CSV,
  /** An array with an object a row; NaN and the infinities as strings; every digit. */
  JSON;

  /**
   * Reads {@code table}, {@code csv} or {@code json}.
   *
   * @throws IllegalArgumentException with the names that are allowed
   */
  public static Format parse(String text) {
    return Arrays.stream(values())
        .filter(f -> f.id().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown format '" + text + "'; allowed: table, csv, json"));
  }

  /** The name that {@link #parse} takes. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
