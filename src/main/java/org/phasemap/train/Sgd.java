package org.phasemap.train;

import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;

/** Stochastic gradient descent: parameters −= rate × gradient; dropped weights stay zero. */
final class Sgd implements GradientSink {
  private final Kernel kernel;
  private final Parameters parameters;
  private final double learningRate;

  Sgd(Kernel kernel, Parameters parameters, double learningRate) {
    this.kernel = kernel;
    this.parameters = parameters;
    this.learningRate = learningRate;
  }

  @Override
  public void accept(int index, Matrix delta, Matrix input) {
    Layer layer = parameters.layers().get(index);
    kernel.addOuterProduct(-learningRate, delta, input, layer.weights());
    kernel.addRowSums(-learningRate, delta, layer.bias());
    layer.applyMask(kernel);
  }
}
