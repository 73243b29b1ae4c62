package org.phasemap.chart.explore;

import java.util.Locale;

/** Which of a point's figures a map colours. */
public enum View {
  MEAN("mean", "error"),
  /** At infinite width. */
  THEORY("theory", "null::double"),
  /** Measured − theory: of networks of this width where there is such a theory. */
  DIFFERENCE("mean - coalesce(expected, theory)", "error"),
  Z("z", "null::double");

  private final String value;
  private final String error;

  View(String value, String error) {
    this.value = value;
    this.error = error;
  }

  /** The name that requests use. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** In SQL, over {@link Figures}. */
  String value() {
    return value;
  }

  /** Its standard error, where it has one. */
  String error() {
    return error;
  }
}
