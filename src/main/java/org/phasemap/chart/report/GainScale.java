package org.phasemap.chart.report;

import java.util.List;

/** Steps of a log gain: eleven colours, or seven symbols. Diverging, centred at 0. */
final class GainScale {
  /** Where the steps of colour end, on either side of 0. */
  static final List<Double> STEPS = List.of(0.3, 1.0, 3.0, 10.0, 30.0);

  private static final String SYMBOLS = "=~-.+*#";
  private static final double[] SYMBOL_STEPS = {1, 3, 10};

  /**
   * F. Crameri's vik, safe for the colour-blind, from the most negative step to the most positive.
   */
  private static final int[] RGB = {
    0x033e7d, 0x1e6f9d, 0x4a8fb5, 0x89b8cf, 0xc9dde7, 0xf1ebe7, 0xeacebd, 0xdcab91, 0xc97f53,
    0xa84516, 0x6b1508
  };

  private GainScale() {}

  /** Step of a gain, −5 to 5. */
  static int step(double gain) {
    int step = 0;
    for (double end : STEPS) {
      step += Math.abs(gain) >= end ? 1 : 0;
    }
    return gain < 0 ? -step : step;
  }

  /** 0xRRGGBB of a step. */
  static int rgb(int step) {
    return RGB[step + STEPS.size()];
  }

  /** {@code = ~ -} for falling, {@code .} for steady, {@code + * #} for rising. */
  static char symbol(double gain) {
    int step = 0;
    for (double end : SYMBOL_STEPS) {
      step += Math.abs(gain) >= end ? 1 : 0;
    }
    return SYMBOLS.charAt(3 + (gain < 0 ? -step : step));
  }
}
