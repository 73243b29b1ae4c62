package org.phasemap.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.data.DataSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.measure.input.GivenInputs;
import org.phasemap.measure.mlp.Propagation;
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
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.spec.Inputs;

/** Predictions for inputs of any norms and correlations, against networks and against theory. */
class GramPredictionTest {
  private static final List<Probe> PROBES = List.of(Probe.SIGNAL, Probe.GRADIENT, Probe.NTK);
  private static final Inputs DIGITS =
      new Inputs(new Inputs.Chosen(new DataSource.Bundled(), 3), 5, 64, 0.8);
  private static final Inputs SPHERE = new Inputs(new Inputs.Sphere(1.2, 4), 5, 8, 1);

  private static Cell cell(
      String activation, int depth, int width, double sigmaW2, double sigmaB2, double p, Inputs x) {
    return new Cell(
        new NetworkConfig(
            Activations.parse(activation), depth, width, WeightLaw.NORMAL, sigmaW2, sigmaB2, p),
        null,
        new Task.Propagation(x, PROBES));
  }

  /** One quantity, measured and predicted. */
  private record Compared(
      String name,
      ToDoubleFunction<Measurement> measured,
      ToDoubleFunction<Prediction> predicted) {}

  private static final List<Compared> COMPARED =
      List.of(
          new Compared(
              "ln q",
              r -> r.number(SignalQuantity.LN_Q),
              p -> p.limit().number(SignalQuantity.LN_Q)),
          new Compared(
              "c", r -> r.number(SignalQuantity.C), p -> p.limit().number(SignalQuantity.C)),
          new Compared(
              "gain",
              r -> r.number(SignalQuantity.LN_GRADIENT_GAIN),
              p -> p.limit().number(SignalQuantity.LN_GRADIENT_GAIN)),
          new Compared(
              "ntk",
              r -> r.number(KernelQuantity.LN_NTK_SCALE),
              p -> p.limit().number(KernelQuantity.LN_NTK_SCALE)),
          new Compared(
              "off",
              r -> r.number(KernelQuantity.NTK_OFF_RATIO),
              p -> p.limit().number(KernelQuantity.NTK_OFF_RATIO)),
          new Compared(
              "condition",
              r -> r.number(KernelQuantity.LN_NTK_CONDITION),
              p -> p.limit().number(KernelQuantity.LN_NTK_CONDITION)),
          new Compared(
              "standard",
              r -> r.number(KernelQuantity.LN_NTK_STANDARD_SCALE),
              p -> p.limit().number(KernelQuantity.LN_NTK_STANDARD_SCALE)),
          new Compared(
              "q of layer 2", r -> r.profile(Profile.Q)[1], p -> p.limit().profile(Profile.Q)[1]),
          new Compared(
              "c of layer 2", r -> r.profile(Profile.C)[1], p -> p.limit().profile(Profile.C)[1]),
          new Compared(
              "gain from layer 2",
              r -> r.profile(Profile.LN_GRADIENT)[1] - r.profile(Profile.LN_GRADIENT)[2],
              p -> p.limit().profile(Profile.LN_GRADIENT)[1]));

  /**
   * Width 4096: what is left out is of order depth/width, a thousandth, and below half a standard
   * error of 150 networks. Each comparison is within four standard errors; for the condition number
   * and another per cent, because eigenvalues that lie close repel one another at any finite width.
   */
  @ParameterizedTest
  @ValueSource(strings = {"relu", "tanh", "gelu", "selu", "softsign"})
  void wideNetworksShowWhatIsPredicted(String activation) {
    List<Cell> cells = new ArrayList<>();
    for (Inputs inputs : List.of(DIGITS, SPHERE)) {
      cells.add(cell(activation, 3, 4096, 1.7, 0, 1, inputs));
      cells.add(cell(activation, 3, 4096, 2.3, 0.2, 1, inputs));
    }
    compare(cells, 150, Sampler.WEIGHT_FREE);
  }

  /** Of every unit's 800 weights, half are kept. */
  @Test
  void masksCount() {
    compare(List.of(cell("tanh", 3, 800, 3, 0.1, 0.5, DIGITS)), 40, Sampler.DENSE);
  }

  @Test
  void theseInputsHaveDifferentNormsOrCorrelations() {
    double[][] digits = GivenInputs.of(DIGITS).gram();
    double[][] sphere = GivenInputs.of(SPHERE).gram();
    double[] norms = new double[5];
    Arrays.setAll(norms, a -> digits[a][a]);
    assertThat(Arrays.stream(norms).max().orElseThrow())
        .isGreaterThan(1.2 * Arrays.stream(norms).min().orElseThrow());
    assertThat(sphere[0][1]).isNotCloseTo(sphere[0][2], within(0.1));
  }

  private static void compare(List<Cell> cells, int replicates, Sampler sampler) {
    Map<Cell, List<Measurement>> measured = new HashMap<>();
    try (Kernel kernel = Backends.fastest().open()) {
      for (int r = 0; r < replicates; r++) {
        for (Cell cell : cells) {
          Unit unit = new Unit(9, r, sampler, Sharing.COMMON, List.of(cell));
          measured
              .computeIfAbsent(cell, c -> new ArrayList<>())
              .addAll(Propagation.measure(kernel, unit));
        }
      }
    }
    for (Cell cell : cells) {
      Prediction prediction = MlpPredictor.predictions(List.of(cell)).get(0);
      for (Compared quantity : COMPARED) {
        double[] values =
            measured.getOrDefault(cell, List.of()).stream()
                .mapToDouble(quantity.measured())
                .toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        double square = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        double se = Math.sqrt(square / (values.length - 1.0) / values.length);
        assertThat(quantity.predicted().applyAsDouble(prediction))
            .as(quantity.name() + " of " + cell)
            .isCloseTo(mean, within(4 * se + (quantity.name().equals("condition") ? 0.01 : 0)));
      }
    }
  }

  static Stream<String> activations() {
    return Activations.names().stream().map(name -> name.replace("(a)", "(0.1)"));
  }

  /** Inputs of one norm and one correlation are those that all other theory is about. */
  @ParameterizedTest
  @MethodSource("activations")
  void whitenedInputsAreASpecialCase(String activation) {
    for (double sigmaB2 : new double[] {0, 0.1}) {
      for (double p : new double[] {1, 0.5}) {
        List<Cell> cells =
            Stream.of(1, 4, 9)
                .map(
                    d -> cell(activation, d, 100, 1.4 / p, sigmaB2, p, new Inputs(4, 30, 0.9, 0.3)))
                .toList();
        double[][] gram = new double[4][4];
        for (int a = 0; a < 4; a++) {
          Arrays.fill(gram[a], 0.9 * 0.3);
          gram[a][a] = 0.9;
        }
        MlpGroup group = MlpGroup.of(cells);
        List<Prediction> general = MlpPredictor.predictions(group, new GramPairs(group, gram));
        List<Prediction> known = MlpPredictor.predictions(cells);
        for (int i = 0; i < cells.size(); i++) {
          assertSame(general.get(i), known.get(i));
        }
      }
    }
  }

  private static void assertSame(Prediction general, Prediction known) {
    assertThat(general.cell()).isEqualTo(known.cell());
    assertThat(general.phase()).isEqualTo(known.phase());
    List<double[]> pairs = new ArrayList<>();
    pairs.add(new double[] {general.chi1(), known.chi1()});
    for (Compared quantity : COMPARED) {
      if (!quantity.name().contains("layer 2") && !quantity.name().equals("condition")) {
        pairs.add(
            new double[] {
              quantity.predicted().applyAsDouble(general), quantity.predicted().applyAsDouble(known)
            });
      }
    }
    for (int l = 0; l < general.limit().profile(Profile.Q).length; l++) {
      pairs.add(
          new double[] {
            general.limit().profile(Profile.Q)[l], known.limit().profile(Profile.Q)[l]
          });
      pairs.add(
          new double[] {
            general.limit().profile(Profile.C)[l], known.limit().profile(Profile.C)[l]
          });
      pairs.add(
          new double[] {
            general.limit().profile(Profile.LN_GRADIENT)[l],
            known.limit().profile(Profile.LN_GRADIENT)[l]
          });
    }
    // Both lose the digits of the smallest eigenvalue that the condition number says.
    double lost = 1e-14 * Math.exp(known.limit().number(KernelQuantity.LN_NTK_CONDITION));
    assertThat(general.limit().number(KernelQuantity.LN_NTK_CONDITION))
        .as(general.cell().network().toString())
        .isCloseTo(known.limit().number(KernelQuantity.LN_NTK_CONDITION), within(1e-12 + lost));
    for (double[] pair : pairs) {
      assertThat(pair[0])
          .as(general.cell().network().toString())
          .isCloseTo(pair[1], within(1e-12 * Math.max(1, Math.abs(pair[1]))));
    }
  }

  /** An input that is zero has no direction: what needs one is null, all else is predicted. */
  @Test
  void aZeroInputIsPredicted() {
    Cell cell = cell("tanh", 3, 50, 1.5, 0, 1, DIGITS);
    double[][] gram = {{0, 0, 0}, {0, 1, 0.5}, {0, 0.5, 2}};
    MlpGroup group = MlpGroup.of(List.of(cell));
    Prediction prediction = MlpPredictor.predictions(group, new GramPairs(group, gram)).get(0);
    assertThat(prediction.limit().number(SignalQuantity.C)).isNaN();
    assertThat(prediction.limit().number(KernelQuantity.LN_NTK_CONDITION)).isNaN();
    assertThat(
            new double[] {
              prediction.limit().number(SignalQuantity.LN_Q),
              prediction.limit().number(SignalQuantity.LN_GRADIENT_GAIN),
              prediction.limit().number(KernelQuantity.LN_NTK_SCALE),
              prediction.limit().number(KernelQuantity.NTK_OFF_RATIO),
              prediction.limit().number(KernelQuantity.LN_NTK_STANDARD_SCALE)
            })
        .doesNotContain(Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  @Test
  void oneInputHasConditionNumberOne() {
    Inputs one = new Inputs(DIGITS.source(), 1, 64, 1);
    Prediction prediction =
        MlpPredictor.predictions(List.of(cell("tanh", 3, 50, 1.5, 0.1, 1, one))).get(0);
    assertThat(prediction.limit().number(KernelQuantity.LN_NTK_CONDITION)).isZero();
    assertThat(prediction.limit().number(SignalQuantity.C)).isNaN();
  }
}
