package org.phasemap.train.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.phasemap.data.CollocationPoints;
import org.phasemap.data.DataSet;
import org.phasemap.data.DataSets;
import org.phasemap.data.DataSource;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.network.Equation;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.architecture.PhysicsInformed;
import org.phasemap.quantity.Category;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.TrainedQuantity;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Loss;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.Recipe;
import org.phasemap.train.Recipes;
import org.phasemap.train.TestKernels;
import org.phasemap.train.Trainer;
import org.phasemap.train.loss.Criterion;
import org.phasemap.train.model.Arena;
import org.phasemap.train.model.Layer;
import org.phasemap.train.model.Parameters;
import org.phasemap.train.model.Pass;
import org.phasemap.train.model.Replicate;
import org.phasemap.zoo.ComputationGraphs;

/** Networks that are to solve an equation. */
class PhysicsInformedTest {
  private static final DataSet POINTS = DataSets.load(new DataSource.Collocation(80));

  private static Recipe adam(int steps) {
    return Recipes.of(Recipes.sgd(32, steps, 0.1, 0.95))
        .with(Loss.RESIDUAL)
        .with(new Optimiser.Adam(0.9, 0.999, 1e-8))
        .with(new LearningRate.Fixed(0.003))
        .recipe();
  }

  private static NetworkConfig network(String activation, int depth, int width, double sigmaW2) {
    return new NetworkConfig(
        new PhysicsInformed(Equation.POISSON),
        Activations.parse(activation),
        depth,
        width,
        WeightLaw.NORMAL,
        sigmaW2,
        0.05,
        1);
  }

  private static Measurement train(NetworkConfig network, Recipe recipe) {
    try (Kernel kernel = TestKernels.fastest()) {
      return Trainer.train(kernel, List.of(network), recipe, POINTS, 3, 0).get(0);
    }
  }

  @Test
  void pointsAreThoseOfTheIntervalAndItsEnds() {
    int ends = 0;
    for (int j = 0; j < POINTS.train().count(); j++) {
      double x = POINTS.train().features()[j];
      boolean isEnd = POINTS.train().labels()[j] == CollocationPoints.END;
      assertThat(Math.abs(x) == 1).isEqualTo(isEnd);
      assertThat(Math.abs(x)).isLessThanOrEqualTo(1);
      ends += isEnd ? 1 : 0;
    }
    assertThat(ends).isEqualTo(8);
    assertThat(POINTS.train().features()).contains(-1, 1);
    assertThat(POINTS.train().count()).isEqualTo(64);
    assertThat(POINTS.test().count()).isEqualTo(16);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tanh", "sin"})
  void aShallowNetworkFindsTheSolution(String activation) {
    Measurement result = train(network(activation, 2, 32, 1.7), adam(1000));
    assertThat(result.category()).isEqualTo(Category.TRAINED);
    assertThat(result.number(TrainedQuantity.TEST_ACCURACY)).isGreaterThan(0.9);
    assertThat(result.number(TrainedQuantity.TRAIN_LOSS)).isLessThan(0.01);
  }

  /** u″ is as good as 0: the residual's gradient has vanished, and plain descent stands still. */
  @Test
  void aDeepOrderedNetworkDoesNot() {
    Recipe recipe = Recipes.of(Recipes.sgd(32, 60, 0.1, 0.95)).with(Loss.RESIDUAL).recipe();
    Measurement result = train(network("tanh", 16, 16, 0.3), recipe);
    assertThat(result.category()).isEqualTo(Category.STALLED);
    // That of u = 0, a little less for the ends.
    assertThat(result.number(TrainedQuantity.TRAIN_LOSS)).isCloseTo(0.22, within(0.03));
  }

  /** The same weights in Deeplearning4j, in float64: u, and central differences of it. */
  @Test
  void deeplearning4jFindsTheSameFunction() {
    NetworkConfig network = network("tanh", 3, 8, 1.7);
    PhysicsInformed architecture = new PhysicsInformed(Equation.POISSON);
    Recipe recipe = Recipes.of(Recipes.sgd(32, 1, 0.1, 0.9)).with(Loss.MSE).recipe();
    int batch = POINTS.test().count();
    float[] x = POINTS.test().features();
    try (Kernel kernel = TestKernels.fastest();
        Arena arena = new Arena(kernel)) {
      GraphModel model = GraphModel.of(architecture, network, POINTS, 1);
      Parameters parameters =
          model.draw(kernel, arena, List.of(network), recipe, new Replicate(3, 0));
      float[] jets = model.pass(kernel, arena, batch, 1).forward(parameters, x);
      ComputationGraph theirs =
          ComputationGraphs.of(
              architecture.graph(3, 8, 1),
              network.activation(),
              recipe,
              0.1,
              parameters.read(),
              DataType.DOUBLE);
      INDArray points = Nd4j.create(x, new long[] {batch, 1}, 'c').castTo(DataType.DOUBLE);
      double h = 1.0 / 256;
      INDArray at = theirs.outputSingle(points);
      INDArray above = theirs.outputSingle(points.add(h));
      INDArray below = theirs.outputSingle(points.sub(h));
      for (int j = 0; j < batch; j++) {
        double slope = (above.getDouble(j) - below.getDouble(j)) / (2 * h);
        double bend = (above.getDouble(j) + below.getDouble(j) - 2 * at.getDouble(j)) / (h * h);
        assertThat((double) jets[3 * j]).isCloseTo(at.getDouble(j), within(1e-5));
        // Differences err by h² times the next derivatives, which are below 100 here.
        assertThat((double) jets[3 * j + 1]).isCloseTo(slope, within(1e-3));
        assertThat((double) jets[3 * j + 2]).isCloseTo(bend, within(1e-3));
      }
    }
  }

  /** Central differences of the loss by parameters of every layer. */
  @Test
  void gradientsAreDifferencesOfTheLoss() {
    NetworkConfig network = network("tanh", 3, 6, 1.5);
    Recipe recipe = adam(1);
    try (Kernel kernel = TestKernels.fastest();
        Arena arena = new Arena(kernel)) {
      GraphModel model = GraphModel.of(new PhysicsInformed(Equation.POISSON), network, POINTS, 1);
      Parameters parameters =
          model.draw(kernel, arena, List.of(network), recipe, new Replicate(3, 0));
      int batch = POINTS.train().count();
      Pass pass = model.pass(kernel, arena, batch, 1);
      float[] x = POINTS.train().features();
      int[] labels = POINTS.train().labels();
      Criterion criterion = model.criterion(recipe, POINTS).of(x);
      float[] gradient = new float[pass.logitStep()];
      criterion.gradient(pass.forward(parameters, x), 0, labels, gradient);
      float[][] found = new float[4][];
      float[][] biases = new float[4][];
      pass.backward(
          parameters,
          gradient,
          (layer, held) -> {
            Layer sum = parameters.layers().get(layer).zeros(arena);
            held.addTo(kernel, new double[] {1}, 0, sum);
            found[layer] = sum.weights().block(0).read();
            biases[layer] = Objects.requireNonNull(sum.bias()).block(0).read();
          });
      for (int layer = 0; layer < 4; layer++) {
        Layer own = parameters.layers().get(layer);
        float[] weights = own.weights().block(0).read();
        Matrix shift = Objects.requireNonNull(own.bias()).block(0);
        float[] shifts = shift.read();
        for (int i = 0; i < weights.length; i += 5) {
          int at = i;
          double slope =
              slope(
                  step -> {
                    float[] moved = weights.clone();
                    moved[at] += (float) step;
                    own.weights().block(0).write(moved);
                    return loss(pass, parameters, criterion, x, labels);
                  });
          own.weights().block(0).write(weights);
          assertThat((double) found[layer][i]).isCloseTo(slope, within(2e-4));
        }
        double slope =
            slope(
                step -> {
                  float[] moved = shifts.clone();
                  moved[0] += (float) step;
                  shift.write(moved);
                  return loss(pass, parameters, criterion, x, labels);
                });
        shift.write(shifts);
        assertThat((double) biases[layer][0]).isCloseTo(slope, within(2e-4));
      }
    }
  }

  private static double loss(
      Pass pass, Parameters parameters, Criterion criterion, float[] x, int[] labels) {
    return criterion.sum(pass.forward(parameters, x), 0, labels, labels.length) / labels.length;
  }

  /** A step of 1/64 errs by its square times the third derivative, and by 1e-7 over it. */
  private static double slope(DoubleUnaryOperator loss) {
    double h = 1.0 / 64;
    double near = (loss.applyAsDouble(h) - loss.applyAsDouble(-h)) / (2 * h);
    double far = (loss.applyAsDouble(2 * h) - loss.applyAsDouble(-2 * h)) / (4 * h);
    return (4 * near - far) / 3;
  }
}
