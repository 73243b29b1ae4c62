package org.phasemap.train;

import java.util.Locale;

/** What became of a training run. */
public enum Outcome {
  /** Accuracy on the training set reached the threshold. */
  TRAINED,
  /** All losses stayed finite, but the accuracy is below the threshold. */
  STALLED,
  /** A loss was not finite or passed {@link Trainer#DIVERGENCE_FACTOR} × that of ignorance. */
  DIVERGED;

  /** The name that tables use, such as {@code trained}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
