package org.phasemap.cli.claims;

/**
 * A figure's numbers.
 *
 * @param value NaN where nothing was measured
 * @param error its standard error, with the figure's resolution; NaN where it has none
 * @param theory NaN where there is none
 */
record Measured(Figure figure, double value, double error, double theory) {
  Measured {
    error = figure.resolution() == 0 ? error : Math.hypot(error, figure.resolution());
  }

  /** Measured value and error; a dash where nothing was measured. */
  String shown() {
    return Double.isNaN(value) ? "–" : Numbers.withError(value, error);
  }

  /** The theory; a dash where there is none. */
  String theoryShown() {
    return Double.isNaN(theory) ? "–" : Numbers.beside(theory, error);
  }

  /** How many standard errors lie between the two; a dash where either is missing. */
  String apart() {
    double apart = (value - theory) / error;
    return Double.isFinite(apart) ? Numbers.oneDecimal(apart) : "–";
  }
}
