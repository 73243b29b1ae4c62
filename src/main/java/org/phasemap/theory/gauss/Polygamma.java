package org.phasemap.theory.gauss;

/**
 * Digamma, trigamma and ln Γ for x &gt; 0, relative error 1e-14 (Abramowitz and Stegun 6.3, 6.4).
 */
public final class Polygamma {
  private static final double ASYMPTOTIC = 12;

  private Polygamma() {}

  /** ψ(x). */
  public static double digamma(double x) {
    double shift = 0;
    double y = x;
    while (y < ASYMPTOTIC) {
      shift -= 1 / y;
      y++;
    }
    double r = 1 / (y * y);
    double series =
        r
            * (1.0 / 12
                - r
                    * (1.0 / 120
                        - r * (1.0 / 252 - r * (1.0 / 240 - r * (1.0 / 132 - r * 691.0 / 32760)))));
    return shift + Math.log(y) - 0.5 / y - series;
  }

  /** ψ′(x). */
  public static double trigamma(double x) {
    double shift = 0;
    double y = x;
    while (y < ASYMPTOTIC) {
      shift += 1 / (y * y);
      y++;
    }
    double r = 1 / (y * y);
    double series =
        r
            * (1.0 / 6
                - r
                    * (1.0 / 30
                        - r * (1.0 / 42 - r * (1.0 / 30 - r * (5.0 / 66 - r * 691.0 / 2730)))));
    return shift + (1 + 0.5 / y + series) / y;
  }

  /** ln Γ(x). */
  public static double lnGamma(double x) {
    double shift = 0;
    double y = x;
    while (y < ASYMPTOTIC) {
      shift -= Math.log(y);
      y++;
    }
    double r = 1 / (y * y);
    double series =
        (1.0 / 12
                - r
                    * (1.0 / 360
                        - r
                            * (1.0 / 1260
                                - r * (1.0 / 1680 - r * (1.0 / 1188 - r * 691.0 / 360360)))))
            / y;
    return shift + (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series;
  }
}
