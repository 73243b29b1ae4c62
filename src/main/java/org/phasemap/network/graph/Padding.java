package org.phasemap.network.graph;

/** What a convolution finds outside the grid (ARCHITECTURES 1.1). */
public enum Padding {
  /** Nothing: the tap is dropped, and the fan-in is not reduced. */
  ZERO {
    @Override
    int index(int i, int extent) {
      return i < 0 || i >= extent ? Taps.OUTSIDE : i;
    }
  },
  /** The other end: i mod H. */
  CIRCULAR {
    @Override
    int index(int i, int extent) {
      return Math.floorMod(i, extent);
    }
  },
  /** What lies as far inside of the border: −j → j, H−1+j → H−1−j. */
  REFLECT {
    @Override
    int index(int i, int extent) {
      int period = Math.max(1, 2 * (extent - 1));
      int inPeriod = Math.floorMod(i, period);
      return inPeriod < extent ? inPeriod : period - inPeriod;
    }
  };

  /** The place of index i along a dimension, or {@link Taps#OUTSIDE}. */
  abstract int index(int i, int extent);
}
