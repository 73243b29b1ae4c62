package org.phasemap.kernel;

/**
 * A float32 matrix outside the Java heap, column-major. Closing it gives its memory back to the
 * kernel, for its next matrices.
 */
public interface Matrix extends AutoCloseable {
  int rows();

  int columns();

  /**
   * Columns {@code first} to {@code first + count - 1}, sharing this matrix's memory. A view needs
   * no closing and must not outlive its matrix.
   *
   * @throws IndexOutOfBoundsException if they are not all there
   */
  Matrix view(int first, int count);

  /** Copies all entries in, column by column. */
  void write(float[] values);

  /** Copies all entries out, column by column. */
  float[] read();

  /**
   * Copies all entries in from an array that may be longer.
   *
   * @throws IllegalArgumentException if it is shorter
   */
  void writeFrom(float[] values);

  /**
   * Copies all entries out to an array that may be longer.
   *
   * @throws IllegalArgumentException if it is shorter
   */
  void readInto(float[] values);

  @Override
  void close();
}
