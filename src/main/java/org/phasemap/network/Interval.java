package org.phasemap.network;

import java.io.Serializable;

/**
 * Numbers from one to another.
 *
 * @param from the least
 * @param to the largest
 */
public record Interval(double from, double to) implements Serializable {
  /** A single number. */
  public static Interval at(double x) {
    return new Interval(x, x);
  }

  /** Whether it is a single number. */
  public boolean isPoint() {
    return from == to;
  }
}
