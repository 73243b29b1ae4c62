package org.phasemap.measure.mlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.measure.input.InputColumns;
import org.phasemap.measure.result.KernelSpectrum;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Unit.Sharing;
import org.phasemap.quantity.KernelQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.Quantity;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.spec.Inputs;

/**
 * The same explicit weights in Deeplearning4j's {@link MultiLayerNetwork}: its activations, its
 * gradients of each input's output, and the tangent kernels of these gradients.
 */
class Deeplearning4jPropagationTest {
  private static final int INPUTS = 4;
  private static final int WIDTH = 24;

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of("tanh", new ActivationTanH(), 1, 0.1),
        Arguments.of("tanh", new ActivationTanH(), 9, 0.1),
        Arguments.of("relu", new ActivationReLU(), 6, 0),
        Arguments.of("linear", new ActivationIdentity(), 3, 0.2),
        Arguments.of("silu", new ActivationSwish(), 5, 0.1),
        Arguments.of("softplus", new ActivationSoftPlus(), 4, 0.1),
        Arguments.of("elu", new ActivationELU(1.0), 5, 0));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void deeplearning4jFindsTheSame(String name, IActivation theirs, int depth, double sigmaB2) {
    NetworkConfig network =
        new NetworkConfig(Activations.parse(name), depth, WIDTH, WeightLaw.NORMAL, 1.8, sigmaB2, 1);
    Task.Propagation task =
        new Task.Propagation(
            new Inputs(INPUTS, 15, 1.1, 0.4), List.of(Probe.SIGNAL, Probe.GRADIENT, Probe.NTK));
    Unit unit =
        new Unit(3, 1, Sampler.DENSE, Sharing.COMMON, List.of(new Cell(network, null, task)));
    try (Kernel kernel = Backends.fastest().open();
        Matrix x = InputColumns.draw(kernel, task.inputs(), unit.seed())) {
      Measurement measured = Propagation.measure(kernel, unit).get(0);
      MultiLayerNetwork oracle = oracle(kernel, unit, x, theirs);
      INDArray columns = Nd4j.create(x.read(), new int[] {x.rows(), INPUTS}, 'f');
      double within = 2e-6 * (depth + 5);

      double[] theta = new double[INPUTS * INPUTS];
      double[] standardTheta = new double[INPUTS * INPUTS];
      double[] lnGradient = new double[depth];
      List<Map<String, INDArray>> gradients = new ArrayList<>();
      for (int a = 0; a < INPUTS; a++) {
        INDArray input = columns.getColumn(a).reshape(1, x.rows());
        oracle.setInput(input);
        List<INDArray> activations = oracle.feedForward(true, false);
        for (int l = 1; l <= depth; l++) {
          assertThat(activations.get(l).length()).isEqualTo(WIDTH);
        }
        gradients.add(copy(oracle.backpropGradient(Nd4j.ones(1, 1), null).getFirst()));
        for (int l = 0; l < depth; l++) {
          double norm = Math.sqrt(dot(gradients, a, a, l + "_b"));
          lnGradient[l] += 2 * Math.log(norm) / INPUTS;
        }
      }
      INDArray all = oracle.feedForward(columns.transpose(), false).get(depth);
      assertThat(measured.number(SignalQuantity.MEAN))
          .isCloseTo(all.meanNumber().doubleValue(), within(within));
      for (int l = 0; l < depth; l++) {
        assertThat(measured.profile(Profile.LN_GRADIENT)[l])
            .isCloseTo(lnGradient[l], within(within));
      }
      for (int a = 0; a < INPUTS; a++) {
        for (int b = 0; b < INPUTS; b++) {
          for (int l = 0; l <= depth; l++) {
            double weights = dot(gradients, a, b, l + "_W");
            double biases = dot(gradients, a, b, l + "_b");
            double fanIn = l == 0 ? x.rows() : WIDTH;
            theta[a * INPUTS + b] += network.sigmaW2() / fanIn * weights + sigmaB2 * biases;
            standardTheta[a * INPUTS + b] += weights + (sigmaB2 > 0 ? biases : 0);
          }
        }
      }
      assertSame(measured, "ln_ntk_", theta, within);
      assertSame(measured, "ln_ntk_standard_", standardTheta, within);
      assertThat(measured.number(KernelQuantity.NTK_OFF_RATIO))
          .isCloseTo(KernelSpectrum.of(theta, INPUTS).offRatio(), within(within));
    }
  }

  /** The next pass overwrites the original. */
  private static Map<String, INDArray> copy(Gradient gradient) {
    Map<String, INDArray> copy = new HashMap<>();
    gradient.gradientForVariable().forEach((name, value) -> copy.put(name, value.dup()));
    return copy;
  }

  private static double dot(List<Map<String, INDArray>> gradients, int a, int b, String name) {
    INDArray x = Objects.requireNonNull(gradients.get(a).get(name));
    return x.mul(Objects.requireNonNull(gradients.get(b).get(name))).sumNumber().doubleValue();
  }

  private static void assertSame(Measurement measured, String name, double[] theta, double within) {
    KernelSpectrum expected = KernelSpectrum.of(theta, INPUTS);
    double largest = measured.number(Quantity.of(name + "lambda_max"));
    double smallest = measured.number(Quantity.of(name + "lambda_min"));
    assertThat(measured.number(Quantity.of(name + "scale")))
        .isCloseTo(expected.lnScale(), within(within));
    assertThat(largest).isCloseTo(expected.lnLambdaMax(), within(within));
    assertThat(largest - smallest)
        .isCloseTo(expected.lnCondition(), within(within * Math.exp(expected.lnCondition())));
  }

  private static MultiLayerNetwork oracle(
      Kernel kernel, Unit unit, Matrix x, IActivation activation) {
    NetworkConfig network = unit.cells().get(0).network();
    NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder().list();
    for (int l = 0; l <= network.depth(); l++) {
      boolean readout = l == network.depth();
      layers.layer(
          new DenseLayer.Builder()
              .nIn(l == 0 ? x.rows() : WIDTH)
              .nOut(readout ? 1 : WIDTH)
              .activation(readout ? new ActivationIdentity() : activation)
              .build());
    }
    MultiLayerNetwork oracle = new MultiLayerNetwork(layers.build());
    oracle.init();
    try (DenseConnections connections = new DenseConnections(kernel, unit, x);
        Matrix bias = kernel.matrix(WIDTH, 1);
        Matrix omega = connections.readout()) {
      for (int l = 0; l < network.depth(); l++) {
        connections.enterUpwards(l + 1);
        connections.fillBias(l + 1, bias);
        Matrix g = connections.weights();
        setWeights(oracle, l, network.sigmaW2(), g);
        oracle.setParam(
            l + "_b", Nd4j.create(bias.read()).reshape(1, WIDTH).mul(Math.sqrt(network.sigmaB2())));
      }
      INDArray weights = Nd4j.create(omega.read()).reshape(WIDTH, 1);
      oracle.setParam(network.depth() + "_W", weights.mul(Math.sqrt(network.sigmaW2() / WIDTH)));
    }
    return oracle;
  }

  private static void setWeights(MultiLayerNetwork oracle, int layer, double sigmaW2, Matrix g) {
    INDArray weights = Nd4j.create(g.read(), new int[] {g.rows(), g.columns()}, 'f');
    oracle.setParam(layer + "_W", weights.transpose().mul(Math.sqrt(sigmaW2 / g.columns())));
  }
}
