package org.phasemap.spec.file;

/** Bounds that several fields share. */
final class Bounds {
  /** Beyond these float32 arithmetic has nothing left to measure. */
  static final double MIN_SCALE = 1e-6;

  static final double MAX_SCALE = 1e6;

  private Bounds() {}
}
