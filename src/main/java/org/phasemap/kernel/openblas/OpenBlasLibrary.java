package org.phasemap.kernel.openblas;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.util.Arrays;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/** Loads OpenBLAS once, with one thread for whoever calls it, and finds out how it rounds. */
public final class OpenBlasLibrary {
  /** How products round the columns of a wide factor. */
  enum Rounding {
    /** All alike. */
    ALIKE,
    /** As {@link Interleaving} says. */
    TWO_KINDS,
    UNKNOWN
  }

  static final boolean LOADS = load();

  static final Rounding ROUNDING = LOADS ? rounding() : Rounding.UNKNOWN;

  private OpenBlasLibrary() {}

  /**
   * Whether this CPU's products round all columns of a wide factor alike. Elsewhere ND4J multiplies
   * block by block on CPUs.
   */
  public static boolean roundsColumnsAlike() {
    return ROUNDING == Rounding.ALIKE;
  }

  private static boolean load() {
    try {
      Loader.load(openblas_nolapack.class);
      openblas_nolapack.blas_set_num_threads(1);
      return true;
    } catch (LinkageError e) {
      return false;
    }
  }

  /** Multiplies equal columns, so many that they are packed and so few that they are not. */
  private static Rounding rounding() {
    float[] small = equalColumns(32, 2 * Interleaving.PERIOD);
    float[] large = equalColumns(100, 21 * Interleaving.PERIOD);
    if (isPeriodic(small, 32, 1, 0) && isPeriodic(large, 100, 1, 0)) {
      return Rounding.ALIKE;
    }
    int period = Interleaving.PERIOD;
    return isPeriodic(small, 32, period, period / 2) && isPeriodic(large, 100, period, period / 2)
        ? Rounding.TWO_KINDS
        : Rounding.UNKNOWN;
  }

  private static float[] equalColumns(int n, int columns) {
    float[] a = new float[n * n];
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) Math.sin(i);
    }
    float[] b = new float[n * columns];
    for (int i = 0; i < b.length; i++) {
      b[i] = (float) Math.cos(i % n);
    }
    float[] c = new float[n * columns];
    cblas_sgemm(CblasColMajor, CblasNoTrans, CblasNoTrans, n, columns, n, 1, a, n, b, n, 0, c, n);
    return c;
  }

  /** Whether column j is column 0, or column {@code half} in the later part of a period. */
  private static boolean isPeriodic(float[] columns, int n, int period, int half) {
    for (int j = 0; j < columns.length / n; j++) {
      int like = half > 0 && j % period >= half ? half : 0;
      if (!Arrays.equals(columns, j * n, (j + 1) * n, columns, like * n, (like + 1) * n)) {
        return false;
      }
    }
    return true;
  }
}
