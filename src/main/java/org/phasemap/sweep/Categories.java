package org.phasemap.sweep;

import java.io.Serializable;

/**
 * How many of a cell's networks came to what.
 *
 * @param finite at initialisation
 * @param exploded at initialisation
 * @param vanished at initialisation
 * @param trained after training
 */
record Categories(long finite, long exploded, long vanished, long trained) implements Serializable {
  static final Categories NONE = new Categories(0, 0, 0, 0);

  Categories plus(Categories other) {
    return new Categories(
        finite + other.finite,
        exploded + other.exploded,
        vanished + other.vanished,
        trained + other.trained);
  }
}
