package org.phasemap.kernel.openblas;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasLower;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dsyrk;

import org.bytedeco.javacpp.DoublePointer;
import org.phasemap.kernel.Chunk;

/** Gram matrices in float64 of float32 columns, by OpenBLAS. */
final class OpenBlasGrams implements AutoCloseable {
  /** Doubles of a cache line. */
  private static final int LINE = 8;

  private final float[] chunk = new float[Chunk.LENGTH];
  private final double[] doubles = new double[Chunk.LENGTH];
  private DoublePointer wide = new DoublePointer(0);
  private DoublePointer square = new DoublePointer(0);

  /**
   * aᵀa of each m columns.
   *
   * @param n entries of a column, which need not be the rows of {@code a}
   * @return blocks of m × m, one after the other
   */
  double[] of(OpenBlasMatrix a, int n, int m) {
    int blocks = (int) (a.size() / n / m);
    Pieces pieces = OpenBlasProducts.pieces(true, m, m, n);
    long start = room(n, m);
    double[] result = new double[Math.multiplyExact(blocks, Math.multiplyExact(m, m))];
    for (int block = 0; block < blocks; block++) {
      widen(a, (long) block * n * m, n * m, start);
      for (int row = 0; row < n; row += pieces.inner()) {
        wide.position(start + row);
        cblas_dgemm(
            CblasColMajor,
            CblasTrans,
            CblasNoTrans,
            m,
            m,
            Math.min(pieces.inner(), n - row),
            1,
            wide,
            n,
            wide,
            n,
            row == 0 ? 0 : 1,
            square,
            m);
      }
      square.get(result, block * m * m, m * m);
    }
    return result;
  }

  /** aᵀa, its lower triangle computed and the upper one copied. */
  double[] of(OpenBlasMatrix a) {
    int n = a.rows();
    int m = a.columns();
    long start = room(n, m);
    double[] result = new double[Math.multiplyExact(m, m)];
    widen(a, 0, Math.multiplyExact(n, m), start);
    wide.position(start);
    cblas_dsyrk(CblasColMajor, CblasLower, CblasTrans, m, n, 1, wide, n, 0, square, m);
    square.get(result, 0, result.length);
    for (int j = 1; j < m; j++) {
      for (int i = 0; i < j; i++) {
        result[j * m + i] = result[i * m + j];
      }
    }
    return result;
  }

  /**
   * Makes room for n × m numbers and their products.
   *
   * @return the first place on a cache line, wherever malloc put it: rounding must not depend on it
   */
  private long room(int n, int m) {
    if (wide.capacity() < (long) n * m + LINE) {
      wide.deallocate();
      wide = new DoublePointer((long) n * m + LINE);
    }
    if (square.capacity() < (long) m * m) {
      square.deallocate();
      square = new DoublePointer((long) m * m);
    }
    wide.position(0);
    return (LINE - wide.address() / Double.BYTES % LINE) % LINE;
  }

  /** Entries of {@code a} as float64 in {@code wide}, from {@code start} on. */
  private void widen(OpenBlasMatrix a, long first, int count, long start) {
    for (int done = 0; done < count; done += chunk.length) {
      int length = Math.min(chunk.length, count - done);
      a.load(first + done, chunk, length);
      for (int i = 0; i < length; i++) {
        doubles[i] = chunk[i];
      }
      wide.position(start + done).put(doubles, 0, length);
    }
  }

  @Override
  public void close() {
    wide.deallocate();
    square.deallocate();
  }
}
