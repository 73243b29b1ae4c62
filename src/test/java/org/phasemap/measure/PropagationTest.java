package org.phasemap.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.measure.PropagationResult.Category;
import org.phasemap.measure.result.KernelSpectrum;
import org.phasemap.network.Activation;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Unit.Sharing;
import org.phasemap.spec.Inputs;
import org.phasemap.spec.Spec.Probe;

class PropagationTest {
  private static final Task.Propagation TASK =
      new Task.Propagation(new Inputs(3, 11, 1.3, 0.4), List.of(Probe.values()));

  /** Float32 columns and products over some tens of terms and a few layers. */
  private static final Offset<Double> ROUNDING = within(2e-5);

  private static Cell cell(
      String activation, int depth, WeightLaw law, double sigmaW2, double sigmaB2, double p) {
    return new Cell(
        new NetworkConfig(Activation.parse(activation), depth, 13, law, sigmaW2, sigmaB2, p),
        null,
        TASK);
  }

  @ParameterizedTest
  @CsvSource({
    "NORMAL, 1",
    "UNIFORM, 1",
    "TRUNCATED, 1",
    "ORTHOGONAL, 1",
    "NORMAL, 0.6",
    "UNIFORM, 0.5",
    "ORTHOGONAL, 0.8"
  })
  void everyNumberEqualsThatOfAnExplicitNetwork(WeightLaw law, double p) {
    List<Cell> cells = new ArrayList<>();
    for (String activation : List.of("tanh", "relu", "gelu", "sin", "leaky_relu(0.2)")) {
      for (int depth : new int[] {1, 2, 5}) {
        cells.add(cell(activation, depth, law, 1.7, 0, p));
        cells.add(cell(activation, depth, law, 2.3, 0.1, p));
      }
    }
    Unit unit = new Unit(5, 3, Sampler.DENSE, Sharing.COMMON, cells);
    try (Kernel kernel = Backends.fastest().open()) {
      List<PropagationResult> results = Propagation.measure(kernel, unit);

      assertThat(results).extracting(PropagationResult::cell).hasSameElementsAs(cells);
      for (PropagationResult result : results) {
        assertSame(result, new ExplicitNetwork(kernel, result.cell(), 5, 3));
      }
    }
  }

  private static void assertSame(PropagationResult result, ExplicitNetwork explicit) {
    int depth = result.cell().network().depth();
    NetworkConfig network = result.cell().network();
    double expectedGain = 0;
    double weightRatio = 0;
    double normRatio = 0;
    double spread = 0;
    for (int l = 1; l <= depth; l++) {
      double q = 0;
      double c = 0;
      double mean = 0;
      double lnGradient = 0;
      double lnWeight = 0;
      double lnJacobian = 0;
      int dead = 0;
      for (int a = 0; a < 3; a++) {
        q += dot(explicit.z[l][a], explicit.z[l][a]) / 13 / 3;
        lnGradient += Math.log(dot(explicit.delta[l][a], explicit.delta[l][a])) / 3;
        lnWeight += Math.log(explicit.weightGradient(l, a, a)) / 3;
        double[] moments = explicit.jacobianMoments(l, a);
        lnJacobian += Math.log(moments[0]) / 3;
        if (l == depth) {
          spread += (moments[1] / (moments[0] * moments[0]) - 1) / 3;
          double below = dot(explicit.h[0][a], explicit.h[0][a]) / 11;
          normRatio += Math.log(dot(explicit.h[l][a], explicit.h[l][a]) / 13 / below) / 3;
        }
        for (double value : explicit.h[l][a]) {
          mean += value / 13 / 3;
        }
        for (int b = 0; b < a; b++) {
          c += cosine(explicit.z[l][a], explicit.z[l][b]) / 3;
        }
      }
      for (int i = 0; i < 13; i++) {
        boolean alive = false;
        for (int a = 0; a < 3; a++) {
          Activation phi = network.activation();
          alive |= phi.derivative(explicit.z[l][a][i]) != 0;
        }
        dead += alive ? 0 : 1;
      }
      PropagationResult.Signal layer = result.profile().signal()[l - 1];
      String where = network + " layer " + l;
      assertThat(layer.q()).as(where).isCloseTo(q, within(2e-5 * q));
      assertThat(layer.c()).as(where).isCloseTo(c, ROUNDING);
      assertThat(layer.mean()).as(where).isCloseTo(mean, ROUNDING);
      assertThat(layer.deadShare()).as(where).isEqualTo(dead / 13.0);
      assertThat(result.profile().lnGradient()[l - 1]).as(where).isCloseTo(lnGradient, ROUNDING);
      assertThat(result.profile().lnWeightGradient()[l - 1])
          .as(where)
          .isCloseTo(lnWeight, ROUNDING);
      assertThat(result.jacobian().lnMean()[l - 1]).as(where).isCloseTo(lnJacobian, ROUNDING);
      assertSteps(result, l, explicit.weightGradient(l, 0, 2) / 9);
      assertLayer(result, explicit, l);
      weightRatio += l == 1 ? lnWeight : 0;
      weightRatio -= l == depth ? lnWeight : 0;
      expectedGain += l == 1 ? lnGradient : 0;
      expectedGain -= l == depth ? lnGradient : 0;
    }
    assertThat(result.category()).isEqualTo(Category.FINITE);
    assertThat(result.jacobian().lnMeanSquare()).isEqualTo(result.jacobian().lnMean()[depth - 1]);
    assertThat(result.jacobian().relativeVariance()).isCloseTo(spread, within(1e-4 * (1 + spread)));
    assertThat(result.lnNormRatio()).isCloseTo(normRatio, ROUNDING);
    assertThat(result.lnGradientGain()).isCloseTo(expectedGain, ROUNDING);
    assertThat(result.lnWeightGradientRatio()).isCloseTo(weightRatio, ROUNDING);
    assertSingularValues(result, explicit);
    assertSpectrum(result.ntk(), explicit.theta);
    assertSpectrum(result.standardNtk(), explicit.standardTheta);
  }

  private static void assertSteps(PropagationResult result, int l, double gradient) {
    NetworkConfig network = result.cell().network();
    int fanIn = l == 1 ? 11 : 13;
    double entries = network.keepProbability() * 13 * fanIn;
    double weight = Math.sqrt(network.sigmaW2() / fanIn);
    double sgd = Math.sqrt(gradient) / (weight * Math.sqrt(entries));
    // Inputs' gradients may cancel in the sum.
    assertThat(result.steps().lnSgd()[l - 1]).isCloseTo(Math.log(sgd), within(2e-4));
    // Far above ε: FirstStepsTest has gradients near it.
    assertThat(result.steps().lnAdam()[l - 1]).isCloseTo(-Math.log(weight), within(2e-4));
    assertThat(result.steps().lnSgd()[l - 1])
        .isBetween(result.steps().lnSgdMin(), result.steps().lnSgdMax());
    assertThat(result.steps().lnAdam()[l - 1])
        .isBetween(result.steps().lnAdamMin(), result.steps().lnAdamMax());
  }

  /** Squares of all gradients of the layer's parameters, and with the last layer their sum. */
  private static void assertLayer(PropagationResult result, ExplicitNetwork explicit, int l) {
    NetworkConfig network = result.cell().network();
    double ntk = 0;
    double standard = 0;
    double readout = 0;
    for (int a = 0; a < 3; a++) {
      double weights = explicit.weightGradient(l, a, a);
      double bias = dot(explicit.delta[l][a], explicit.delta[l][a]);
      ntk += (network.sigmaW2() / (l == 1 ? 11 : 13) * weights + network.sigmaB2() * bias) / 3;
      standard += (weights + (network.sigmaB2() > 0 ? bias : 0)) / 3;
      for (int i = 0; i < 13; i++) {
        double h = explicit.readout[i] == 0 ? 0 : explicit.h[network.depth()][a][i];
        readout += network.sigmaW2() / 13 * h * h / 3;
      }
    }
    assertThat(result.ntkLayers().lnScale()[l - 1]).isCloseTo(Math.log(ntk), ROUNDING);
    assertThat(result.ntkLayers().lnStandardScale()[l - 1]).isCloseTo(Math.log(standard), ROUNDING);
    double layers = Arrays.stream(result.ntkLayers().lnScale()).map(Math::exp).sum();
    assertThat(Math.log(layers + readout + network.sigmaB2()))
        .isCloseTo(result.ntk().lnScale(), ROUNDING);
  }

  /** Against float64 singular value decompositions. */
  private static void assertSingularValues(PropagationResult result, ExplicitNetwork explicit) {
    int depth = result.cell().network().depth();
    double lnLargest = 0;
    for (int a = 0; a < 3; a++) {
      double[] values =
          new SingularValueDecomposition(new Array2DRowRealMatrix(explicit.jacobian(depth, a)))
              .getSingularValues();
      lnLargest += 2 * Math.log(values[0]) / 3;
      for (int i = 0; a == 0 && i < 13; i++) {
        double square = result.spectrum().squares()[i];
        if (Double.isNaN(square)) {
          // Below 1e-12 of the largest, where they are off by some per cent.
          assertThat(values[i] * values[i]).isLessThan(1.2e-12 * values[0] * values[0]);
        } else {
          assertThat(square).isCloseTo(values[i] * values[i], within(2e-5 * values[0] * values[0]));
        }
      }
    }
    // The iteration may stop at 1e-4 of the singular value, but ends well before that.
    assertThat(result.spectrum().lnLargestSquare()).isCloseTo(lnLargest, within(4e-5));
  }

  private static void assertSpectrum(KernelSpectrum measured, double[] theta) {
    KernelSpectrum expected = KernelSpectrum.of(theta, 3);
    assertThat(measured.lnScale()).isCloseTo(expected.lnScale(), ROUNDING);
    assertThat(measured.offRatio()).isCloseTo(expected.offRatio(), ROUNDING);
    assertThat(measured.lnLambdaMax()).isCloseTo(expected.lnLambdaMax(), ROUNDING);
    assertThat(measured.effectiveRank()).isCloseTo(expected.effectiveRank(), within(2e-4));
    // An error of 2e-5 of the scale is this much of the smallest eigenvalue.
    double condition = Math.exp(expected.lnCondition());
    assertThat(measured.lnLambdaMin()).isCloseTo(expected.lnLambdaMin(), within(2e-5 * condition));
  }

  @Test
  void aRowDoesNotDependOnTheCellsMeasuredWithIt() {
    List<Cell> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      many.add(cell("tanh", 1 + i % 7, WeightLaw.NORMAL, 1 + 0.01 * i, 0.05, 1));
    }
    try (Kernel kernel = Backends.fastest().open()) {
      for (PropagationResult together :
          Propagation.measure(kernel, new Unit(1, 0, Sampler.DENSE, Sharing.COMMON, many))) {
        PropagationResult alone =
            Propagation.measure(
                    kernel, new Unit(1, 0, Sampler.DENSE, Sharing.COMMON, List.of(together.cell())))
                .get(0);

        assertThat(alone.signal()).isEqualTo(together.signal());
        assertThat(alone.lnGradientGain()).isEqualTo(together.lnGradientGain());
        assertThat(alone.ntk()).isEqualTo(together.ntk());
        assertThat(alone.standardNtk()).isEqualTo(together.standardNtk());
        assertThat(alone.precision()).isEqualTo(together.precision());
        assertThat(alone.steps().lnSgd()).isEqualTo(together.steps().lnSgd());
        assertThat(alone.jacobian().lnMean()).isEqualTo(together.jacobian().lnMean());
        assertThat(alone.jacobian().relativeVariance())
            .isEqualTo(together.jacobian().relativeVariance());
        assertThat(alone.spectrum().lnLargestSquare())
            .isEqualTo(together.spectrum().lnLargestSquare());
        assertThat(alone.spectrum().squares()).isEqualTo(together.spectrum().squares());
        assertThat(alone.ntkLayers().lnScale()).isEqualTo(together.ntkLayers().lnScale());
      }
    }
  }

  @Test
  void gradientsDoNotDependOnWhetherTheKernelIsMeasured() {
    Cell both = cell("tanh", 4, WeightLaw.NORMAL, 1.7, 0.1, 0.6);
    Task.Propagation gradientAlone = new Task.Propagation(TASK.inputs(), List.of(Probe.GRADIENT));
    Cell alone = new Cell(both.network(), null, gradientAlone);
    try (Kernel kernel = Backends.fastest().open()) {
      PropagationResult full =
          Propagation.measure(kernel, new Unit(1, 0, Sampler.DENSE, Sharing.COMMON, List.of(both)))
              .get(0);
      PropagationResult part =
          Propagation.measure(kernel, new Unit(1, 0, Sampler.DENSE, Sharing.COMMON, List.of(alone)))
              .get(0);

      assertThat(part.lnGradientGain()).isEqualTo(full.lnGradientGain());
      assertThat(part.lnWeightGradientRatio()).isCloseTo(full.lnWeightGradientRatio(), ROUNDING);
      assertThat(part.ntk()).isEqualTo(KernelSpectrum.ABSENT);
      assertThat(full.ntk().lnScale()).isFinite();
    }
  }

  @Test
  void overflowAndUnderflowAreCategories() {
    List<Cell> cells =
        List.of(
            cell("relu", 80, WeightLaw.NORMAL, 200, 0, 1),
            cell("linear", 80, WeightLaw.NORMAL, 0.02, 0, 1),
            cell("linear", 80, WeightLaw.NORMAL, 0, 0, 1));
    try (Kernel kernel = Backends.fastest().open()) {
      List<PropagationResult> results =
          Propagation.measure(kernel, new Unit(1, 0, Sampler.DENSE, Sharing.COMMON, cells));

      assertThat(results)
          .extracting(PropagationResult::category)
          .containsExactly(Category.EXPLODED, Category.VANISHED, Category.VANISHED);
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double cosine(double[] a, double[] b) {
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  }
}
