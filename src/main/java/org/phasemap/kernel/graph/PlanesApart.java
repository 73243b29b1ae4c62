package org.phasemap.kernel.graph;

import java.util.List;

/**
 * Inputs that are stored plane by plane, position by position: number i of plane k of P goes from
 * place k · n₀/P + i of its input to place i · P + k.
 *
 * @see org.phasemap.network.graph.Operation.Given
 */
final class PlanesApart extends LinearStep {
  private final int planes;
  private final int numbers;

  /**
   * @param planes P
   * @param numbers n₀
   */
  PlanesApart(int planes, int numbers) {
    this.planes = planes;
    this.numbers = numbers;
  }

  @Override
  void up(List<float[]> in, float[] out) {
    float[] stored = in.get(0);
    for (int j = 0; j < stored.length; j++) {
      out[place(j)] = stored[j];
    }
  }

  @Override
  void down(float[] gradient, int index, float[] out) {
    for (int j = 0; j < out.length; j++) {
      out[j] = gradient[place(j)];
    }
  }

  private int place(int j) {
    int input = j / numbers * numbers;
    int plane = (j - input) / (numbers / planes);
    int position = (j - input) % (numbers / planes);
    return input + position * planes + plane;
  }
}
