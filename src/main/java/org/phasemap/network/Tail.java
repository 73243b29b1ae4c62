package org.phasemap.network;

/** What an {@link Activation} φ becomes far from 0: how φ′ comes to its limits, if it has any. */
public enum Tail {
  /** φ consists of straight lines, between its kinks and beyond them. */
  STRAIGHT,
  /** As the normal density, exp(−x²/2); φ is entire. */
  NORMAL,
  /** As exp(−x²) or faster; φ is entire. */
  GAUSSIAN,
  /** As exp(−|x|) or faster, on one side at least. */
  EXPONENTIAL,
  /** As a power of x. */
  POWER,
  /** φ is sin: φ′ has no limits. */
  WAVE,
  /** Nothing is known. */
  UNKNOWN
}
