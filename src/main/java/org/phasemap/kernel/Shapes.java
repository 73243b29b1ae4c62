package org.phasemap.kernel;

/**
 * Shapes that operations need. All throw {@link IllegalArgumentException} that names the operation
 * and what it was given.
 */
final class Shapes {
  private Shapes() {}

  static void requireColumn(String operation, Matrix bias, Matrix a) {
    if (bias.rows() != a.rows() || bias.columns() != 1) {
      throw new IllegalArgumentException(
          "Cannot %s: bias is %s, must be %d x 1".formatted(operation, bias, a.rows()));
    }
  }

  static void requireEqualShapes(String operation, Matrix a, Matrix b) {
    if (a.rows() != b.rows() || a.columns() != b.columns()) {
      throw new IllegalArgumentException("Cannot %s: %s and %s".formatted(operation, a, b));
    }
  }

  static void requireElementwise(String operation, ColumnMatrix z, ColumnMatrix out) {
    requireEqualShapes(operation, z, out);
    if (!z.isSameAs(out)) {
      requireDistinct(operation, out, z);
    }
  }

  static String described(Blocks blocks) {
    return "%d blocks of %d x %d".formatted(blocks.count(), blocks.rows(), blocks.columns());
  }

  static void requireProduct(
      String operation,
      ColumnMatrix a,
      ColumnMatrix b,
      ColumnMatrix out,
      boolean innerAgrees,
      int rows,
      int columns) {
    if (!innerAgrees || out.rows() != rows || out.columns() != columns) {
      throw new IllegalArgumentException(
          "Cannot %s: %s by %s into %s".formatted(operation, a, b, out));
    }
    requireDistinct(operation, out, a);
    requireDistinct(operation, out, b);
  }

  static void requireDistinct(String operation, ColumnMatrix out, ColumnMatrix in) {
    if (out.overlaps(in)) {
      throw new IllegalArgumentException(
          "Cannot %s: the output overlaps an input".formatted(operation));
    }
  }

  /** The factors of columns, in float32. */
  static float[] perColumn(String operation, double[] scale, Matrix a) {
    if (scale.length != a.columns()) {
      throw new IllegalArgumentException(
          "Cannot %s: %d scales for %s".formatted(operation, scale.length, a));
    }
    return narrow(scale);
  }

  /** The factors of blocks, in float32; those without a block are left out of use. */
  static float[] perBlock(String operation, double[] alpha, Blocks out) {
    if (alpha.length < out.count()) {
      throw new IllegalArgumentException(
          "Cannot %s: %d factors for %d blocks".formatted(operation, alpha.length, out.count()));
    }
    return narrow(alpha);
  }

  private static float[] narrow(double[] values) {
    float[] narrow = new float[values.length];
    for (int j = 0; j < narrow.length; j++) {
      narrow[j] = (float) values[j];
    }
    return narrow;
  }
}
