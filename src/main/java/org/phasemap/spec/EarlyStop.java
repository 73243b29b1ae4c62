package org.phasemap.spec;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.CellId;

/**
 * When training is done before its last step: all that is given holds of that many minibatches in a
 * row.
 *
 * @param loss the minibatch's loss is at most this; null where that does not matter
 * @param accuracy the minibatch's accuracy is at least this; null where that does not matter
 * @param steps how many minibatches, &gt;= 1
 */
public record EarlyStop(@Nullable Double loss, @Nullable Double accuracy, int steps)
    implements Serializable {
  /** As identifiers of cells are made from. */
  String identity() {
    return "stop " + bits(loss) + " " + bits(accuracy) + " " + steps;
  }

  private static String bits(@Nullable Double bound) {
    return bound == null ? "none" : CellId.bits(bound);
  }
}
