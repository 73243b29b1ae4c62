package org.phasemap.chart.dashboard;

/** A request that gets no answer, and what is said of it: one sentence, without paths. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;

  Refused(int status, String sentence) {
    super(sentence, null, false, false);
    this.status = status;
  }

  /** A parameter that is not allowed: its name, its value, and what is. */
  static Refused parameter(String name, String value, String allowed) {
    return new Refused(
        400, name + ": '" + shortened(value) + "' is not allowed; allowed: " + allowed);
  }

  private static String shortened(String value) {
    return value.length() <= 80 ? value : value.substring(0, 80) + "…";
  }

  /** HTTP's. */
  int status() {
    return status;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
