package org.phasemap.kernel.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.graph.parameter.GraphParameters;
import org.phasemap.kernel.graph.parameter.WeightDraws;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.network.graph.Shape;
import org.phasemap.network.graph.Taps;

/**
 * What positions differ in, exact at any width for He's ReLU networks and linear ones: means within
 * four of their own standard errors of the rows of architecture_values.csv (ARCHITECTURES 1).
 */
class ConvolutionLawsTest {
  private static final int CHANNELS = 8;
  private static final int NETWORKS = 400;
  private static final Kernel KERNEL = Backends.preferred().open();

  @AfterAll
  static void close() {
    KERNEL.close();
  }

  private static Weighted convolution(Taps taps) {
    return new Weighted(CHANNELS, taps, 1, 1, false, Parameterisation.PLAIN);
  }

  /** z_1 of mean square 1 everywhere, then six layers of zero padding. */
  @Test
  void zeroPaddingDimsCorners() {
    LayerGraph.Builder builder = new LayerGraph.Builder();
    int given = builder.add(new Operation.Given(new Shape(2, List.of(8, 8))));
    int z = builder.endLayer(builder.add(Weighted.dense(CHANNELS).unbiased(), given));
    for (int l = 0; l < 6; l++) {
      int h = builder.add(new Operation.Activate(), z);
      z = builder.endLayer(builder.add(convolution(Taps.of(3, Padding.ZERO)), h));
    }
    LayerGraph graph = builder.readout(Weighted.dense(1), z);
    double[][] means = new double[3][NETWORKS];
    for (int r = 0; r < NETWORKS; r++) {
      double[] squares = up(graph, 2, r, new float[] {0.5f, (float) Math.sqrt(0.75)}, 128);
      means[0][r] = squares[0];
      means[1][r] = squares[4 * 8 + 4];
      means[2][r] = StatUtils.mean(squares);
    }

    assertMean(means[0], 0.13414283053057643);
    assertMean(means[1], 0.8855093980328951);
    assertMean(means[2], 0.49809903639);
  }

  /** Output 2a + b: two taps reach even positions, one odd ones. */
  @Test
  void transposedConvolutionsMakeACheckerboard() {
    LayerGraph.Builder builder = new LayerGraph.Builder();
    int given = builder.add(new Operation.Given(new Shape(4, List.of(6))));
    int z = builder.add(convolution(new Taps(3, 2, Padding.ZERO, true)), given);
    LayerGraph graph = builder.readout(Weighted.dense(1), builder.endLayer(z));
    double[][] means = new double[2][NETWORKS];
    for (int r = 0; r < NETWORKS; r++) {
      double[] squares = up(graph, 1, r, new float[] {1}, 24);
      means[0][r] = squares[6];
      means[1][r] = squares[7];
    }

    assertMean(means[0], 4.0 / 3);
    assertMean(means[1], 2.0 / 3);
  }

  @ParameterizedTest
  @CsvSource({
    "REFLECT, 0, 0.596707818930041",
    "REFLECT, 1, 1.1742112482853218",
    "ZERO, 0, 0.36625514403292175",
    "ZERO, 4, 0.9410150891632371"
  })
  void paddingShapesGradients(Padding padding, int position, double expected) {
    LayerGraph.Builder builder = new LayerGraph.Builder();
    int z = builder.add(new Operation.Given(new Shape(CHANNELS, List.of(8))));
    int bottom = builder.endLayer(builder.add(Weighted.dense(CHANNELS).unbiased(), z));
    int top = bottom;
    for (int l = 0; l < 6; l++) {
      top = builder.add(convolution(Taps.of(3, padding)), top);
    }
    LayerGraph graph = builder.readout(Weighted.dense(1), top);
    Random random = new Random(3);
    double[] means = new double[NETWORKS];
    for (int r = 0; r < NETWORKS; r++) {
      means[r] = down(graph, r, random, bottom, top)[position];
    }

    assertMean(means, expected);
  }

  private static GraphParameters draw(WeightDraws draws, LayerGraph graph, double sigmaW2) {
    return GraphParameters.draw(
        draws, graph, new NetworkConfig(Activations.RELU, 1, 1, WeightLaw.NORMAL, sigmaW2, 0, 1));
  }

  /** Mean square over channels of each position at the last layer, of one input of equal pixels. */
  private static double[] up(
      LayerGraph graph, double sigmaW2, int replicate, float[] pixel, int numbers) {
    float[] x = new float[numbers];
    for (int i = 0; i < x.length; i++) {
      x[i] = pixel[i % pixel.length];
    }
    try (WeightDraws draws = new WeightDraws(KERNEL, 11, replicate);
        GraphParameters parameters = draw(draws, graph, sigmaW2);
        GraphPass pass = new GraphPass(KERNEL, graph, Activations.RELU, 1);
        Matrix inputs = KERNEL.matrix(numbers, 1)) {
      inputs.write(x);
      pass.forward(parameters, inputs);
      return meanSquares(pass.value(graph.layers().get(graph.depth() - 1)));
    }
  }

  private static double[] down(
      LayerGraph graph, int replicate, Random random, int bottom, int top) {
    try (WeightDraws draws = new WeightDraws(KERNEL, 12, replicate);
        GraphParameters parameters = draw(draws, graph, 1);
        GraphPass pass = new GraphPass(KERNEL, graph, Activations.RELU, 1);
        Matrix inputs = KERNEL.matrix(8 * CHANNELS, 1);
        Matrix start = KERNEL.matrix(CHANNELS, 8)) {
      float[] gradient = new float[8 * CHANNELS];
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = (float) random.nextGaussian();
      }
      start.write(gradient);
      pass.forward(parameters, inputs);
      double[][] reached = new double[1][];
      pass.backward(
          top,
          start,
          (node, at) -> {
            if (node == bottom) {
              reached[0] = meanSquares(at);
            }
          });
      return reached[0];
    }
  }

  private static double[] meanSquares(Matrix value) {
    float[] entries = value.read();
    double[] means = new double[value.columns()];
    for (int i = 0; i < entries.length; i++) {
      means[i / value.rows()] += (double) entries[i] * entries[i] / value.rows();
    }
    return means;
  }

  private static void assertMean(double[] values, double expected) {
    double error = Math.sqrt(StatUtils.variance(values) / values.length);
    assertThat(StatUtils.mean(values)).isCloseTo(expected, within(4 * error));
  }
}
