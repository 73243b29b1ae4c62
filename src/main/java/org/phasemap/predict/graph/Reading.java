package org.phasemap.predict.graph;

import org.phasemap.network.graph.Norm;

/**
 * A mean over the channels of a stream, which fluctuates by the chance of its own n channels beside
 * that of the layers under it. Example: a layer of weights sees the mean of φ² of a stream, and
 * gradients that of φ′².
 *
 * @param view what is averaged
 * @param stream its node
 * @param channels n
 * @param norm that the stream goes through first; NONE without
 * @param gamma2 γ² of the norm; 1 without
 */
record Reading(View view, int stream, int channels, Norm norm, double gamma2) {
  /** A function of a channel's number x. */
  enum View {
    /** x². */
    ITSELF,
    /** The same of channels that do not mix: each has weights of its own, and its own variance. */
    APART,
    /** φ²(x). */
    SQUARE,
    /** φ′²(x). */
    SLOPE
  }

  /** Without a norm. */
  Reading(View view, int stream, int channels) {
    this(view, stream, channels, Norm.NONE, 1);
  }

  /** Whether a norm divides the stream by its length, and its variance does not matter. */
  boolean isNormed() {
    return norm != Norm.NONE;
  }

  /**
   * At least the share of an excess of E z_a² z_b² that the squares of ReLU have, to first order: E
   * f″(z_a) f″(z_b)/4 and terms of odd order, of f = relu², or relu² − u²/2 behind a norm.
   */
  double ofFourth() {
    return switch (view) {
      case ITSELF, APART -> 1;
      case SQUARE -> isNormed() ? 0.25 : 0.5;
      case SLOPE -> 0;
    };
  }
}
