package org.phasemap.train.model;

import java.util.Arrays;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;

/** The squared norm of one network's gradient over all its parameters, dropped weights aside. */
public final class GradientNorm implements GradientSink {
  private final Kernel kernel;
  private final Parameters parameters;
  private double square;

  /**
   * Of a gradient that is handed over layer by layer.
   *
   * @param parameters of one network, whose masks say what is dropped
   */
  public GradientNorm(Kernel kernel, Parameters parameters) {
    this.kernel = kernel;
    this.parameters = parameters;
  }

  @Override
  public void accept(int index, LayerGradient made) {
    try (Arena arena = new Arena(kernel)) {
      Layer layer = parameters.layers().get(index);
      Layer gradient = layer.zeros(arena);
      made.addTo(kernel, new double[] {1}, 0, gradient);
      layer.applyMask(kernel, gradient);
      square += square(gradient.weights());
      if (gradient.bias() != null) {
        square += square(gradient.bias());
      }
    }
  }

  private double square(Blocks blocks) {
    return Arrays.stream(kernel.gram(blocks.block(0), 1)).sum();
  }

  /** ln ‖g‖; −∞ where the gradient is exactly zero. */
  public double ln() {
    return Math.log(square) / 2;
  }
}
