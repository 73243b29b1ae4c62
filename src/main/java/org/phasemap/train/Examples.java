package org.phasemap.train;

/**
 * Labelled examples. The arrays are shared, not copied, and must not be written to.
 *
 * @param dimension n₀, components of an example
 * @param features n₀ × count, column-major: example j is at {@code j * dimension}
 * @param labels class of each example, from 0
 */
@SuppressWarnings("ArrayRecordComponent")
public record Examples(int dimension, float[] features, int[] labels) {
  public Examples {
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension must be >= 1: " + dimension);
    }
    if (features.length != (long) dimension * labels.length) {
      throw new IllegalArgumentException(
          String.format(
              "%d features are not %d components for each of %d labels",
              features.length, dimension, labels.length));
    }
  }

  /** Number of examples. */
  public int count() {
    return labels.length;
  }

  /** Copies example {@code from} into column {@code column} of {@code out}. */
  void copy(int from, int column, float[] out) {
    System.arraycopy(features, from * dimension, out, column * dimension, dimension);
  }
}
