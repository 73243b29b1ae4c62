package org.phasemap.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.phasemap.network.Activation;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;

/**
 * One step of SGD from the same parameters on the same batch: Deeplearning4j's {@link
 * MultiLayerNetwork} finds the same loss, gradients and updated parameters.
 */
class Deeplearning4jOracleTest {
  private static final int BATCH = 16;
  private static final int CLASSES = 10;

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of("relu", new ActivationReLU(), 1),
        Arguments.of("relu", new ActivationReLU(), 12),
        Arguments.of("tanh", new ActivationTanH(), 2),
        Arguments.of("tanh", new ActivationTanH(), 20),
        Arguments.of("linear", new ActivationIdentity(), 4),
        Arguments.of("leaky_relu(0.2)", new ActivationLReLU(0.2), 4),
        Arguments.of("hard_tanh", new ActivationHardTanH(), 4),
        Arguments.of("silu", new ActivationSwish(), 4),
        Arguments.of("softplus", new ActivationSoftPlus(), 4),
        Arguments.of("elu", new ActivationELU(1.0), 4),
        Arguments.of("selu", new ActivationSELU(), 4),
        Arguments.of("mish", new ActivationMish(), 4),
        Arguments.of("sigmoid", new ActivationSigmoid(), 4),
        Arguments.of("softsign", new ActivationSoftSign(), 4));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void deeplearning4jTakesTheSameStep(String name, IActivation theirs, int depth) {
    double tolerance = 2e-6 * (depth + 3);
    OneStep step =
        OneStep.take(
            new NetworkConfig(Activation.parse(name), depth, 48, WeightLaw.NORMAL, 1.6, 0.05, 1),
            BATCH);
    MultiLayerNetwork oracle = oracle(theirs, step.start());
    INDArray x = Nd4j.create(step.x()).castTo(DataType.FLOAT);
    INDArray y = Nd4j.zeros(BATCH, CLASSES);
    for (int j = 0; j < BATCH; j++) {
      y.putScalar(j, step.labels()[j], 1);
    }
    oracle.setInput(x);
    oracle.setLabels(y);
    oracle.computeGradientAndScore();
    assertThat(step.loss()).isCloseTo(oracle.score(), within(step.loss() * tolerance));
    assertThat(step.gradient().distance(gradient(oracle, step.start().zeros())))
        .isLessThan(tolerance);
    oracle.fit(new DataSet(x, y));
    assertThat(step.end().distance(parameters(oracle, step.start().zeros()))).isLessThan(tolerance);
  }

  private static MultiLayerNetwork oracle(IActivation activation, ReferenceNetwork start) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder().updater(new Sgd(OneStep.LEARNING_RATE)).list();
    int depth = start.weights.length - 1;
    for (int l = 0; l < depth; l++) {
      layers.layer(
          new DenseLayer.Builder()
              .nIn(start.weights[l][0].length)
              .nOut(start.weights[l].length)
              .activation(activation)
              .build());
    }
    layers.layer(
        new OutputLayer.Builder(new LossMCXENT())
            .nIn(start.weights[depth][0].length)
            .nOut(CLASSES)
            .activation(new ActivationSoftmax())
            .build());
    MultiLayerNetwork oracle = new MultiLayerNetwork(layers.build());
    oracle.init();
    for (int l = 0; l <= depth; l++) {
      INDArray weights = Nd4j.create(start.weights[l]).castTo(DataType.FLOAT);
      oracle.setParam(l + "_W", weights.transpose());
      oracle.setParam(l + "_b", Nd4j.create(start.biases[l]).castTo(DataType.FLOAT).reshape(1, -1));
    }
    return oracle;
  }

  /** Their gradient of the mean loss; they divide by the size of the batch only on updating. */
  private static ReferenceNetwork gradient(MultiLayerNetwork oracle, ReferenceNetwork out) {
    Gradient gradient = oracle.gradient();
    for (int l = 0; l < out.weights.length; l++) {
      out.weights[l] = gradient.getGradientFor(l + "_W").div(BATCH).transpose().toDoubleMatrix();
      out.biases[l] = gradient.getGradientFor(l + "_b").div(BATCH).toDoubleVector();
    }
    return out;
  }

  private static ReferenceNetwork parameters(MultiLayerNetwork oracle, ReferenceNetwork out) {
    for (int l = 0; l < out.weights.length; l++) {
      out.weights[l] = oracle.getParam(l + "_W").transpose().toDoubleMatrix();
      out.biases[l] = oracle.getParam(l + "_b").toDoubleVector();
    }
    return out;
  }
}
