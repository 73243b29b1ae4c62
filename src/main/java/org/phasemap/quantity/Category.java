package org.phasemap.quantity;

import java.util.Locale;

/** What became of a network: the first three at initialisation, the others after training. */
public enum Category {
  FINITE,
  /** A NaN or an infinity in the signal or the gradient. */
  EXPLODED,
  /** The signal of all inputs, or the gradient of any, is exactly zero in float32. */
  VANISHED,
  /** Learned the training set as well as was asked for. */
  TRAINED,
  /** Did not. */
  STALLED,
  /** Its loss became NaN or infinite. */
  DIVERGED;

  /** The name that tables use. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
