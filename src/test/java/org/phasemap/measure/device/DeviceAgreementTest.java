package org.phasemap.measure.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.cuda.EmulatedCuda;
import org.phasemap.kernel.formula.ActivationFormulas;
import org.phasemap.kernel.openblas.OpenBlas;
import org.phasemap.measure.mlp.Propagation;
import org.phasemap.network.Activation;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.activation.Activations;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.FormatQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.Quantity;
import org.phasemap.quantity.SignalQuantity;

/**
 * Random cells of every kind that devices measure, on the emulated device and by {@code openblas}:
 * 2,000 of them by {@code ./mvnw test -Dtest=DeviceAgreementTest -Dphasemap.test.cells=2000};
 * others with {@code -Dphasemap.test.seed}.
 */
class DeviceAgreementTest {
  /** In a row's units, of max(1, |value|). */
  private static final double CLOSE = 1e-5;

  /** A number that the CPU's own rounding moves by more has no fifth digit on the CPU either. */
  private static final double CONDITIONED = CLOSE / 10;

  /** One may move a number little by chance. */
  private static final int ROUNDINGS = 3;

  /** Entries that stand at a bound may be counted on either side of it. */
  private static final int COUNTED_OTHERWISE = 2;

  private static final List<String> ACTIVATIONS =
      Activations.all().stream()
          .filter(activation -> ActivationFormulas.onDevice(activation).isPresent())
          .map(Activation::family)
          .toList();
  private static final List<String> PROBES =
      List.of("gradient", "ntk", "ntk_layers", "curvature", "optimiser", "jacobian", "precision");

  private final Random random = new Random(Integer.getInteger("phasemap.test.seed", 17));
  private EmulatedCuda emulated;
  private final List<String> apart = new ArrayList<>();
  private int numbers;
  private int conditioned;
  private double largest;

  @BeforeEach
  void install() {
    emulated = EmulatedCuda.install();
  }

  @AfterEach
  void reset() {
    emulated.reset();
  }

  @Test
  void everyNumberThatTheCpuKnowsIsTheDevicesToo(TestReporter reporter) {
    int cells = Integer.getInteger("phasemap.test.cells", 12);
    try (Kernel kernel = new OpenBlas().open()) {
      for (int i = 0; i < cells; i++) {
        Unit unit = i % 2 == 0 ? weightFree() : dense();
        compare(
            unit,
            Propagation.measure(kernel, unit).get(0),
            roundedAgain(kernel, unit),
            DevicePropagationTest.onDevice(List.of(unit)).get(0).get(0));
      }
    }
    reporter.publishEntry(
        "agreement",
        String.format(
            Locale.ROOT,
            "%,d cells, %,d numbers, %,d of them conditioned, largest difference %.2g, %d apart",
            cells,
            numbers,
            conditioned,
            largest,
            apart.size()));
    assertThat(apart).isEmpty();
    assertThat(conditioned).isGreaterThan(numbers / 2);
  }

  private Unit weightFree() {
    List<String> probes = probes();
    int most = random.nextInt(4) > 0 ? 32 : 64;
    int inputs = 1 + random.nextInt(probes.contains("jacobian") ? most / 2 : most);
    String law =
        random.nextInt(3) > 0
            ? "sigma_w2: " + number(0.5, 4)
            : "init: orthogonal\nsigma_multiplier: " + number(0.7, 2);
    return unit("auto", law, probes, 1 + random.nextInt(12), inputs);
  }

  private Unit dense() {
    String law =
        switch (random.nextInt(4)) {
          case 0 -> "init: he_uniform\nsigma_multiplier: " + number(0.5, 1.4);
          case 1 -> "init: he_truncated\nsigma_multiplier: " + number(0.5, 1.4);
          case 2 -> "sigma_w2: %s\nkeep_probability: 0.6".formatted(number(0.5, 4));
          default -> "sigma_w2: " + number(0.5, 4);
        };
    List<String> probes = probes();
    boolean hasKernel = probes.contains("ntk") || probes.contains("curvature");
    boolean several = hasKernel && !law.contains("keep");
    String outputs = several ? "\noutputs: " + (1 + random.nextInt(4)) : "";
    return unit("dense" + outputs, law, probes, 1 + random.nextInt(5), 1 + random.nextInt(12));
  }

  private Unit unit(String sampler, String law, List<String> probes, int depth, int inputs) {
    String network =
        "activation: %s\nwidth: %d\ndepth: %d\nsigma_b2: %s\n%s"
            .formatted(
                ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size())),
                List.of(1, 3, 8, 17, 33, 64, 100, 130).get(random.nextInt(8)),
                depth,
                List.of("0", "0.05", "0.3").get(random.nextInt(3)),
                law);
    String rest =
        "seed: %d\nreplicates: 1\nsampler: %s\ninputs: {count: %d, dimension: %d, c0: %s}\nprobes: %s"
            .formatted(
                random.nextInt(1000),
                sampler,
                inputs,
                inputs + 1 + random.nextInt(20),
                List.of("0", "0.3", "0.9").get(random.nextInt(3)),
                probes);
    return DevicePropagationTest.units(network, rest).get(0);
  }

  private List<String> probes() {
    List<String> probes = new ArrayList<>(List.of("signal"));
    PROBES.stream().filter(probe -> random.nextBoolean()).forEach(probes::add);
    return probes;
  }

  private String number(double from, double to) {
    return String.format(Locale.ROOT, "%.3f", from + (to - from) * random.nextDouble());
  }

  /** The same network, whose products the CPU rounds in other ways. */
  private static List<Measurement> roundedAgain(Kernel kernel, Unit unit) {
    return IntStream.range(0, ROUNDINGS)
        .mapToObj(seed -> Propagation.measure(RoundedAgain.of(kernel, seed), unit).get(0))
        .toList();
  }

  private void compare(Unit unit, Measurement cpu, List<Measurement> rounded, Measurement device) {
    NetworkConfig network = unit.cells().get(0).network();
    Task.Propagation task = (Task.Propagation) unit.task();
    String cell = "%s %s %s".formatted(unit.sampler().id(), network, task);
    double counted = COUNTED_OTHERWISE / ((double) network.width() * task.inputs().count());
    for (Quantity quantity : Quantity.all()) {
      boolean isShare =
          quantity instanceof FormatQuantity || quantity == SignalQuantity.SATURATED_SHARE;
      if (!quantity.column().endsWith("_layer")) {
        compare(
            cell + " " + quantity.column(),
            cpu.number(quantity),
            rounded.stream().mapToDouble(r -> r.number(quantity)).toArray(),
            device.number(quantity),
            isShare ? counted : CLOSE);
      }
    }
    for (Profile profile : Profile.values()) {
      double[] one = cpu.profile(profile);
      double[] other = device.profile(profile);
      assertThat(other).as("%s %s", cell, profile).hasSameSizeAs(one);
      IntStream.range(0, one.length)
          .forEach(
              l ->
                  compare(
                      cell + " " + profile + " " + (l + 1),
                      one[l],
                      rounded.stream().mapToDouble(r -> r.profile(profile)[l]).toArray(),
                      other[l],
                      CLOSE));
    }
  }

  private void compare(String what, double cpu, double[] rounded, double device, double close) {
    if (Double.isNaN(cpu) && Double.isNaN(device)) {
      return;
    }
    double unit = Math.max(1, Math.abs(cpu));
    numbers++;
    // A NaN on one side alone is apart, unless the CPU has it on either side of its own rounding.
    if (!Arrays.stream(rounded).allMatch(r -> isClose(cpu, r, CONDITIONED * unit))) {
      return;
    }
    conditioned++;
    double difference = Double.compare(cpu, device) == 0 ? 0 : Math.abs(device - cpu) / unit;
    if (close == CLOSE && difference > largest) {
      largest = difference;
    }
    if (!(difference <= close)) {
      apart.add(
          String.format(
              Locale.ROOT, "%s: %.9g, %.9g %s", what, cpu, device, Arrays.toString(rounded)));
    }
  }

  private static boolean isClose(double one, double other, double most) {
    return Double.compare(one, other) == 0 || Math.abs(one - other) <= most;
  }
}
