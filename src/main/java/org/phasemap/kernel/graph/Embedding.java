package org.phasemap.kernel.graph;

import java.util.List;
import org.phasemap.network.graph.Operation;

/** x_t = √ρ u + √(1−ρ) v_t of an input's parts u, v_1 … v_T. */
final class Embedding extends LinearStep {
  private final int tokens;
  private final int size;
  private final float common;
  private final float own;

  /**
   * @param size of a part
   */
  Embedding(Operation.Tokens operation, int size) {
    tokens = operation.tokens();
    this.size = size;
    common = (float) Math.sqrt(operation.cosine());
    own = (float) Math.sqrt(1 - operation.cosine());
  }

  @Override
  void up(List<float[]> in, float[] out) {
    float[] parts = in.get(0);
    for (int token = 0; token < out.length / size; token++) {
      int u = token / tokens * (tokens + 1) * size;
      int v = u + (token % tokens + 1) * size;
      for (int i = 0; i < size; i++) {
        out[token * size + i] = common * parts[u + i] + own * parts[v + i];
      }
    }
  }

  @Override
  void down(float[] gradient, int index, float[] out) {
    for (int token = 0; token < gradient.length / size; token++) {
      int u = token / tokens * (tokens + 1) * size;
      int v = u + (token % tokens + 1) * size;
      for (int i = 0; i < size; i++) {
        out[u + i] += common * gradient[token * size + i];
        out[v + i] = own * gradient[token * size + i];
      }
    }
  }
}
