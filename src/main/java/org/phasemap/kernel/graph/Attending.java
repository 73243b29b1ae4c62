package org.phasemap.kernel.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;

/**
 * v softmax(kᵀq/√d_k) of each input and head: a column of the weights A is what one token gives to
 * all. Products of all heads are one call of the kernel.
 */
final class Attending implements Step {
  private final Kernel kernel;
  private final Heads heads;
  private final int tokens;
  private final double scale;

  /** For each block. */
  private final double[] ones;

  private final Blocks queries;
  private final Blocks keys;
  private final Blocks values;

  /** A. */
  private final Blocks weights;

  /** A again, for loops. */
  private float[] entries = {};

  private double variances;
  private double entropies;

  /** Of each token, over all queries. */
  private final double[] given;

  /** Gradients by queries, keys and values, made together; null once they are handed over. */
  private final @Nullable Blocks[] gradients = new Blocks[3];

  Attending(Kernel kernel, int channels, int heads, int tokens, int batch) {
    this.kernel = kernel;
    this.heads = new Heads(kernel, channels, heads, tokens, batch);
    this.tokens = tokens;
    scale = 1 / Math.sqrt((double) channels / heads);
    queries = this.heads.vectors();
    keys = this.heads.vectors();
    values = this.heads.vectors();
    weights = this.heads.squares();
    given = new double[tokens];
    ones = new double[batch * heads];
    Arrays.fill(ones, 1);
  }

  /** Of the last forward pass. */
  Attention statistics() {
    double columns = (double) weights.count() * tokens;
    return new Attention(
        variances / columns,
        entropies / columns,
        Arrays.stream(given).map(weight -> weight / columns).toArray());
  }

  @Override
  public void forward(List<Matrix> in, Matrix out) {
    heads.split(in.get(0), queries);
    heads.split(in.get(1), keys);
    heads.split(in.get(2), values);
    kernel.multiplyTransposed(keys, queries, weights);
    entries = weights.all().read();
    variances = 0;
    entropies = 0;
    Arrays.fill(given, 0);
    forEachToken(this::softmax);
    weights.all().write(entries);
    try (Temporary result = vectors()) {
      kernel.multiply(values, weights, result.blocks());
      heads.join(result.blocks(), out);
    }
  }

  private interface Token {
    /**
     * @param first of its column of A
     */
    void accept(int first);
  }

  private void forEachToken(Token action) {
    for (int block = 0; block < weights.count(); block++) {
      for (int i = 0; i < tokens; i++) {
        action.accept(block * weights.step() + i * tokens);
      }
    }
  }

  private void softmax(int first) {
    double largest = Double.NEGATIVE_INFINITY;
    double mean = 0;
    for (int j = first; j < first + tokens; j++) {
      entries[j] = (float) (scale * entries[j]);
      largest = Math.max(largest, entries[j]);
      mean += entries[j] / (double) tokens;
    }
    double squares = 0;
    double sum = 0;
    double moment = 0;
    for (int j = first; j < first + tokens; j++) {
      squares += (entries[j] - mean) * (entries[j] - mean);
      double below = entries[j] - largest;
      double weight = Math.exp(below);
      sum += weight;
      moment += weight == 0 ? 0 : weight * below;
      entries[j] = (float) weight;
    }
    for (int j = first; j < first + tokens; j++) {
      entries[j] = (float) (entries[j] / sum);
      given[j - first] += entries[j];
    }
    variances += squares / (tokens - 1);
    entropies += Math.log(sum) - moment / sum;
  }

  @Override
  public void tangent(List<Matrix> in, Matrix out) {
    try (Temporary moved = vectors();
        Temporary part = vectors();
        Temporary logits = squares();
        Temporary more = squares()) {
      heads.split(in.get(0), moved.blocks());
      kernel.multiplyTransposed(keys, moved.blocks(), logits.blocks());
      heads.split(in.get(1), moved.blocks());
      kernel.multiplyTransposed(moved.blocks(), queries, more.blocks());
      kernel.add(1, more.blocks().all(), logits.blocks().all());
      throughSoftmax(logits.blocks());
      heads.split(in.get(2), moved.blocks());
      kernel.multiply(moved.blocks(), weights, part.blocks());
      kernel.multiply(values, logits.blocks(), moved.blocks());
      kernel.add(1, part.blocks().all(), moved.blocks().all());
      heads.join(moved.blocks(), out);
    }
  }

  /** Of products by 1/√d_k, or gradients by weights: A ∘ (x − Σ_j A x)/√d_k, symmetric. */
  private void throughSoftmax(Blocks blocks) {
    float[] x = blocks.all().read();
    forEachToken(
        first -> {
          double mean = 0;
          for (int j = first; j < first + tokens; j++) {
            mean += (double) entries[j] * x[j];
          }
          for (int j = first; j < first + tokens; j++) {
            x[j] = (float) (scale * entries[j] * (x[j] - mean));
          }
        });
    blocks.all().write(x);
  }

  @Override
  public void backward(Matrix gradient, int index, Matrix out) {
    if (gradients[index] == null) {
      forget();
      differentiate(gradient);
    }
    Blocks made = Objects.requireNonNull(gradients[index]);
    heads.join(made, out);
    made.all().close();
    gradients[index] = null;
  }

  private void differentiate(Matrix gradient) {
    try (Temporary g = vectors();
        Temporary slopes = squares()) {
      heads.split(gradient, g.blocks());
      gradients[2] = heads.vectors();
      kernel.addOuterProducts(ones, g.blocks(), weights, 0, gradients[2]);
      kernel.multiplyTransposed(values, g.blocks(), slopes.blocks());
      throughSoftmax(slopes.blocks());
      gradients[0] = heads.vectors();
      kernel.multiply(keys, slopes.blocks(), gradients[0]);
      gradients[1] = heads.vectors();
      kernel.addOuterProducts(ones, queries, slopes.blocks(), 0, gradients[1]);
    }
  }

  private void forget() {
    for (int i = 0; i < gradients.length; i++) {
      Blocks left = gradients[i];
      if (left != null) {
        left.all().close();
        gradients[i] = null;
      }
    }
  }

  /** Blocks of one call. */
  private record Temporary(Blocks blocks) implements AutoCloseable {
    @Override
    public void close() {
      blocks.all().close();
    }
  }

  private Temporary vectors() {
    return new Temporary(heads.vectors());
  }

  private Temporary squares() {
    return new Temporary(heads.squares());
  }

  @Override
  public void close() {
    forget();
    queries.all().close();
    keys.all().close();
    values.all().close();
    weights.all().close();
  }
}
