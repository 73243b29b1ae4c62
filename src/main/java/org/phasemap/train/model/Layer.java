package org.phasemap.train.model;

import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;

/**
 * Parameters of one layer, z = W a + b, of networks side by side; or anything else of their shape.
 *
 * @param weights W, blocks of fan-out × fan-in
 * @param bias b, blocks of fan-out × 1; null where there are none
 * @param mask 1 where a weight is kept and 0 elsewhere, as the weights; null where all are kept
 */
public record Layer(Blocks weights, @Nullable Blocks bias, @Nullable Blocks mask) {
  /** Zeros of the same shape, without a mask. */
  public Layer zeros(Arena arena) {
    int count = weights.count();
    return new Layer(
        arena.blocks(weights.rows(), weights.columns(), count),
        bias == null ? null : arena.blocks(bias.rows(), 1, count),
        null);
  }

  /** Whether another layer's weights and biases have the shape of these. */
  public boolean isLike(Layer other) {
    boolean alike =
        bias == null ? other.bias == null : other.bias != null && bias.isLike(other.bias);
    return alike && weights.isLike(other.weights);
  }

  /** Some of the networks, sharing their memory. */
  public Layer view(int first, int count) {
    return new Layer(
        weights.view(first, count),
        bias == null ? null : bias.view(first, count),
        mask == null ? null : mask.view(first, count));
  }

  /** The numbers of the only network. */
  public LayerValues read() {
    return new LayerValues(
        weights.rows(),
        weights.columns(),
        weights.block(0).read(),
        bias == null ? null : bias.block(0).read(),
        mask == null ? null : mask.block(0).read());
  }

  /** Overwrites weights and biases of the only network. */
  void write(LayerValues values) {
    weights.block(0).write(values.weights());
    if (bias != null && values.bias() != null) {
      bias.block(0).write(values.bias());
    }
  }

  /** Copies one network's share over another's. */
  void move(Kernel kernel, int from, int to) {
    kernel.copy(weights.block(from), weights.block(to));
    if (bias != null) {
      kernel.copy(bias.block(from), bias.block(to));
    }
    if (mask != null) {
      kernel.copy(mask.block(from), mask.block(to));
    }
  }

  /** Adds alpha_k × another layer of this shape, without masks. */
  public void add(Kernel kernel, double[] alpha, Layer other) {
    for (int k = 0; k < weights.count(); k++) {
      kernel.add(alpha[k], other.weights.block(k), weights.block(k));
      if (bias != null && other.bias != null) {
        kernel.add(alpha[k], other.bias.block(k), bias.block(k));
      }
    }
  }

  /** Sets the weights of another layer of this shape to zero where this one's mask drops them. */
  public void applyMask(Kernel kernel, Layer other) {
    if (mask != null) {
      kernel.multiplyElements(mask.all(), other.weights.all());
    }
  }
}
