package org.phasemap.theory.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.architecture.convolution.ChannelFluctuation;
import org.phasemap.theory.architecture.convolution.Padding;
import org.phasemap.theory.architecture.convolution.Pooling;
import org.phasemap.theory.architecture.convolution.PositionKernels;
import org.phasemap.theory.architecture.convolution.Taps;
import org.phasemap.theory.architecture.convolution.VarianceProfile;
import org.phasemap.theory.gauss.GaussianDraws;
import org.phasemap.theory.gauss.Sample;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.NeuralTangentKernel;
import org.phasemap.theory.limit.SignalMaps;

/** Convolutions against networks that are drawn tap by tap. */
class ConvolutionMonteCarloTest {
  private final Random random = new Random(31);
  private final GaussianDraws draws = new GaussianDraws(random);

  /** Two layers are exact at any number of channels; a few make the third all but exact. */
  @ParameterizedTest
  @CsvSource({
    "tanh, ZERO, 3, 6, 0, 1",
    "hard_tanh, ZERO, 4, 5, 1, 4",
    "gelu, CIRCULAR, 5, 6, 0, 3",
    "silu, REFLECT, 4, 6, 5, 3"
  })
  void covariancesBetweenPositionsAreThoseOfDrawnNetworks(
      String name, Padding padding, int kernel, int size, int i, int j) {
    Activation f = Activations.parse(name);
    LayerLaw law = new LayerLaw(f, 1.4, 0.2);
    int channels = 24;
    Sample product = new Sample();
    Sample square = new Sample();
    for (int net = 0; net < 500; net++) {
      double[][] z = new double[channels][];
      for (int c = 0; c < channels; c++) {
        double common = Math.sqrt(0.3) * random.nextGaussian();
        z[c] = Arrays.stream(draws.gaussian(size, Math.sqrt(0.7))).map(x -> x + common).toArray();
      }
      for (int l = 1; l < 3; l++) {
        z = layer(law, z, padding, kernel);
      }
      double both = 0;
      double own = 0;
      for (double[] channel : z) {
        both += channel[i] * channel[j] / channels;
        own += channel[i] * channel[i] / channels;
      }
      product.add(both);
      square.add(own);
    }
    PositionKernels theory =
        new PositionKernels(law, new Taps(size, kernel, padding), 1, 1, 0.3).upTo(3);
    product.hasMean(theory.covariance(i, j), 0.03);
    square.hasMean(theory.covariance(i, i), 0.03);
  }

  private double[][] layer(LayerLaw law, double[][] z, Padding padding, int kernel) {
    int channels = z.length;
    int size = z[0].length;
    double[][] next = new double[channels][size];
    double spread = Math.sqrt(law.sigmaW2() / (kernel * channels));
    for (double[] out : next) {
      Arrays.fill(out, Math.sqrt(law.sigmaB2()) * random.nextGaussian());
      for (double[] in : z) {
        double[] w = draws.gaussian(kernel, spread);
        for (int a = 0; a < size; a++) {
          for (int tap = 0; tap < kernel; tap++) {
            int from = source(a + tap - (kernel - 1) / 2, size, padding);
            out[a] += from < 0 ? 0 : w[tap] * law.activation().value(in[from]);
          }
        }
      }
    }
    return next;
  }

  private static int source(int index, int size, Padding padding) {
    if (index >= 0 && index < size) {
      return index;
    }
    return switch (padding) {
      case ZERO -> -1;
      case CIRCULAR -> (index + size) % size;
      case REFLECT -> index < 0 ? -index : 2 * size - 2 - index;
    };
  }

  /** A constant image under circular padding is one input of a dense network. */
  @ParameterizedTest
  @CsvSource({"tanh, 1", "elu, 2"})
  void constantImagesAreDense(String name, int dims) {
    LayerLaw law = new LayerLaw(Activations.parse(name), 1.3, 0.1);
    int depth = 4;
    double q1 = 0.9;
    PositionKernels conv =
        new PositionKernels(law, new Taps(4, 3, Padding.CIRCULAR), dims, q1, 1).upTo(depth);
    var signals = SignalMaps.propagateFrom(law, q1, 0, depth + 1);
    double theta = NeuralTangentKernel.hiddenLayers(signals).diagonal()[depth - 1];
    double value = signals.secondMomentPhi()[depth - 1];
    double slope = signals.chi1()[depth - 1] / law.sigmaW2();
    for (PositionKernels.Readout readout : PositionKernels.Readout.values()) {
      assertThat(conv.nngp(readout)).isCloseTo(value, within(1e-12));
      assertThat(conv.ntk(readout)).isCloseTo(value + slope * theta, within(1e-11));
    }
  }

  /** The diagonal of the covariance is the variance, in any number of dimensions. */
  @ParameterizedTest
  @CsvSource({"softplus, ZERO, 2, 4, 3", "selu, REFLECT, 2, 3, 4", "sin, ZERO, 3, 2, 3"})
  void profilesAreTheDiagonals(String name, Padding padding, int dims, int kernel, int size) {
    LayerLaw law = new LayerLaw(Activations.parse(name), 1.2, 0.1);
    Taps taps = new Taps(size, kernel, padding);
    PositionKernels kernels = new PositionKernels(law, taps, dims, 0.8, 0.2).upTo(4);
    VarianceProfile profile = new VarianceProfile(taps, dims, 0.8).through(law, 3);
    int pixels = (int) Math.pow(size, dims);
    double sum = 0;
    for (int a = 0; a < pixels; a++) {
      sum += kernels.covariance(a, a) / pixels;
    }
    assertThat(profile.mean()).isCloseTo(sum, within(1e-11));
    assertThat(profile.corner()).isCloseTo(kernels.covariance(0, 0), within(1e-11));
  }

  @ParameterizedTest
  @CsvSource({"5, 0.3", "2, -0.4", "12, 0.01", "3, 0.9"})
  void poolsTakeTheMaximum(int window, double rho) {
    Sample square = new Sample();
    Sample mean = new Sample();
    double common = Math.sqrt(Math.max(rho, 0));
    for (int i = 0; i < 40_000; i++) {
      double g = common * random.nextGaussian();
      double[] own = draws.gaussian(window, Math.sqrt(1 - Math.max(rho, 0)));
      double[] x = Arrays.stream(own).map(v -> v + g).toArray();
      if (rho < 0) {
        x[1] = rho * x[0] + Math.sqrt(1 - rho * rho) * x[1];
      }
      double largest = Math.max(0, Arrays.stream(x).max().orElseThrow());
      square.add(largest * largest);
      double average = Arrays.stream(x).map(v -> v / (1 + Math.abs(v))).sum() / window;
      mean.add(average * average);
    }
    square.hasMean(Pooling.maxSecondMoment(window, rho), 0.02);
    mean.hasMean(
        Pooling.averageSecondMoment(Activations.parse("softsign"), window, rho), 0.001);
  }

  /** Three taps on a ring of four meet half a turn apart. */
  @ParameterizedTest
  @CsvSource({"4, 3", "8, 3", "5, 2"})
  void depthwiseLayersFluctuate(int size, int kernel) {
    Sample square = new Sample();
    for (int i = 0; i < 60_000; i++) {
      double[] h = GaussianDraws.relu(draws.gaussian(size, 1));
      double[] w = draws.gaussian(kernel, Math.sqrt(1.0 / kernel));
      double sum = 0;
      for (int a = 0; a < size; a++) {
        double z = 0;
        for (int tap = 0; tap < kernel; tap++) {
          z += w[tap] * h[(a + tap) % size];
        }
        sum += z * z / size;
      }
      square.add(4 * sum * sum);
    }
    square.hasMean(1 + ChannelFluctuation.separableWhite(size, kernel, 1), 0.15);
  }

  /** What a layer adds over two pixels is a fourth moment of two correlated units. */
  @Test
  void channelsFluctuateByFourthMoments() {
    double c = 0.6;
    Sample square = new Sample();
    for (int i = 0; i < 60_000; i++) {
      double u = random.nextGaussian();
      double v = c * u + Math.sqrt(1 - c * c) * random.nextGaussian();
      double q = Math.pow(Math.max(u, 0), 2) + Math.pow(Math.max(v, 0), 2);
      square.add(q * q);
    }
    square.hasMean(1 + ChannelFluctuation.ofRelu(2, c, 2), 0.1);
  }
}
