package org.phasemap.kernel.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;

/** z = W h + b, with the parameters that it has been given. */
final class Weighting implements Step {
  private final Kernel kernel;
  private final Weighing weighing;
  private @Nullable NodeWeights parameters;

  /**
   * @param weighing how, which nodes may share: it is closed by its owner
   */
  Weighting(Kernel kernel, Weighing weighing) {
    this.kernel = kernel;
    this.weighing = weighing;
  }

  void use(NodeWeights weights) {
    parameters = weights;
  }

  private Blocks weights() {
    return Objects.requireNonNull(parameters).weights();
  }

  @Override
  public void forward(List<Matrix> in, Matrix out) {
    tangent(in, out);
    Matrix bias = Objects.requireNonNull(parameters).bias();
    if (bias != null) {
      double[] ones = new double[out.columns()];
      Arrays.fill(ones, 1);
      kernel.addBias(bias, ones, out);
    }
  }

  @Override
  public void tangent(List<Matrix> in, Matrix out) {
    weighing.up(weights(), in.get(0), out);
  }

  @Override
  public void backward(Matrix gradient, int index, Matrix out) {
    weighing.down(weights(), gradient, out);
  }

  /** As {@link Weighing#addGradient}, and the same by the bias. */
  void addGradient(
      double alpha, Matrix g, Matrix h, int first, int count, int positions, NodeWeights sum) {
    weighing.addGradient(alpha, g, h, first, count, sum.weights());
    if (sum.bias() != null) {
      Matrix columns = g.view(first * positions, count * positions);
      kernel.addRowSums(new double[] {alpha}, Blocks.of(columns), 1, Blocks.of(sum.bias()));
    }
    if (sum.mask() != null) {
      kernel.multiplyElements(sum.mask(), sum.weights().all());
    }
  }
}
