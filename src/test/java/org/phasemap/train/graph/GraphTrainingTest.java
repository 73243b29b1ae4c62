package org.phasemap.train.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.data.DataSet;
import org.phasemap.data.Digits;
import org.phasemap.data.Examples;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.graph.GraphPass;
import org.phasemap.kernel.graph.parameter.GraphParameters;
import org.phasemap.kernel.graph.parameter.WeightDraws;
import org.phasemap.network.Architecture;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.architecture.Groups;
import org.phasemap.network.architecture.Place;
import org.phasemap.network.architecture.Readout;
import org.phasemap.network.architecture.Residual;
import org.phasemap.network.architecture.ResidualScale;
import org.phasemap.network.architecture.Transformer;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.quantity.Category;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.MeasurementBits;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.TrainedQuantity;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Loss;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.Recipe;
import org.phasemap.train.Families;
import org.phasemap.train.Recipes;
import org.phasemap.train.TestKernels;
import org.phasemap.train.Trainer;
import org.phasemap.train.loss.Criteria;
import org.phasemap.train.model.Arena;
import org.phasemap.train.model.GradientNorm;
import org.phasemap.train.model.Layer;
import org.phasemap.train.model.Minibatches;
import org.phasemap.train.model.Parameters;
import org.phasemap.train.model.Pass;
import org.phasemap.train.model.Replicate;
import org.phasemap.zoo.Deeplearning4j;

/** Training of networks that a graph of layers describes. */
class GraphTrainingTest {
  private static final DataSet DIGITS = Digits.load();
  private static final double HE = 2;

  @SuppressWarnings("NullAway.Init")
  private static Kernel kernel;

  @BeforeAll
  static void open() {
    kernel = TestKernels.fastest();
  }

  @AfterAll
  static void close() {
    kernel.close();
  }

  private static Measurement train(NetworkConfig network, Recipe recipe) {
    return Trainer.train(kernel, List.of(network), recipe, DIGITS, 7, 0).get(0);
  }

  static Stream<Arguments> families() {
    return Stream.of(
        Arguments.of(Families.convolutional(Norm.NONE), 4, 4, 0.1, 60),
        Arguments.of(Families.residual(Residual.Order.PRE2, Norm.NONE), 8, 32, 0.02, 100),
        Arguments.of(Families.densenet(Norm.NONE), 8, 32, 0.02, 100),
        Arguments.of(Families.autoencoder(), 5, 64, 0.05, 200),
        Arguments.of(rows(Transformer.Order.PRE), 2, 16, 0.1, 100));
  }

  /** Each row of a digit is a token. */
  private static Architecture.Layered rows(Transformer.Order norm) {
    return new Transformer(8, 2, norm, 2, ResidualScale.ONE, 0);
  }

  /** At a fifth of He's standard deviation the signal is lost, or steps are too small. */
  @ParameterizedTest
  @MethodSource("families")
  void aFamilyIsTrainedFromHeAndNotFromAFifthOfIt(
      Architecture.Layered architecture, int depth, int width, double rate, int steps) {
    Recipe recipe = Recipes.sgd(64, steps, rate, 0.7);
    Measurement good = train(Families.network(architecture, "relu", depth, width, HE), recipe);
    Measurement bad = train(Families.network(architecture, "relu", depth, width, HE / 25), recipe);
    assertThat(good.category()).isEqualTo(Category.TRAINED);
    assertThat(good.number(TrainedQuantity.TEST_ACCURACY)).isGreaterThan(0.65);
    assertThat(bad.category()).isEqualTo(Category.STALLED);
  }

  @Test
  void aResidualNetworkOfThreeTimesHeDiverges() {
    NetworkConfig network =
        Families.network(Families.residual(Residual.Order.PRE2, Norm.NONE), "relu", 8, 32, 9 * HE);
    assertThat(train(network, Recipes.sgd(64, 100, 0.02, 0.7)).category())
        .isEqualTo(Category.DIVERGED);
  }

  /**
   * With batch norm the scale of weights does not matter to the forward pass (ARCHITECTURES 3.3).
   */
  @Test
  void batchNormTrainsFromAFifthOfHeToo() {
    NetworkConfig network =
        Families.network(Families.plain(Norm.BATCH, Place.BEFORE), "relu", 4, 32, HE / 25);
    Measurement result = train(network, Recipes.sgd(64, 100, 0.1, 0.7));
    assertThat(result.category()).isEqualTo(Category.TRAINED);
    assertThat(result.number(TrainedQuantity.TEST_ACCURACY)).isGreaterThan(0.85);
  }

  static Stream<Arguments> overNorm() {
    return Stream.of(
        Arguments.of(Families.plain(Parameterisation.WEIGHT_NORM), HE, HE / 25),
        // A square Gaussian loses a factor of 4 of the variance (ARCHITECTURES 6).
        Arguments.of(Families.plain(Parameterisation.SPECTRAL_NORM), 4 * HE, HE / 6));
  }

  @ParameterizedTest
  @MethodSource("overNorm")
  void weightsOverTheirNormTrainFromCriticalOnesAndNotFromSmallOnes(
      Architecture.Layered architecture, double critical, double small) {
    Recipe recipe = Recipes.sgd(64, 150, 0.05, 0.7);
    Measurement good = train(Families.network(architecture, "relu", 8, 32, critical), recipe);
    Measurement bad = train(Families.network(architecture, "relu", 8, 32, small), recipe);
    assertThat(good.category()).isEqualTo(Category.TRAINED);
    assertThat(bad.category()).isEqualTo(Category.STALLED);
  }

  /** As drawn, a network gives what the network at initialisation gives. */
  @ParameterizedTest
  @EnumSource(
      value = Parameterisation.class,
      names = {"WEIGHT_NORM", "SPECTRAL_NORM"})
  void trainingStartsFromTheNetworkAtInitialisation(Parameterisation weights) {
    NetworkConfig network = Families.network(Families.convolutional(weights), "tanh", 3, 4, HE);
    LayerGraph graph = ((Architecture.Layered) network.architecture()).graph(3, 4, 64);
    double sigmaW = Math.sqrt(network.sigmaW2());
    GraphModel model = new GraphModel(TrainedGraph.of(graph, 1, sigmaW), network.activation(), 1);
    float[] features = Arrays.copyOf(DIGITS.train().features(), 5 * 64);
    try (Arena arena = new Arena(kernel);
        WeightDraws draws = new WeightDraws(kernel, 1, 0);
        GraphParameters drawn = GraphParameters.draw(draws, graph, network);
        GraphPass pass = new GraphPass(kernel, graph, network.activation(), 5)) {
      Matrix inputs = arena.matrix(64, 5);
      inputs.write(features);
      float[] expected = pass.forward(drawn, inputs).read();
      Recipe recipe = Recipes.sgd(5, 1, 0.1, 0.5);
      Parameters parameters =
          model.draw(kernel, arena, List.of(network), recipe, new Replicate(1, 0));
      float[] ours = model.pass(kernel, arena, 5, 1).forward(parameters, features);
      for (int i = 0; i < 5; i++) {
        assertThat(ours[i]).isCloseTo(expected[i], within(1e-5f));
      }
    }
  }

  static Stream<Arguments> recipes() {
    Recipes base = Recipes.of(Recipes.sgd(50, 20, 0.05, 0.5));
    return Stream.of(
        Arguments.of(base),
        Arguments.of(base.with(Loss.MSE).with(new Optimiser.Nesterov(0.8)).withReadoutScale(0.5)),
        Arguments.of(base.with(new Optimiser.Momentum(0.9)).with(new LearningRate.Fixed(0.01))),
        Arguments.of(
            base.with(new Optimiser.Adam(0.9, 0.999, 1e-8)).with(new LearningRate.Fixed(0.002))),
        Arguments.of(base.with(new LearningRate.Critical(0.5)).withDrift()));
  }

  /**
   * An MLP that is given as a graph has the MLP's numbers: it draws the same, and its passes round
   * otherwise, which 20 steps let grow to less than a per mille.
   */
  @ParameterizedTest
  @MethodSource("recipes")
  void aGraphThatIsAnMlpTrainsAsTheMlpDoes(Recipes recipes) {
    Architecture graph = Families.plain(Norm.NONE, Place.BEFORE);
    Measurement mlp =
        train(Families.network(Architecture.MLP, "tanh", 3, 24, 1.6), recipes.recipe());
    Measurement ours = train(Families.network(graph, "tanh", 3, 24, 1.6), recipes.recipe());
    assertThat(ours.category()).isEqualTo(mlp.category());
    for (int i = 0; i < mlp.profile(Profile.CURVE_LOSS).length; i++) {
      assertThat(ours.profile(Profile.CURVE_LOSS)[i])
          .isCloseTo(mlp.profile(Profile.CURVE_LOSS)[i], relative(mlp, i));
    }
    for (TrainedQuantity quantity : TrainedQuantity.values()) {
      double expected = mlp.number(quantity);
      if (!Double.isNaN(expected)) {
        assertThat(ours.number(quantity))
            .as(quantity.column())
            .isCloseTo(expected, within(2e-3 * Math.max(1e-2, Math.abs(expected))));
      }
    }
  }

  private static Offset<Double> relative(Measurement mlp, int i) {
    return within(1e-3 * mlp.profile(Profile.CURVE_LOSS)[i]);
  }

  static Stream<Arguments> engines() {
    return Stream.of(
        Arguments.of(Families.convolutional(Norm.NONE), 3, 4, 1.0),
        Arguments.of(
            Families.convolutional(
                List.of(8, 8), Padding.REFLECT, Groups.of(2), Readout.AVERAGE, Norm.BATCH),
            2,
            4,
            0.7),
        Arguments.of(Families.zeroGamma(Residual.Order.V1, Norm.BATCH), 2, 8, 1.0));
  }

  /** Six steps, of which each starts from what rounding has made of the last. */
  @ParameterizedTest
  @MethodSource("engines")
  void deeplearning4jTrainsToTheSame(
      Architecture.Layered architecture, int depth, int width, double keep) {
    NetworkConfig drawn = Families.network(architecture, "tanh", depth, width, 1.6);
    NetworkConfig network =
        new NetworkConfig(
            architecture,
            drawn.activation(),
            depth,
            width,
            drawn.weightLaw(),
            drawn.sigmaW2(),
            drawn.sigmaB2(),
            keep);
    Recipe recipe = Recipes.sgd(32, 6, 0.05, 0.5);
    Examples few =
        new Examples(
            DIGITS.dimension(),
            Arrays.copyOf(DIGITS.train().features(), 200 * DIGITS.dimension()),
            Arrays.copyOf(DIGITS.train().labels(), 200));
    DataSet data = new DataSet("few", DIGITS.classNames(), few, few);
    Measurement ours = Trainer.train(kernel, List.of(network), recipe, data, 7, 0).get(0);
    Measurement theirs =
        Trainer.trainWith(new Deeplearning4j(), kernel, network, recipe, data, 7, 0);
    for (int i = 0; i < ours.profile(Profile.CURVE_LOSS).length; i++) {
      assertThat(theirs.profile(Profile.CURVE_LOSS)[i])
          .isCloseTo(ours.profile(Profile.CURVE_LOSS)[i], relative(ours, i));
    }
    assertThat(theirs.number(TrainedQuantity.TRAIN_LOSS))
        .isCloseTo(
            ours.number(TrainedQuantity.TRAIN_LOSS),
            within(1e-3 * ours.number(TrainedQuantity.TRAIN_LOSS)));
  }

  static Stream<Arguments> zeroes() {
    return Stream.of(
        Arguments.of(Families.fixup()),
        Arguments.of(Families.zeroGamma(Residual.Order.PRE2, Norm.NONE)),
        Arguments.of(Families.zeroGamma(Residual.Order.V1, Norm.BATCH)));
  }

  /**
   * A branch that starts at 0 gives its inner weights no gradient at the first step, and its last
   * weights, or its γ, one (ARCHITECTURES 3.2).
   */
  @ParameterizedTest
  @MethodSource("zeroes")
  void innerGradientsOfABranchOfZeroAreZeroAtTheFirstStep(Architecture.Layered architecture) {
    NetworkConfig network = Families.network(architecture, "relu", 3, 8, HE);
    GraphModel model = GraphModel.of(architecture, network, DIGITS);
    Recipe recipe = Recipes.sgd(16, 1, 0.1, 0.5);
    Replicate replicate = new Replicate(1, 0);
    try (Arena arena = new Arena(kernel)) {
      Minibatches batches = new Minibatches(kernel, arena, DIGITS.train(), 16, replicate);
      Parameters parameters = model.draw(kernel, arena, List.of(network), recipe, replicate);
      Pass pass = model.pass(kernel, arena, 16, 1);
      batches.advance();
      float[] logits = pass.forward(parameters, batches.features());
      float[] gradient = new float[logits.length];
      Criteria.of(Loss.CROSS_ENTROPY, 10).gradient(logits, 0, batches.labels(), gradient);
      double[] norms = new double[parameters.layers().size()];
      pass.backward(
          parameters,
          gradient,
          (layer, made) -> {
            GradientNorm norm = new GradientNorm(kernel, parameters);
            norm.accept(layer, made);
            norms[layer] = Math.exp(norm.ln());
          });
      int last = -1;
      for (int index = 0; index < norms.length - 1; index++) {
        Node node = model.graph().graph().nodes().get(model.graph().weighted().get(index));
        boolean isZero = isZero(parameters.layers().get(index));
        boolean isInBranch = index > 0;
        assertThat(norms[index] > 0)
            .as("layer %s, %s", node.layer(), node.operation())
            .isEqualTo(isZero || !isInBranch);
        last = isZero ? index : last;
      }
      assertThat(last).isPositive();
    }
  }

  private static boolean isZero(Layer layer) {
    for (float weight : layer.weights().block(0).read()) {
      if (weight != 0) {
        return false;
      }
    }
    return true;
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    NetworkConfig network = Families.network(rows(Transformer.Order.PRE), "relu", 1, 8, HE);
    Recipe recipe =
        Recipes.of(Recipes.sgd(32, 5, 0.05, 0.5)).with(new LearningRate.Critical(0.5)).recipe();
    assertThat(MeasurementBits.of(train(network, recipe)))
        .isEqualTo(MeasurementBits.of(train(network, recipe)));
  }
}
