package org.phasemap.network.architecture;

import java.io.Serializable;

/**
 * How the channels of a convolution mix: in so many groups, each channel alone (depthwise), or each
 * alone and then all at each position (separable).
 *
 * @param number of groups; 0 where each channel is one
 * @param isSeparable whether a convolution of one tap follows that mixes them
 */
public record Groups(int number, boolean isSeparable) implements Serializable {
  /** Each channel alone. */
  public static final Groups DEPTHWISE = new Groups(0, false);

  /** Each channel alone, then all of them. */
  public static final Groups SEPARABLE = new Groups(0, true);

  /** So many groups of equal size. */
  public static Groups of(int number) {
    return new Groups(number, false);
  }

  /** Groups of so many channels. */
  int count(int width) {
    return number == 0 ? width : number;
  }

  @Override
  public String toString() {
    return isSeparable ? "separable" : number == 0 ? "depthwise" : String.valueOf(number);
  }
}
