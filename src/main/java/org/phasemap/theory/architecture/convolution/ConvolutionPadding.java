package org.phasemap.theory.architecture.convolution;

import java.util.Arrays;

/**
 * Variance in a deep critical homogeneous convolutional network with SAME padding and stride 1:
 * q_{l+1} = A q_l, A averaging over the taps of a k × k window (Xiao et al. 2018, eq. 2.4, with
 * missing taps). Circular and reflecting padding miss none.
 */
public final class ConvolutionPadding {
  private ConvolutionPadding() {}

  /**
   * Factor per layer of the mean variance deep in the network on an h × w image: the largest
   * eigenvalue of A. For k = 3: ((1 + 2 cos(π/(h + 1)))/3)² on a square (row {@code
   * conv_zeropad_rate_8}).
   */
  public static double asymptoticRate(int height, int width, int kernel, Padding padding) {
    return new Taps(height, kernel, padding).largestEigenvalue()
        * new Taps(width, kernel, padding).largestEigenvalue();
  }

  /** Mean over pixels of the variance after L layers, from 1 everywhere. */
  public static double meanVariance(
      int height, int width, int kernel, int layers, Padding padding) {
    return new Taps(height, kernel, padding).mean(layers)
        * new Taps(width, kernel, padding).mean(layers);
  }

  /**
   * Second moment of the gradient at a position after n critical convolutions backwards, from 1
   * everywhere at the top: (Aᵀ)ⁿ 1. The total keeps to χ where A 1 = 1; at the border of a
   * reflecting image k = 3 leaves half.
   *
   * @param position index along the dimension; in more dimensions factors multiply
   */
  public static double gradient(Taps taps, int layers, int position) {
    double[] g = new double[taps.size()];
    Arrays.fill(g, 1);
    for (int l = 0; l < layers; l++) {
      g = taps.transposed(g);
    }
    return g[position];
  }
}
