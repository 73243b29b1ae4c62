package org.phasemap.kernel.graph;

import java.util.List;

/** Channels of all, one after the other. */
final class Concatenation extends LinearStep {
  private final int[] channels;
  private final int[] first;
  private final int all;

  /**
   * @param channels of each thing that goes in
   */
  Concatenation(List<Integer> channels) {
    this.channels = channels.stream().mapToInt(Integer::intValue).toArray();
    first = new int[this.channels.length];
    int sum = 0;
    for (int k = 0; k < first.length; k++) {
      first[k] = sum;
      sum += this.channels[k];
    }
    all = sum;
  }

  @Override
  void up(List<float[]> in, float[] out) {
    for (int k = 0; k < channels.length; k++) {
      for (int column = 0; column < out.length / all; column++) {
        System.arraycopy(
            in.get(k), column * channels[k], out, column * all + first[k], channels[k]);
      }
    }
  }

  @Override
  void down(float[] gradient, int index, float[] out) {
    int own = channels[index];
    for (int column = 0; column < gradient.length / all; column++) {
      System.arraycopy(gradient, column * all + first[index], out, column * own, own);
    }
  }
}
