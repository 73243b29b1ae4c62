package org.phasemap.kernel.graph;

import java.util.Arrays;
import java.util.List;

/** Means over windows of positions. */
final class Averaging extends LinearStep {
  private final int channels;
  private final int positions;
  private final int[][] windows;

  /**
   * @param positions of what goes in
   * @param windows positions that go into each that comes out
   */
  Averaging(int channels, int positions, int[][] windows) {
    this.channels = channels;
    this.positions = positions;
    this.windows = windows;
  }

  @Override
  void up(List<float[]> in, float[] out) {
    float[] h = in.get(0);
    double[] sum = new double[channels];
    for (int column = 0; column < out.length / channels; column++) {
      int[] window = windows[column % windows.length];
      int first = column / windows.length * positions;
      Arrays.fill(sum, 0);
      for (int position : window) {
        int from = (first + position) * channels;
        for (int c = 0; c < channels; c++) {
          sum[c] += h[from + c];
        }
      }
      for (int c = 0; c < channels; c++) {
        out[column * channels + c] = (float) (sum[c] / window.length);
      }
    }
  }

  @Override
  void down(float[] gradient, int index, float[] out) {
    for (int column = 0; column < gradient.length / channels; column++) {
      int[] window = windows[column % windows.length];
      int first = column / windows.length * positions;
      for (int position : window) {
        int to = (first + position) * channels;
        for (int c = 0; c < channels; c++) {
          out[to + c] += gradient[column * channels + c] / window.length;
        }
      }
    }
  }
}
