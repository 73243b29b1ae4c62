package org.phasemap.train.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.phasemap.kernel.Blocks;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.network.graph.Shape;
import org.phasemap.train.model.Arena;
import org.phasemap.train.model.Layer;
import org.phasemap.train.model.Parameters;

/**
 * Weights over their norm in float64, by definition: the reference of {@link WeightRule}.
 *
 * @param operation the weights
 * @param columns of a group
 * @param scale of spectral norm
 */
record OverNorm(Weighted operation, int columns, double scale) {
  /** Of differences, whose error is of the order of its square. */
  private static final double STEP = 1e-4;

  static OverNorm of(GraphModel model, int node) {
    Weighted operation = (Weighted) model.graph().graph().nodes().get(node).operation();
    Shape from = model.graph().from(node);
    int columns = operation.taps().count(from.grid()) * from.channels() / operation.groups();
    return new OverNorm(operation, columns, model.graph().sigmaW());
  }

  /** A model's parameters with the weights that theirs stand for. */
  static Parameters of(GraphModel model, Parameters parameters, Arena arena) {
    List<Layer> layers = new ArrayList<>();
    for (int index = 0; index < parameters.layers().size(); index++) {
      Layer layer = parameters.layers().get(index);
      int node = model.graph().weighted().get(index);
      if (of(model, node).operation.parameterisation() == Parameterisation.PLAIN) {
        layers.add(layer);
        continue;
      }
      double[] weights = of(model, node).weights(widened(layer.read().weights()));
      float[] rounded = new float[weights.length];
      for (int i = 0; i < weights.length; i++) {
        rounded[i] = (float) weights[i];
      }
      Blocks made = layer.zeros(arena).weights();
      made.block(0).write(rounded);
      layers.add(new Layer(made, layer.bias(), layer.mask()));
    }
    return new Parameters(layers);
  }

  private static double[] widened(float[] numbers) {
    double[] wide = new double[numbers.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = numbers[i];
    }
    return wide;
  }

  /** W of V: C_out × columns, each group's rows below those of the one before. */
  private double[] weights(double[] numbers) {
    int rows = operation.channels() / operation.groups();
    double[][] matrix = new double[operation.channels()][columns];
    for (int at = 0; at < numbers.length; at++) {
      int group = at / (rows * columns);
      matrix[group * rows + at % rows][at / rows % columns] = numbers[at];
    }
    double largest = new SingularValueDecomposition(new Array2DRowRealMatrix(matrix)).getNorm();
    double[] weights = new double[numbers.length];
    for (int at = 0; at < numbers.length; at++) {
      double square = 0;
      for (double entry : matrix[at / (rows * columns) * rows + at % rows]) {
        square += entry * entry;
      }
      boolean isSpectral = operation.parameterisation() == Parameterisation.SPECTRAL_NORM;
      weights[at] = numbers[at] * (isSpectral ? scale / largest : 1 / Math.sqrt(square));
    }
    return weights;
  }

  /**
   * The gradient by V along random directions is that by W along the differences of W.
   *
   * @param byWeights the gradient by W
   * @param gradient by V, and biases behind it
   */
  void assertGradient(float[] numbers, double[] byWeights, float[] gradient) {
    Random random = new Random(3);
    double length = 0;
    for (int i = 0; i < numbers.length; i++) {
      length += (double) gradient[i] * gradient[i];
    }
    assertThat(length).isPositive();
    for (int direction = 0; direction < 4; direction++) {
      double[] ahead = new double[numbers.length];
      double[] behind = new double[numbers.length];
      double along = 0;
      for (int i = 0; i < numbers.length; i++) {
        double step = random.nextGaussian();
        ahead[i] = numbers[i] + STEP * step;
        behind[i] = numbers[i] - STEP * step;
        along += gradient[i] * step;
      }
      double[] up = weights(ahead);
      double[] down = weights(behind);
      double expected = 0;
      for (int i = 0; i < up.length; i++) {
        expected += byWeights[i] * (up[i] - down[i]) / (2 * STEP);
      }
      // Float32's rounding of the gradient, and STEP² of the differences over a gap of a tenth.
      assertThat(along).isCloseTo(expected, within(1e-4 * Math.sqrt(length)));
    }
  }
}
