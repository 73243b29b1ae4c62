package org.phasemap.predict;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What theory says of a cell, and why it does not say more.
 *
 * @param prediction empty where there is no theory at all
 * @param missing what has no theory and why; null where theory has all that it ever has
 */
public record Outlook(Optional<Prediction> prediction, @Nullable String missing) {
  /** Says all. */
  static Outlook of(Prediction prediction) {
    return new Outlook(Optional.of(prediction), null);
  }

  /** Says nothing. */
  static Outlook none(String why) {
    return new Outlook(Optional.empty(), why);
  }
}
