package org.phasemap.kernel.graph;

import java.util.Arrays;
import java.util.List;
import org.phasemap.kernel.Matrix;

/** softmax(qᵀk/√d_k) v of each input and head, on arrays: q_i of a head stands side by side. */
final class Attending implements Step {
  private final int channels;
  private final int heads;
  private final int tokens;
  private final int size;
  private final float scale;
  private final float[] transposed;
  private float[] queries = {};
  private float[] keys = {};
  private float[] values = {};

  /** A_ij of each input and head, row by row. */
  private float[] weights = {};

  private double variances;
  private double entropies;

  /** Gradients by queries and keys, made with those by values. */
  private final float[][] gradients = new float[3][];

  Attending(int channels, int heads, int tokens) {
    this.channels = channels;
    this.heads = heads;
    this.tokens = tokens;
    size = channels / heads;
    scale = (float) (1 / Math.sqrt(size));
    transposed = new float[size * tokens];
  }

  /** Of the last forward pass. */
  Attention statistics() {
    double rows = (double) weights.length / tokens;
    return new Attention(variances / rows, entropies / rows);
  }

  @Override
  public void forward(List<Matrix> in, Matrix out) {
    queries = in.get(0).read();
    keys = in.get(1).read();
    values = in.get(2).read();
    weights = new float[queries.length / channels * heads * tokens];
    variances = 0;
    entropies = 0;
    float[] result = new float[queries.length];
    forEachHead(
        (first, square) -> {
          products(queries, keys, first, scale, weights, square);
          for (int i = 0; i < tokens; i++) {
            softmax(square + i * tokens);
          }
          combine(weights, square, values, result, first);
        });
    out.write(result);
  }

  private void softmax(int row) {
    double largest = Double.NEGATIVE_INFINITY;
    double mean = 0;
    for (int j = row; j < row + tokens; j++) {
      largest = Math.max(largest, weights[j]);
      mean += weights[j] / (double) tokens;
    }
    double squares = 0;
    double sum = 0;
    double moment = 0;
    for (int j = row; j < row + tokens; j++) {
      squares += (weights[j] - mean) * (weights[j] - mean);
      double below = weights[j] - largest;
      double weight = Math.exp(below);
      sum += weight;
      moment += weight == 0 ? 0 : weight * below;
      weights[j] = (float) weight;
    }
    for (int j = row; j < row + tokens; j++) {
      weights[j] = (float) (weights[j] / sum);
    }
    variances += squares / (tokens - 1);
    entropies += Math.log(sum) - moment / sum;
  }

  @Override
  public void tangent(List<Matrix> in, Matrix out) {
    float[] q = in.get(0).read();
    float[] k = in.get(1).read();
    float[] v = in.get(2).read();
    float[] result = new float[queries.length];
    float[] logits = new float[tokens * tokens];
    forEachHead(
        (first, square) -> {
          Arrays.fill(logits, 0);
          products(q, keys, first, scale, logits, 0);
          products(queries, k, first, scale, logits, 0);
          throughSoftmax(square, logits);
          combine(logits, 0, values, result, first);
          combine(weights, square, v, result, first);
        });
    out.write(result);
  }

  /** Of changes of the logits, or gradients by weights, A ∘ (x − Σ_j A x): symmetric. */
  private void throughSoftmax(int square, float[] x) {
    for (int i = 0; i < tokens; i++) {
      double mean = 0;
      for (int j = 0; j < tokens; j++) {
        mean += (double) weights[square + i * tokens + j] * x[i * tokens + j];
      }
      for (int j = 0; j < tokens; j++) {
        int at = i * tokens + j;
        x[at] = (float) (weights[square + at] * (x[at] - mean));
      }
    }
  }

  @Override
  public void backward(Matrix gradient, int index, Matrix out) {
    float[] made = gradients[index];
    if (made == null) {
      differentiate(gradient.read());
      made = gradients[index];
    }
    gradients[index] = null;
    out.write(made);
  }

  private void differentiate(float[] g) {
    float[] byQueries = new float[g.length];
    float[] byKeys = new float[g.length];
    float[] byValues = new float[g.length];
    float[] square = new float[tokens * tokens];
    forEachHead(
        (first, at) -> {
          combine(transposed(weights, at), 0, g, byValues, first);
          Arrays.fill(square, 0);
          products(g, values, first, scale, square, 0);
          throughSoftmax(at, square);
          combine(square, 0, keys, byQueries, first);
          combine(transposed(square, 0), 0, queries, byKeys, first);
        });
    gradients[0] = byQueries;
    gradients[1] = byKeys;
    gradients[2] = byValues;
  }

  private float[] transposed(float[] square, int at) {
    float[] result = new float[tokens * tokens];
    for (int i = 0; i < tokens; i++) {
      for (int j = 0; j < tokens; j++) {
        result[j * tokens + i] = square[at + i * tokens + j];
      }
    }
    return result;
  }

  /** An input's head. */
  private interface Head {
    /**
     * @param first entry of its first token
     * @param square of its weights
     */
    void accept(int first, int square);
  }

  private void forEachHead(Head action) {
    int inputs = queries.length / channels / tokens;
    for (int input = 0; input < inputs; input++) {
      for (int head = 0; head < heads; head++) {
        action.accept(
            input * tokens * channels + head * size, (input * heads + head) * tokens * tokens);
      }
    }
  }

  /** square_ij += factor x_i · y_j; loops run along j, which the compiler makes vectors of. */
  private void products(float[] x, float[] y, int first, float factor, float[] square, int at) {
    for (int j = 0; j < tokens; j++) {
      for (int c = 0; c < size; c++) {
        transposed[c * tokens + j] = factor * y[first + j * channels + c];
      }
    }
    for (int i = 0; i < tokens; i++) {
      int row = at + i * tokens;
      for (int c = 0; c < size; c++) {
        float value = x[first + i * channels + c];
        int from = c * tokens;
        for (int j = 0; j < tokens; j++) {
          square[row + j] += value * transposed[from + j];
        }
      }
    }
  }

  /** out_i += Σ_j square_ij y_j. */
  private void combine(float[] square, int at, float[] y, float[] out, int first) {
    for (int i = 0; i < tokens; i++) {
      int to = first + i * channels;
      for (int j = 0; j < tokens; j++) {
        float weight = square[at + i * tokens + j];
        int from = first + j * channels;
        for (int c = 0; c < size; c++) {
          out[to + c] += weight * y[from + c];
        }
      }
    }
  }
}
