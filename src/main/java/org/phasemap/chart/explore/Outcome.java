package org.phasemap.chart.explore;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What became of the networks of a point. */
enum Outcome {
  FINITE,
  /** Some have a value. */
  PARTLY_FINITE,
  /** Fewer networks than the error bar wants. */
  UNDECIDED,
  FAILED,
  EXPLODED,
  VANISHED,
  /** Networks were measured, but not this. */
  ABSENT;

  /** The names that charts use; {@link #sql} is a place among them. */
  static final List<String> NAMES = Arrays.stream(values()).map(Outcome::id).toList();

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** In SQL. */
  String sql() {
    return NAMES.indexOf(id()) + "::tinyint";
  }
}
