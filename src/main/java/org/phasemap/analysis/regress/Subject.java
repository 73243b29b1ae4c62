package org.phasemap.analysis.regress;

import org.phasemap.quantity.Quantity;
import org.phasemap.quantity.Worse;

/**
 * What is compared: a quantity, or the share of networks that something happened to.
 *
 * @param id a column of docs/tables.md, or {@code failed}, {@code exploded}, {@code vanished},
 *     {@code p_trained}, {@code p_diverged}; or a quantity's with {@code _count}
 * @param label for readers
 * @param worse which way is worse
 */
public record Subject(String id, String label, Worse worse) {
  static final Subject FAILED = new Subject("failed", "share that failed", Worse.HIGHER);
  static final Subject EXPLODED = new Subject("exploded", "share that exploded", Worse.HIGHER);
  static final Subject VANISHED = new Subject("vanished", "share that vanished", Worse.HIGHER);
  static final Subject TRAINED = new Subject("p_trained", "P(trained)", Worse.LOWER);
  static final Subject DIVERGED = new Subject("p_diverged", "P(diverged)", Worse.HIGHER);

  static Subject of(Quantity quantity) {
    return new Subject(quantity.column(), quantity.label(), quantity.worse());
  }

  /** Whether networks have a value of a quantity at all. */
  static Subject valued(Quantity quantity) {
    return new Subject(
        quantity.column() + "_count", "share with a value of " + quantity.label(), Worse.LOWER);
  }

  /** What a change of its mean comes to. */
  Verdict verdict(double before, double after) {
    boolean isWorse =
        switch (worse) {
          case HIGHER -> after > before;
          case LOWER -> after < before;
          case FARTHER -> Math.abs(after) > Math.abs(before);
          case NEITHER -> false;
        };
    return worse == Worse.NEITHER ? Verdict.CHANGED : isWorse ? Verdict.WORSE : Verdict.BETTER;
  }
}
