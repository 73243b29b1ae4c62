package org.phasemap.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.architecture.Families;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.quantity.JacobianQuantity;
import org.phasemap.quantity.KernelQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.spec.Inputs;
import org.phasemap.theory.gauss.Sample;

/** Theory beside the engine, of networks that random draws of families seldom or never make. */
class RareNetworksTest {
  private static final int WIDTH = 64;
  private static final int NETWORKS = 10;

  /** Beside the standard error: units of layers that have 64 of them, four or five layers deep. */
  private static final double FINITE = 1.5 / WIDTH;

  private static Cell cell(
      String architecture, String activation, WeightLaw law, double keep, Inputs inputs) {
    NetworkConfig network =
        new NetworkConfig(
            Families.parse(architecture),
            Activations.parse(activation),
            3,
            WIDTH,
            law,
            1.4,
            0.1,
            keep);
    return new Cell(
        network,
        null,
        new Task.Propagation(
            inputs, List.of(Probe.SIGNAL, Probe.GRADIENT, Probe.NTK, Probe.JACOBIAN)));
  }

  private static Outlook outlook(Cell cell) {
    return Predictors.predict(List.of(cell)).get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Orthogonal matrices have one singular value.
        "mlp(weights=spectral_norm) | tanh | ORTHOGONAL | 1",
        "residual(order=pre2, scale=depth, norm=rms, weights=spectral_norm) | gelu | ORTHOGONAL |"
            + " 1",
        // Few columns: the asymptotic law of the largest singular value, not the limit.
        "convolutional(size=6, kernel=3, padding=circular, groups=separable, weights=spectral_norm)"
            + " | tanh | NORMAL | 1",
        // A row of one weight or of three that a mask takes away as a whole.
        "convolutional(size=6, kernel=1, padding=zero, groups=separable, weights=weight_norm)"
            + " | tanh | NORMAL | 0.6",
        "convolutional(size=6, kernel=3, padding=reflect, groups=separable, weights=weight_norm)"
            + " | elu | UNIFORM | 0.4",
        // All the weight is on the one token.
        "transformer(tokens=1, heads=8, norm=pre, feed_forward=2) | gelu | NORMAL | 1",
        "transformer(tokens=1, heads=8, norm=none, feed_forward=1, token_cosine=0.4) | relu |"
            + " NORMAL | 0.6",
        // An activation after the sum: only its own law is known of an input.
        "residual(order=v1) | relu | NORMAL | 1",
        "residual(order=v1, scale=decaying, norm=layer) | gelu | NORMAL | 0.6",
        "residual(order=v1, scale=depth, norm=rms, weights=weight_norm) | abs | ORTHOGONAL | 1",
        "residual(order=v1, fixup=true) | hard_tanh | UNIFORM | 1",
        "residual(branch=convolutional, size=6, kernel=3, padding=zero, order=v1) | relu | NORMAL"
            + " | 1",
      })
  void theoryIsWithinFourStandardErrors(
      String architecture, String activation, WeightLaw law, double keep) {
    Cell cell = cell(architecture, activation, law, keep, new Inputs(3, 768, 1, 0.4));
    Measurement limit = outlook(cell).prediction().orElseThrow().limit();
    try (Kernel kernel = Backends.fastest().open()) {
      LayeredMonteCarloTest.assertClose(
          FINITE, cell, limit, LayeredMonteCarloTest.measure(kernel, cell, NETWORKS));
    }
  }

  /** Sums of values that batch norm made are no Gaussians; gradients have no formula. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "residual(order=v1, norm=batch) | relu",
        "residual(order=post1, norm=batch, scale=decaying) | elu",
      })
  void batchNormInTheStream(String architecture, String activation) {
    Cell cell = cell(architecture, activation, WeightLaw.NORMAL, 1, new Inputs(8, 64, 1, 0.4));
    Outlook outlook = outlook(cell);
    Measurement limit = outlook.prediction().orElseThrow().limit();
    assertThat(limit.number(SignalQuantity.LN_Q)).isNotNaN();
    assertThat(limit.number(SignalQuantity.LN_GRADIENT_GAIN)).isNaN();
    assertThat(outlook.missing()).contains("batch norm in streams that an activation bends");
    try (Kernel kernel = Backends.fastest().open()) {
      LayeredMonteCarloTest.assertClose(
          FINITE, cell, limit, LayeredMonteCarloTest.measure(kernel, cell, NETWORKS));
    }
  }

  /**
   * φ of a large mean makes gradients by weights go with the sum of the signs, which of eight is 0
   * with a probability of 0.27. Logarithms of means would make the ratio 0.37 smaller: five
   * standard errors.
   */
  @Test
  void weightGradientsGoWithSigns() {
    Cell cell =
        cell(
            "residual(order=pre1, norm=batch)",
            "sigmoid",
            WeightLaw.NORMAL,
            1,
            new Inputs(8, 64, 1, 0.4));
    SignalQuantity ratio = SignalQuantity.LN_WEIGHT_GRADIENT_RATIO;
    Sample sample = new Sample();
    try (Kernel kernel = Backends.fastest().open()) {
      LayeredMonteCarloTest.measure(kernel, cell, 150).forEach(m -> sample.add(m.number(ratio)));
    }
    sample.hasMean(outlook(cell).prediction().orElseThrow().limit().number(ratio), 0.06);
  }

  /**
   * Where all signs are alike, all gradients below the last batch norm are 0 but those of W_0,
   * which counts as layer 1's: a skip takes it there. Such networks are null in what is measured.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "residual(order=post2, norm=batch) | 4 | false",
        "residual(order=post2, norm=batch) | 8 | false",
        "residual(order=post2, norm=batch) | 16 | true",
        "residual(order=post2, norm=batch, zero_gamma=true) | 16 | false",
        "residual(order=pre2, norm=batch) | 4 | true",
        "mlp(norm=batch) | 4 | true"
      })
  void infiniteRatiosHaveNoTheory(String architecture, int batch, boolean hasTheory) {
    Inputs inputs = new Inputs(batch, 64, 1, 0.4);
    Cell cell = cell(architecture, "tanh", WeightLaw.NORMAL, 1, inputs);
    SignalQuantity ratio = SignalQuantity.LN_WEIGHT_GRADIENT_RATIO;
    Outlook outlook = outlook(cell);
    double theory = outlook.prediction().orElseThrow().limit().number(ratio);
    assertThat(Double.isFinite(theory)).isEqualTo(hasTheory);
    assertThat(String.valueOf(outlook.missing()).contains("ln_weight_gradient_ratio"))
        .isEqualTo(!hasTheory);
    if (batch == 4) {
      try (Kernel kernel = Backends.fastest().open()) {
        List<Measurement> found = LayeredMonteCarloTest.measure(kernel, cell, 40);
        assertThat(found.stream().anyMatch(m -> Double.isNaN(m.number(ratio))))
            .isEqualTo(!hasTheory);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mlp | UNIFORM | 1",
        "mlp | NORMAL | 0.5",
        "autoencoder(widths=2x1x2) | TRUNCATED | 1",
        "mlp(weights=weight_norm) | NORMAL | 1",
        "convolutional(size=4, kernel=1, padding=zero, groups=1) | NORMAL | 0.9",
      })
  void unitsOfOneWeightAreNoGaussians(String architecture, WeightLaw law, double keep) {
    int numbers = architecture.startsWith("conv") ? 4 : 1;
    Cell cell = cell(architecture, "tanh", law, keep, new Inputs(1, numbers, 1, 0));
    assertThat(outlook(cell).prediction()).isEmpty();
    assertThat(outlook(cell).missing()).contains("one weight each");
    Cell more = cell(architecture, "tanh", law, keep, new Inputs(1, 2 * numbers, 1, 0));
    assertThat(outlook(more).prediction()).isPresent();
  }

  /** Sums of rounding errors are no numbers: 0 is what they stand for. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mlp(norm=rms, gamma=2, weights=weight_norm) | relu",
        "mlp(norm=layer, place=after) | silu",
        "autoencoder(widths=4x2x1x2x4, weights=spectral_norm) | leaky_relu(0.3)",
        "convolutional(size=6, kernel=1, padding=circular, groups=4, weights=weight_norm) | erf",
      })
  void roundingIsNoNumber(String architecture, String activation) {
    Cell cell = cell(architecture, activation, WeightLaw.NORMAL, 1, new Inputs(3, 384, 1, 0));
    Measurement limit = outlook(cell).prediction().orElseThrow().limit();
    for (Profile profile : List.of(Profile.C, Profile.LN_GRADIENT, Profile.TOKEN_COSINE)) {
      for (double each : limit.profile(profile)) {
        assertThat(each).satisfiesAnyOf(x -> assertThat(x).isZero(), RareNetworksTest::isNumber);
      }
    }
    for (double each :
        new double[] {
          limit.number(SignalQuantity.LN_Q),
          limit.number(SignalQuantity.C),
          limit.number(SignalQuantity.LN_NORM_RATIO),
          limit.number(SignalQuantity.LN_GRADIENT_GAIN),
          limit.number(SignalQuantity.LN_WEIGHT_GRADIENT_RATIO),
          limit.number(JacobianQuantity.LN_JACOBIAN_MEAN),
          limit.number(KernelQuantity.NTK_OFF_RATIO)
        }) {
      assertThat(each).satisfiesAnyOf(x -> assertThat(x).isZero(), RareNetworksTest::isNumber);
    }
  }

  private static void isNumber(double x) {
    assertThat(Math.abs(x)).isGreaterThan(1e-10);
  }
}
