package org.phasemap.chart;

import java.util.List;

/**
 * Cividis (Nuñez, Anderton and Renslow 2018): safe for the colour-blind, and it rises evenly in
 * lightness, so that a figure keeps its order in greyscale. It also serves numbers that have a
 * sign: the two ends of a diverging ramp are the same grey.
 */
public final class Cividis {
  /** As {@code dashboards/web/colour.js} has them. */
  public static final List<Integer> STOPS =
      List.of(
          0x00224e, 0x123570, 0x3b496c, 0x575d6d, 0x707173, 0x8a8678, 0xa59c74, 0xc3b369, 0xe1cc55,
          0xfee838);

  private Cividis() {}

  /** 0xRRGGBB at a share from 0 to 1. */
  public static int at(double share) {
    double place = Math.max(0, Math.min(1, share)) * (STOPS.size() - 1);
    int left = (int) Math.min(STOPS.size() - 2.0, Math.floor(place));
    double weight = place - left;
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = STOPS.get(left) >> shift & 0xff;
      int to = STOPS.get(left + 1) >> shift & 0xff;
      rgb |= (int) Math.round(from + weight * (to - from)) << shift;
    }
    return rgb;
  }

  /** One of several curves: the lightest end is left out, which paper would swallow. */
  public static int step(int i, int count) {
    return at(count == 1 ? 0 : 0.72 * i / (count - 1));
  }
}
