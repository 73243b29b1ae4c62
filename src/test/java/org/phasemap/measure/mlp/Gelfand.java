package org.phasemap.measure.mlp;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The spectral radius as lim ‖A^k‖^{1/k} (Gelfand 1941), by squaring: no eigenvalue is found, and
 * so none can be missed. Commons Math finds no end among the zeros of a ReLU network's Jacobian.
 */
final class Gelfand {
  /** k = 2^30: ‖A^k‖ is off by a factor that is a power of n at most. */
  private static final int SQUARINGS = 30;

  private Gelfand() {}

  /** ln ρ²; NaN where a power is 0. */
  static double lnSquare(double[][] square) {
    RealMatrix power = new Array2DRowRealMatrix(square);
    double ln = 0;
    for (int i = 0; i < SQUARINGS; i++) {
      double size = power.getFrobeniusNorm();
      ln += Math.log(size) / Math.pow(2, i);
      RealMatrix scaled = power.scalarMultiply(1 / size);
      power = scaled.multiply(scaled);
    }
    boolean isGone = Arrays.stream(power.getData()).flatMapToDouble(Arrays::stream).sum() == 0;
    return isGone || Double.isNaN(ln) ? Double.NaN : 2 * ln;
  }
}
