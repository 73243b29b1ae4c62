package org.phasemap.theory.architecture.convolution;

/** What a convolution reads outside the image. */
public enum Padding {
  /** Zeros: taps are missing at the border, and the fan-in still counts them. */
  ZERO {
    @Override
    int source(int index, int size) {
      return index >= 0 && index < size ? index : OUTSIDE;
    }
  },
  /** The other side of the image. */
  CIRCULAR {
    @Override
    int source(int index, int size) {
      return Math.floorMod(index, size);
    }
  },
  /** The image mirrored at its border pixels, which are not repeated: −j → j. */
  REFLECT {
    @Override
    int source(int index, int size) {
      int inside = Math.abs(index);
      return inside < size ? inside : 2 * (size - 1) - inside;
    }
  };

  /** No pixel at all. */
  static final int OUTSIDE = -1;

  /** The pixel that stands at an index beyond the image or in it, or {@link #OUTSIDE}. */
  abstract int source(int index, int size);
}
