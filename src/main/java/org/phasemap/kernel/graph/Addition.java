package org.phasemap.kernel.graph;

import java.util.Arrays;
import java.util.List;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;

/** Σ factor_i h_i. */
final class Addition implements Step {
  private final Kernel kernel;
  private final List<Double> factors;

  Addition(Kernel kernel, List<Double> factors) {
    this.kernel = kernel;
    this.factors = factors;
  }

  @Override
  public void forward(List<Matrix> in, Matrix out) {
    scaled(in.get(0), factors.get(0), out);
    for (int i = 1; i < in.size(); i++) {
      kernel.add(factors.get(i), in.get(i), out);
    }
  }

  @Override
  public void tangent(List<Matrix> in, Matrix out) {
    forward(in, out);
  }

  @Override
  public void backward(Matrix gradient, int index, Matrix out) {
    scaled(gradient, factors.get(index), out);
  }

  private void scaled(Matrix from, double factor, Matrix out) {
    kernel.copy(from, out);
    if (factor != 1) {
      double[] scale = new double[out.columns()];
      Arrays.fill(scale, factor);
      kernel.scaleColumns(scale, out);
    }
  }
}
