package org.phasemap.kernel.graph.weighing;

import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;

/** One tap and one group: each position by itself. */
final class DenseWeighing implements Weighing {
  private final Kernel kernel;
  private final int positions;

  DenseWeighing(Kernel kernel, int positions) {
    this.kernel = kernel;
    this.positions = positions;
  }

  @Override
  public void up(Blocks weights, Matrix h, Matrix z) {
    kernel.multiply(weights.view(0, 1), inputs(h), inputs(z));
  }

  @Override
  public void down(Blocks weights, Matrix g, Matrix out) {
    kernel.multiplyTransposed(weights.view(0, 1), inputs(g), inputs(out));
  }

  /** Each by itself: equal inputs stay equal to the bit. */
  private Blocks inputs(Matrix columns) {
    return new Blocks(columns, positions, positions);
  }

  @Override
  public void addGradient(double alpha, Matrix g, Matrix h, int first, int count, Blocks gradient) {
    kernel.addOuterProduct(
        alpha,
        g.view(first * positions, count * positions),
        h.view(first * positions, count * positions),
        gradient.block(0));
  }
}
