package org.phasemap.kernel.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.graph.parameter.NodeParameters;
import org.phasemap.kernel.graph.parameter.NodeWeights;
import org.phasemap.kernel.graph.weighing.Weighing;

/** z = W h + b, with the parameters that it has been given. */
final class Weighting implements Step {
  private final Kernel kernel;
  private final Weighing weighing;

  /** What the bias counts at the positions of an input, from the first on, again and again. */
  private final double[] biased;

  private @Nullable Product product;
  private @Nullable Matrix bias;

  /**
   * @param weighing how, which nodes may share: it is closed by its owner
   * @param biased what the bias counts at the positions of an input, from the first on
   */
  Weighting(Kernel kernel, Weighing weighing, double[] biased) {
    this.kernel = kernel;
    this.weighing = weighing;
    this.biased = biased;
  }

  void use(NodeParameters parameters) {
    product = Product.of(parameters, weighing);
    bias = parameters.bias();
  }

  private Product product() {
    return Objects.requireNonNull(product);
  }

  @Override
  public void forward(List<Matrix> in, Matrix out) {
    tangent(in, out);
    if (bias != null) {
      double[] scale = new double[out.columns()];
      Arrays.setAll(scale, j -> biased[j % biased.length]);
      kernel.addBias(bias, scale, out);
    }
  }

  @Override
  public void tangent(List<Matrix> in, Matrix out) {
    product().up(in.get(0), out);
  }

  @Override
  public void backward(Matrix gradient, int index, Matrix out) {
    product().down(gradient, out);
  }

  /** As {@link Weighing#addGradient}, and the same by the bias. */
  void addGradient(
      double alpha, Matrix g, Matrix h, int first, int count, int positions, NodeWeights sum) {
    product().addGradient(alpha, g, h, first, count, sum.weights());
    if (sum.bias() != null) {
      addBiasGradient(alpha, g.view(first * positions, count * positions), sum.bias());
    }
    if (sum.mask() != null) {
      kernel.multiplyElements(sum.mask(), sum.weights().all());
    }
  }

  private void addBiasGradient(double alpha, Matrix g, Matrix sum) {
    if (Arrays.stream(biased).allMatch(each -> each == 1)) {
      kernel.addRowSums(new double[] {alpha}, Blocks.of(g), 1, Blocks.of(sum));
      return;
    }
    try (Matrix counted = kernel.scratch(g.rows(), g.columns())) {
      kernel.copy(g, counted);
      double[] scale = new double[g.columns()];
      Arrays.setAll(scale, j -> biased[j % biased.length]);
      kernel.scaleColumns(scale, counted);
      kernel.addRowSums(new double[] {alpha}, Blocks.of(counted), 1, Blocks.of(sum));
    }
  }
}
