package org.phasemap.measure.mlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.data.DataSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
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
import org.phasemap.quantity.DerivativeQuantity;
import org.phasemap.quantity.KernelQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Quantity;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.quantity.StepQuantity;
import org.phasemap.quantity.TokenQuantity;
import org.phasemap.spec.Inputs;

/**
 * Both samplers in law against float64 networks of another generator: Kolmogorov and Smirnov's test
 * of every scalar, at a level that makes one false alarm in a hundred runs of all of them. Where
 * float32 ends (a norm of 0, a λ_min of rounding) values count as one, below all others, on either
 * side: shares of them are compared with the rest.
 *
 * <p>{@code -Dphasemap.simulated=5000} draws as many networks of each kind; {@code
 * -Dphasemap.activations=…} names what else to try.
 */
class SimulatorTest {
  private static final int FEW = 80;

  /** Follow from others, or have tests of their own. */
  private static final Set<Quantity> NOT_SIMULATED =
      Set.of(
          SignalQuantity.DEAD_SHARE,
          KernelQuantity.LN_NTK_CONDITION,
          KernelQuantity.LN_NTK_CRITICAL_LEARNING_RATE,
          KernelQuantity.LN_NTK_STANDARD_CRITICAL_LEARNING_RATE,
          KernelQuantity.LN_NTK_OUTPUTS_LAMBDA_MIN,
          KernelQuantity.LN_NTK_OUTPUTS_CONDITION,
          StepQuantity.LN_ADAM_STEP_MAX,
          StepQuantity.LN_ADAM_STEP_MIN);

  private static final int NETWORKS = Integer.getInteger("phasemap.simulated", FEW);
  private static final String[] ACTIVATIONS =
      System.getProperty("phasemap.activations", "tanh,gelu,relu").split(",");

  /** Tests × samplers × cells × scalars, at most. */
  private static final double LEVEL = 0.01 / (16 * 2 * 4 * ACTIVATIONS.length * 40);

  /** Added to every number: float32 rounding is not compared where a law is a single value. */
  private static final double JITTER = 1e-4;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "sphere, 1, NORMAL, 1, 2, 1",
    "sphere, 3, NORMAL, 1, 2, 1",
    "digits, 8, NORMAL, 1, 2, 1",
    "csv, 2, NORMAL, 1, 2, 1",
    "parquet, 3, NORMAL, 1, 2, 1",
    "equal, 4, NORMAL, 1, 2, 1",
    "opposite, 3, NORMAL, 1, 2, 1",
    "decades, 2, NORMAL, 1, 2, 1",
    "gaussian, 1, NORMAL, 1, 2, 1",
    "sphere, 5, UNIFORM, 1, 2, 1",
    "csv, 4, TRUNCATED, 1, 2, 1",
    "sphere, 4, ORTHOGONAL, 1, 1.5, 1",
    "digits, 3, ORTHOGONAL, 1, 1.5, 1",
    "csv, 6, NORMAL, 0.6, 2, 1",
    "sphere, 6, NORMAL, 1, 0.03, 1",
    "sphere, 4, NORMAL, 1, 2, 3",
  })
  void everyScalarHasTheLawOfFloat64Networks(
      String kind, int width, WeightLaw law, double keep, double sigmaW2, int outputs)
      throws IOException {
    Inputs inputs = inputs(kind);
    List<Cell> all =
        cells(
            List.of(ACTIVATIONS),
            inputs,
            width,
            law,
            keep,
            sigmaW2 / keep,
            outputs,
            Probe.values());
    Map<String, double[]> simulated = new TreeMap<>();
    try (Kernel kernel = Backends.fastest().open()) {
      // What a Parquet file holds is simulated from the numbers that a CSV file writes out.
      Inputs shown = kind.equals("parquet") ? inputs("csv") : inputs;
      simulate(all, ExplicitNetwork.inputs(kernel, shown, 7), outputs, simulated);
      Map<String, double[]> dense = new TreeMap<>();
      measure(kernel, all, Sampler.DENSE, 0, dense);
      compare("dense", dense, simulated);
      if (law.isIsotropic() && keep == 1 && outputs == 1) {
        Probe[] some =
            Arrays.stream(Probe.values()).filter(p -> !p.needsWeights()).toArray(Probe[]::new);
        Map<String, double[]> free = new TreeMap<>();
        List<Cell> cells =
            cells(List.of(ACTIVATIONS), inputs, width, law, keep, sigmaW2, outputs, some);
        measure(kernel, cells, Sampler.WEIGHT_FREE, NETWORKS, free);
        compare("weight-free", free, simulated);
      }
    }
  }

  /** Every activation, where a network has so few units that its law is far from Gaussian. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void narrowWeightFreeNetworksHaveTheLawOfDenseOnes(int width) {
    Probe[] probes =
        Arrays.stream(Probe.values()).filter(p -> !p.needsWeights()).toArray(Probe[]::new);
    Inputs inputs = new Inputs(new Inputs.Sphere(1.2, 3), 4, 6, 1);
    List<String> all = Activations.all().stream().map(Activation::name).toList();
    List<Cell> cells = cells(all, inputs, width, WeightLaw.NORMAL, 1, 2, 1, probes);
    Map<String, double[]> dense = new TreeMap<>();
    Map<String, double[]> free = new TreeMap<>();
    try (Kernel kernel = Backends.fastest().open()) {
      measure(kernel, cells, Sampler.DENSE, 0, dense);
      measure(kernel, cells, Sampler.WEIGHT_FREE, NETWORKS, free);
    }
    compare("weight-free against dense, width " + width, free, dense);
  }

  private static List<Cell> cells(
      List<String> activations,
      Inputs inputs,
      int width,
      WeightLaw law,
      double keep,
      double sigmaW2,
      int outputs,
      Probe... probes) {
    List<Cell> cells = new ArrayList<>();
    for (String activation : activations) {
      for (double sigmaB2 : new double[] {0, 0.1}) {
        for (int depth : new int[] {2, 8}) {
          cells.add(
              new Cell(
                  new NetworkConfig(
                      Activations.parse(activation), depth, width, law, sigmaW2, sigmaB2, keep),
                  null,
                  new Task.Propagation(inputs, List.of(probes), outputs)));
        }
      }
    }
    return cells;
  }

  /**
   * Narrow GELU networks whose inputs, and with them tangents, nearly die: factors of 1e38 and more
   * made 18 of these 800 weight-free networks explode, and none of the dense ones.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aTangentThatNearlyDiesIsNoExplosion(int width) {
    Task task =
        new Task.Propagation(
            new Inputs(6, 16, 1, 0.9), List.of(Probe.SIGNAL, Probe.GRADIENT, Probe.JACOBIAN));
    NetworkConfig network =
        new NetworkConfig(Activations.parse("gelu"), 12, width, WeightLaw.NORMAL, 8, 0, 1);
    try (Kernel kernel = Backends.fastest().open()) {
      for (Sampler sampler : Sampler.values()) {
        for (int r = 0; r < 200; r++) {
          Unit unit =
              new Unit(5, 400 + r, sampler, Sharing.COMMON, List.of(new Cell(network, null, task)));
          assertThat(Propagation.measure(kernel, unit).get(0).category())
              .isNotEqualTo(Category.EXPLODED);
        }
      }
    }
  }

  private static void compare(
      String sampler, Map<String, double[]> measured, Map<String, double[]> simulated) {
    KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
    Map<String, Double> chances = new TreeMap<>();
    measured.forEach(
        (name, values) -> {
          double[] expected = Objects.requireNonNull(simulated.get(name), name);
          double p = test.kolmogorovSmirnovTest(ended(values, 1), ended(expected, 2));
          chances.put(sampler + " " + name, p);
        });
    if (NETWORKS != FEW) {
      System.out.printf(
          Locale.ROOT,
          "%s: %d tests, %d below 1e-3, smallest %.1e%n",
          sampler,
          chances.size(),
          chances.values().stream().filter(p -> p < 1e-3).count(),
          chances.values().stream().mapToDouble(p -> p).min().orElseThrow());
    }
    chances.values().removeIf(p -> p > LEVEL);
    assertThat(chances).isEmpty();
  }

  /** What is not finite, or lies where float32 ends, as one value; samples must not tie. */
  private static double[] ended(double[] values, long seed) {
    Random jitter = new Random(seed);
    return Arrays.stream(values)
        .map(v -> Double.isFinite(v) ? v : -1000)
        .map(v -> v + JITTER * jitter.nextGaussian())
        .toArray();
  }

  private static void measure(
      Kernel kernel, List<Cell> cells, Sampler sampler, int first, Map<String, double[]> into) {
    for (int r = 0; r < NETWORKS; r++) {
      Unit unit = new Unit(7, first + r, sampler, Sharing.COMMON, cells);
      List<Measurement> results = Propagation.measure(kernel, unit);
      for (int i = 0; i < results.size(); i++) {
        add(cells.get(i), r, scalars(cells.get(i), results.get(i)), into);
      }
    }
  }

  private static void simulate(
      List<Cell> cells, double[][] x, int outputs, Map<String, double[]> into) {
    Random random = new Random(5);
    for (Cell cell : cells) {
      NetworkConfig network = cell.network();
      for (int r = 0; r < NETWORKS; r++) {
        ExplicitNumbers numbers = ExplicitNumbers.drawn(network, x, random);
        ExplicitNetwork explicit = new ExplicitNetwork(network, numbers);
        Map<String, Double> scalars = new TreeMap<>(explicit.scalars());
        scalars.putAll(ExplicitProbes.of(network, explicit));
        if (outputs > 1) {
          List<ExplicitNetwork> of = new ArrayList<>(List.of(explicit));
          while (of.size() < outputs) {
            double[] readout = ExplicitNumbers.normal(network.width(), random);
            of.add(new ExplicitNetwork(network, numbers.withReadout(readout)));
          }
          double[] bias = ExplicitNumbers.normal(outputs, random);
          scalars.putAll(new ExplicitOutputs(network, of, bias).scalars());
        }
        add(cell, r, scalars, into);
      }
    }
  }

  private static void add(
      Cell cell, int replicate, Map<String, Double> scalars, Map<String, double[]> into) {
    NetworkConfig network = cell.network();
    String name =
        "%s depth %d sigma_b2 %s "
            .formatted(network.activation(), network.depth(), network.sigmaB2());
    // λ_min ends well above where float32 does.
    double least = network.keepProbability() < 1 ? -9 : -19;
    for (String kernel : List.of("ln_ntk_", "ln_ntk_standard_")) {
      double largest = Objects.requireNonNull(scalars.get(kernel + "lambda_max"));
      scalars.compute(
          kernel + "lambda_min", (k, v) -> v != null && v - largest > least ? v : Double.NaN);
    }
    scalars.forEach(
        (scalar, value) ->
            into.computeIfAbsent(name + scalar, k -> new double[NETWORKS])[replicate] = value);
  }

  private static Map<String, Double> scalars(Cell cell, Measurement result) {
    Task.Propagation task = (Task.Propagation) cell.task();
    Map<String, Double> scalars = new TreeMap<>();
    for (Quantity quantity : Quantity.all()) {
      if (!quantity.domain().isWhole()
          && !NOT_SIMULATED.contains(quantity)
          && !(quantity instanceof TokenQuantity) // MLPs have no tokens
          && !(quantity instanceof DerivativeQuantity) // and nothing to solve
          && quantity.isMeasured(
              Set.copyOf(task.probes()), task.inputs().count(), task.outputs())) {
        scalars.put(quantity.column(), result.number(quantity));
      }
    }
    return scalars;
  }

  private Inputs inputs(String kind) throws IOException {
    return switch (kind) {
      case "sphere" -> new Inputs(new Inputs.Sphere(1.2, 3), 4, 6, 1);
      case "digits" -> new Inputs(new Inputs.Chosen(new DataSource.Bundled(), 3), 4, 64, 1);
      case "csv" -> SmallTables.csv(folder, new double[][] {{1, 2, -1}, {0, 1, 3}, {2, -1, 1}});
      case "parquet" ->
          SmallTables.parquet(folder, new double[][] {{1, 2, -1}, {0, 1, 3}, {2, -1, 1}});
      case "equal" ->
          SmallTables.csv(folder, new double[][] {{1, 2, -1}, {0, 1, 3}, {2, -1, 1}, {0, 1, 3}});
      case "opposite" ->
          SmallTables.csv(folder, new double[][] {{1, 2, 1}, {0, 0, 0}, {-1, -2, -1}});
      case "decades" ->
          SmallTables.csv(folder, new double[][] {{1, 2}, {1e-9, -1e-9}, {-1, -2}, {-1e-9, 1e-9}});
      case "gaussian" -> new Inputs(6, 16, 1, 0.9);
      default -> throw new IllegalArgumentException(kind);
    };
  }
}
