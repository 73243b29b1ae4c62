package org.phasemap.cli.claims;

import org.jspecify.annotations.Nullable;

/**
 * A number that decides about a claim.
 *
 * @param name by which rules call it
 * @param shows what it is, in words
 * @param source where it comes from
 * @param theory SQL over {@code cells} of what it should be; null where there is no such
 * @param resolution of the measurement: what rounding in float32 may leave of a difference; 0 where
 *     that is far below the error
 * @param key of the theory without a sweep, with its parameters, as {@code KEY; ARCH; NAME=VALUE};
 *     null where there is none
 */
record Figure(
    String name,
    String shows,
    @Nullable Source source,
    @Nullable String theory,
    double resolution,
    @Nullable String key) {
  /**
   * How a sweep answers.
   *
   * @param sweep the spec's name, a file of {@code sweeps/}
   * @param statistic over the networks of one cell; null where the expression is a whole query that
   *     gives {@code value} and {@code error}
   * @param expression SQL
   * @param where which cell
   */
  record Source(String sweep, @Nullable Statistic statistic, String expression, String where) {}
}
