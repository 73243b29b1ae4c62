package org.phasemap.measure.mlp;

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
import org.phasemap.measure.result.KernelSpectrum;
import org.phasemap.network.Activation;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Unit.Sharing;
import org.phasemap.quantity.Category;
import org.phasemap.quantity.JacobianQuantity;
import org.phasemap.quantity.KernelQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.MeasurementBits;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.Quantity;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.quantity.StepQuantity;
import org.phasemap.spec.Inputs;

class PropagationTest {
  private static final Task.Propagation TASK =
      new Task.Propagation(new Inputs(3, 11, 1.3, 0.4), List.of(Probe.values()));

  /** Float32 columns and products over some tens of terms and a few layers. */
  private static final Offset<Double> ROUNDING = within(2e-5);

  /** Eigenvalues of matrices that are not symmetric move by more than their entries do. */
  private static final Offset<Double> EIGENVALUES = within(1e-3);

  private static Cell cell(
      String activation, int depth, WeightLaw law, double sigmaW2, double sigmaB2, double p) {
    return new Cell(
        new NetworkConfig(Activations.parse(activation), depth, 13, law, sigmaW2, sigmaB2, p),
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
      List<Measurement> results = Propagation.measure(kernel, unit);

      for (int i = 0; i < cells.size(); i++) {
        Cell cell = cells.get(i);
        assertSame(cell.network(), results.get(i), new ExplicitNetwork(kernel, cell, 5, 3));
      }
    }
  }

  private static void assertSame(
      NetworkConfig network, Measurement result, ExplicitNetwork explicit) {
    int depth = network.depth();
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
      String where = network + " layer " + l;
      assertThat(result.profile(Profile.Q)[l - 1]).as(where).isCloseTo(q, within(2e-5 * q));
      assertThat(result.profile(Profile.C)[l - 1]).as(where).isCloseTo(c, ROUNDING);
      assertThat(result.profile(Profile.MEAN)[l - 1]).as(where).isCloseTo(mean, ROUNDING);
      assertThat(result.profile(Profile.DEAD)[l - 1]).as(where).isEqualTo(dead / 13.0);
      assertThat(result.profile(Profile.LN_GRADIENT)[l - 1])
          .as(where)
          .isCloseTo(lnGradient, ROUNDING);
      assertThat(result.profile(Profile.LN_WEIGHT_GRADIENT)[l - 1])
          .as(where)
          .isCloseTo(lnWeight, ROUNDING);
      assertThat(result.profile(Profile.LN_JACOBIAN)[l - 1])
          .as(where)
          .isCloseTo(lnJacobian, ROUNDING);
      assertSteps(network, result, l, explicit.weightGradient(l, 0, 2) / 9);
      assertLayer(network, result, explicit, l);
      weightRatio += l == 1 ? lnWeight : 0;
      weightRatio -= l == depth ? lnWeight : 0;
      expectedGain += l == 1 ? lnGradient : 0;
      expectedGain -= l == depth ? lnGradient : 0;
    }
    assertThat(result.category()).isEqualTo(Category.FINITE);
    assertThat(result.number(JacobianQuantity.LN_JACOBIAN_MEAN))
        .isEqualTo(result.profile(Profile.LN_JACOBIAN)[depth - 1]);
    assertThat(result.number(JacobianQuantity.JACOBIAN_RELATIVE_VARIANCE))
        .isCloseTo(spread, within(1e-4 * (1 + spread)));
    assertThat(result.number(SignalQuantity.LN_NORM_RATIO)).isCloseTo(normRatio, ROUNDING);
    assertThat(result.number(SignalQuantity.LN_GRADIENT_GAIN)).isCloseTo(expectedGain, ROUNDING);
    assertThat(result.number(SignalQuantity.LN_WEIGHT_GRADIENT_RATIO))
        .isCloseTo(weightRatio, ROUNDING);
    assertSingularValues(network, result, explicit);
    assertSpectrum(result, "ln_ntk_", explicit.theta);
    assertSpectrum(result, "ln_ntk_standard_", explicit.standardTheta);
    KernelSpectrum ntk = KernelSpectrum.of(explicit.theta, 3);
    assertThat(result.number(KernelQuantity.NTK_OFF_RATIO)).isCloseTo(ntk.offRatio(), ROUNDING);
    assertThat(result.number(KernelQuantity.NTK_EFFECTIVE_RANK))
        .isCloseTo(ntk.effectiveRank(), within(2e-4));
  }

  private static void assertSteps(
      NetworkConfig network, Measurement result, int l, double gradient) {
    int fanIn = l == 1 ? 11 : 13;
    double entries = network.keepProbability() * 13 * fanIn;
    double weight = Math.sqrt(network.sigmaW2() / fanIn);
    double sgd = Math.sqrt(gradient) / (weight * Math.sqrt(entries));
    // Inputs' gradients may cancel in the sum.
    assertThat(result.profile(Profile.LN_SGD_STEP)[l - 1]).isCloseTo(Math.log(sgd), within(2e-4));
    // Far above ε: FirstStepsTest has gradients near it.
    assertThat(result.profile(Profile.LN_ADAM_STEP)[l - 1])
        .isCloseTo(-Math.log(weight), within(2e-4));
    assertThat(result.profile(Profile.LN_SGD_STEP)[l - 1])
        .isBetween(
            result.number(StepQuantity.LN_SGD_STEP_MIN),
            result.number(StepQuantity.LN_SGD_STEP_MAX));
    assertThat(result.profile(Profile.LN_ADAM_STEP)[l - 1])
        .isBetween(
            result.number(StepQuantity.LN_ADAM_STEP_MIN),
            result.number(StepQuantity.LN_ADAM_STEP_MAX));
  }

  /** Squares of all gradients of the layer's parameters, and with the last layer their sum. */
  private static void assertLayer(
      NetworkConfig network, Measurement result, ExplicitNetwork explicit, int l) {
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
    assertThat(result.profile(Profile.LN_NTK)[l - 1]).isCloseTo(Math.log(ntk), ROUNDING);
    assertThat(result.profile(Profile.LN_NTK_STANDARD)[l - 1])
        .isCloseTo(Math.log(standard), ROUNDING);
    double layers = Arrays.stream(result.profile(Profile.LN_NTK)).map(Math::exp).sum();
    assertThat(Math.log(layers + readout + network.sigmaB2()))
        .isCloseTo(result.number(KernelQuantity.LN_NTK_SCALE), ROUNDING);
  }

  /** Against float64 singular value decompositions. */
  private static void assertSingularValues(
      NetworkConfig network, Measurement result, ExplicitNetwork explicit) {
    int depth = network.depth();
    double lnLargest = 0;
    for (int a = 0; a < 3; a++) {
      double[] values =
          new SingularValueDecomposition(new Array2DRowRealMatrix(explicit.jacobian(depth, a)))
              .getSingularValues();
      lnLargest += 2 * Math.log(values[0]) / 3;
      for (int i = 0; a == 0 && i < 13; i++) {
        double square = result.profile(Profile.JACOBIAN_SPECTRUM)[i];
        if (Double.isNaN(square)) {
          // Below 1e-12 of the largest, where they are off by some per cent.
          assertThat(values[i] * values[i]).isLessThan(1.2e-12 * values[0] * values[0]);
        } else {
          assertThat(square).isCloseTo(values[i] * values[i], within(2e-5 * values[0] * values[0]));
        }
      }
    }
    assertThat(result.number(JacobianQuantity.LN_JACOBIAN_SPECTRAL_RADIUS))
        .isCloseTo(Gelfand.lnSquare(explicit.jacobian(depth, 0)), EIGENVALUES);
    // The iteration may stop at 1e-4 of the singular value, but ends well before that.
    assertThat(result.number(JacobianQuantity.LN_JACOBIAN_LARGEST))
        .isCloseTo(lnLargest, within(4e-5));
  }

  private static void assertSpectrum(Measurement measured, String name, double[] theta) {
    KernelSpectrum expected = KernelSpectrum.of(theta, 3);
    assertThat(measured.number(Quantity.of(name + "scale")))
        .isCloseTo(expected.lnScale(), ROUNDING);
    assertThat(measured.number(Quantity.of(name + "lambda_max")))
        .isCloseTo(expected.lnLambdaMax(), ROUNDING);
    // An error of 2e-5 of the scale is this much of the smallest eigenvalue.
    double condition = Math.exp(expected.lnCondition());
    assertThat(measured.number(Quantity.of(name + "lambda_min")))
        .isCloseTo(expected.lnLambdaMin(), within(2e-5 * condition));
  }

  @Test
  void aRowDoesNotDependOnTheCellsMeasuredWithIt() {
    List<Cell> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      many.add(cell("tanh", 1 + i % 7, WeightLaw.NORMAL, 1 + 0.01 * i, 0.05, 1));
    }
    try (Kernel kernel = Backends.fastest().open()) {
      List<Measurement> together =
          Propagation.measure(kernel, new Unit(1, 0, Sampler.DENSE, Sharing.COMMON, many));
      for (int i = 0; i < many.size(); i++) {
        Unit unit = new Unit(1, 0, Sampler.DENSE, Sharing.COMMON, List.of(many.get(i)));
        Measurement alone = Propagation.measure(kernel, unit).get(0);

        assertThat(MeasurementBits.of(alone)).isEqualTo(MeasurementBits.of(together.get(i)));
      }
    }
  }

  @Test
  void gradientsDoNotDependOnWhetherTheKernelIsMeasured() {
    Cell both = cell("tanh", 4, WeightLaw.NORMAL, 1.7, 0.1, 0.6);
    Task.Propagation gradientAlone = new Task.Propagation(TASK.inputs(), List.of(Probe.GRADIENT));
    Cell alone = new Cell(both.network(), null, gradientAlone);
    try (Kernel kernel = Backends.fastest().open()) {
      Measurement full =
          Propagation.measure(kernel, new Unit(1, 0, Sampler.DENSE, Sharing.COMMON, List.of(both)))
              .get(0);
      Measurement part =
          Propagation.measure(kernel, new Unit(1, 0, Sampler.DENSE, Sharing.COMMON, List.of(alone)))
              .get(0);

      assertThat(part.number(SignalQuantity.LN_GRADIENT_GAIN))
          .isEqualTo(full.number(SignalQuantity.LN_GRADIENT_GAIN));
      assertThat(part.number(SignalQuantity.LN_WEIGHT_GRADIENT_RATIO))
          .isCloseTo(full.number(SignalQuantity.LN_WEIGHT_GRADIENT_RATIO), ROUNDING);
      assertThat(part.number(KernelQuantity.LN_NTK_SCALE)).isNaN();
      assertThat(full.number(KernelQuantity.LN_NTK_SCALE)).isFinite();
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
      List<Measurement> results =
          Propagation.measure(kernel, new Unit(1, 0, Sampler.DENSE, Sharing.COMMON, cells));

      assertThat(results)
          .extracting(Measurement::category)
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
