package org.phasemap.kernel.graph;

import java.util.List;
import org.phasemap.kernel.Matrix;

/** The largest of each window of positions, channel by channel; the first of equal ones. */
final class Maximum implements Step {
  private final int channels;
  private final int positions;
  private final int[][] windows;

  /** Where each entry that comes out is from. */
  private int[] source = {};

  /**
   * @param positions of what goes in
   * @param windows positions that go into each that comes out
   */
  Maximum(int channels, int positions, int[][] windows) {
    this.channels = channels;
    this.positions = positions;
    this.windows = windows;
  }

  @Override
  public void forward(List<Matrix> in, Matrix out) {
    float[] h = in.get(0).read();
    source = new int[out.rows() * out.columns()];
    for (int i = 0; i < source.length; i++) {
      int column = i / channels;
      int first = column / windows.length * positions;
      int best = -1;
      for (int position : windows[column % windows.length]) {
        int from = (first + position) * channels + i % channels;
        best = best < 0 || h[from] > h[best] || Float.isNaN(h[from]) ? from : best;
      }
      source[i] = best;
    }
    out.write(picked(h));
  }

  @Override
  public void tangent(List<Matrix> in, Matrix out) {
    out.write(picked(in.get(0).read()));
  }

  private float[] picked(float[] h) {
    float[] values = new float[source.length];
    for (int i = 0; i < source.length; i++) {
      values[i] = h[source[i]];
    }
    return values;
  }

  @Override
  public void backward(Matrix gradient, int index, Matrix out) {
    float[] values = new float[out.rows() * out.columns()];
    float[] g = gradient.read();
    for (int i = 0; i < source.length; i++) {
      values[source[i]] += g[i];
    }
    out.write(values);
  }
}
