package org.phasemap.network;

/**
 * How many weights feed one output and how many outputs one input feeds, counted by taps rather
 * than read off a tensor's shape (REFERENCE 0.9).
 *
 * @param fanIn taps per output unit; fractional for strided transposed convolutions
 * @param fanOut outputs per input unit
 */
public record Fans(double fanIn, double fanOut) {
  public Fans {
    if (!(fanIn > 0) || !(fanOut > 0)) {
      throw new IllegalArgumentException("fans must be > 0: " + fanIn + ", " + fanOut);
    }
  }

  /** A fully connected layer. */
  public static Fans dense(int inputs, int outputs) {
    return new Fans(inputs, outputs);
  }

  /**
   * A convolution with a square kernel, away from borders. Depthwise: {@code groups = inChannels}.
   * Pointwise: {@code kernel = 1}.
   */
  public static Fans convolution(int kernel, int inChannels, int outChannels, int groups) {
    double taps = (double) kernel * kernel;
    return new Fans(taps * inChannels / groups, taps * outChannels / groups);
  }

  /** A transposed convolution: an output pixel receives c_in k²/stride² taps on average. */
  public static Fans transposedConvolution(
      int kernel, int inChannels, int outChannels, int stride) {
    double taps = (double) kernel * kernel;
    return new Fans(taps * inChannels / ((double) stride * stride), taps * outChannels);
  }
}
