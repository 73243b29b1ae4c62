package org.phasemap.quantity;

/** Which way a quantity changes where networks become harder to train. */
public enum Worse {
  /** Neither way is worse. */
  NEITHER,
  HIGHER,
  LOWER,
  /** Away from 0, on either side. */
  FARTHER
}
