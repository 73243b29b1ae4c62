package org.phasemap.quantity;

/** What theory says of a quantity. */
public enum Theory {
  NONE,
  /** Its value at infinite width. */
  LIMIT,
  /** Its mean at the cell's width, over entries that have the law of infinite width. */
  SIZED,
  /** And its mean and standard deviation over random networks of a finite width. */
  BAND;

  /** Whether it knows the value at infinite width. */
  public boolean hasLimit() {
    return this != NONE;
  }

  /** Whether it knows the law at finite width. */
  public boolean hasBand() {
    return this == BAND;
  }
}
