package org.phasemap.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.CostModel;
import org.phasemap.plan.cost.Schedule;
import org.phasemap.quantity.Measurement;
import org.phasemap.spec.file.SpecReader;

/**
 * Prints what units take and what the cost model says; run by {@code ./mvnw test
 * -Dtest=UnitBenchmark}. Times are processor time of the thread, best of several rounds.
 */
class UnitBenchmark {
  private static final int ROUNDS = 12;

  private static final String ALL =
      "signal, gradient, ntk, ntk_layers, optimiser, curvature, precision, jacobian";

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @CsvSource({
    "weight_free, 64, 4, 4, 1, common",
    "weight_free, 256, 16, 8, 1, independent",
    "weight_free, 256, 16, 8, 32, common",
    "weight_free, 256, 16, 2, 128, common",
    "weight_free, 256, 16, 16, 32, common",
    "weight_free, 256, 16, 32, 16, common",
    "weight_free, 256, 16, 64, 8, common",
    "weight_free, 2048, 32, 1, 16, common",
    "weight_free, 2048, 32, 8, 8, common",
    "weight_free, 2048, 32, 32, 2, common",
    "weight_free, 2048, 128, 8, 8, common",
    "dense, 64, 4, 4, 1, common",
    "dense, 128, 16, 4, 64, common",
    "dense, 256, 16, 8, 1, independent",
    "dense, 256, 16, 8, 32, common",
    "dense, 256, 16, 2, 128, common",
    "dense, 256, 16, 32, 8, common",
    "dense, 1024, 16, 8, 1, independent",
    "dense, 1024, 16, 8, 32, common",
    "masked, 256, 16, 8, 32, common",
    "masked, 512, 8, 2, 128, common",
  })
  void unit(String sampler, int width, int depth, int inputs, int variants, String numbers) {
    String yaml =
        """
        name: unit
        replicates: 1
        network:
          activation: tanh
          depth: %d
          width: %d
          sigma_w2: {from: 1, to: %s, count: %d}
          sigma_b2: 0.05
          keep_probability: %s
        inputs: {count: %d, dimension: 256}
        sampler: %s
        random_numbers: %s
        """
            .formatted(
                depth,
                width,
                variants == 1 ? 1 : 2,
                variants,
                sampler.equals("masked") ? "0.5" : "1",
                inputs,
                sampler.equals("masked") ? "dense" : sampler,
                numbers);
    Unit unit = Schedule.most(Plan.of(SpecReader.parse(yaml, "benchmark"))).get(0);
    double best = best(unit);
    print(
        "%-11s n %4d L %3d m %2d variants %3d %-11s %9.3f ms, estimated %9.3f ms",
        sampler,
        width,
        depth,
        inputs,
        unit.cells().size(),
        numbers,
        best * 1e-6,
        CostModel.seconds(unit) * 1e3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "densenet(growth=12) | 64 | 32 | 8 | signal, gradient",
        "residual(order=pre1) | 64 | 8 | 8 | signal",
        "residual(order=pre1) | 64 | 64 | 8 | signal, gradient",
        "residual(order=pre1) | 256 | 32 | 8 | signal, gradient",
        "residual(order=pre2) | 64 | 32 | 8 | signal, gradient, ntk",
        "residual(order=pre2, norm=batch) | 64 | 32 | 16 | signal, gradient",
        "residual(order=pre2, norm=batch) | 64 | 32 | 16 | signal, gradient, ntk",
        "convolutional(size=8x8, kernel=1, padding=zero) | 32 | 16 | 8 | signal, gradient",
        "convolutional(size=8x8, kernel=3, padding=zero) | 32 | 16 | 8 | signal",
        "convolutional(size=8x8, kernel=3, padding=zero) | 32 | 16 | 8 | signal, gradient",
        "convolutional(size=8x8, kernel=3, padding=zero) | 32 | 16 | 8 | signal, gradient, ntk",
        "convolutional(size=16x16, kernel=3, padding=zero) | 32 | 32 | 8 | signal, gradient",
        "convolutional(size=8x8, kernel=3, padding=zero, groups=depthwise) | 32 | 16 | 8 | signal,"
            + " gradient",
        "transformer(tokens=16, heads=4, norm=pre) | 64 | 8 | 8 | signal, gradient",
        "transformer(tokens=16, heads=4, norm=pre) | 64 | 8 | 8 | signal, gradient, ntk",
        "mlp(weights=spectral_norm) | 128 | 16 | 8 | signal, gradient",
      })
  void layered(String architecture, int width, int depth, int inputs, String probes) {
    Unit unit = layered(architecture, width, depth, inputs, probes, "dense");
    print(
        "%-70s n %4d L %3d m %2d %-22s %9.3f ms, estimated %9.3f ms, %.1f MB",
        architecture,
        width,
        depth,
        inputs,
        probes,
        best(unit) * 1e-6,
        CostModel.seconds(unit) * 1e3,
        CostModel.bytes(unit) * 1e-6);
  }

  /** Both samplers, one after the other, as docs/benchmarks.md has them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "residual(order=pre1) | 64 | 64 | 8 | signal, gradient",
        "residual(order=pre1) | 256 | 64 | 8 | signal, gradient",
        "residual(order=pre1) | 1024 | 64 | 8 | signal, gradient",
        "residual(order=pre1) | 1024 | 200 | 8 | signal, gradient",
        "residual(order=pre1) | 1024 | 64 | 16 | signal, gradient, ntk",
        "residual(order=pre2, norm=layer) | 1024 | 64 | 8 | signal, gradient",
        "residual(order=pre2, norm=batch) | 1024 | 64 | 8 | signal, gradient",
        "residual(order=pre1) | 1024 | 64 | 8 | " + ALL,
        "residual(order=pre1, norm=batch) | 256 | 32 | 8 | signal, gradient, ntk",
        "residual(order=pre1, norm=batch) | 1024 | 32 | 8 | signal, gradient, ntk",
        "residual(order=pre1) | 256 | 32 | 64 | signal, gradient",
        "densenet(growth=48) | 1024 | 64 | 8 | signal, gradient",
      })
  void layeredWithoutWeights(String architecture, int width, int depth, int inputs, String probes) {
    Unit dense = layered(architecture, width, depth, inputs, probes, "dense");
    Unit free = layered(architecture, width, depth, inputs, probes, "weight_free");
    double denseMs = best(dense) * 1e-6;
    double freeMs = best(free) * 1e-6;
    print(
        "| %s: %d, %d, %d | %s | %.3g | %.3g | %.1f × | (estimated %.3g, %.3g; %.0f, %.0f MB)",
        architecture,
        width,
        depth,
        inputs,
        probes.equals(ALL) ? "all eight" : probes,
        denseMs,
        freeMs,
        denseMs / freeMs,
        CostModel.seconds(dense) * 1e3,
        CostModel.seconds(free) * 1e3,
        CostModel.bytes(dense) * 1e-6,
        CostModel.bytes(free) * 1e-6);
  }

  private static Unit layered(
      String architecture, int width, int depth, int inputs, String probes, String sampler) {
    String yaml =
        """
        name: unit
        replicates: 1
        network:
          activation: tanh
          depth: %d
          width: %d
          sigma_w2: 1.5
          architecture: "%s"
        inputs: {count: %d, dimension: %d}
        probes: [%s]
        sampler: %s
        """
            .formatted(
                depth,
                width,
                architecture,
                inputs,
                architecture.startsWith("transformer") ? 272 : 256,
                probes,
                sampler);
    return Schedule.most(Plan.of(SpecReader.parse(yaml, "benchmark"))).get(0);
  }

  private static double best(Unit unit) {
    double best = Double.POSITIVE_INFINITY;
    try (Kernel kernel = Backends.fastest().open()) {
      for (int round = 0; round < ROUNDS; round++) {
        best = Math.min(best, nanos(kernel, unit, best));
      }
    }
    return best;
  }

  /** Short units are run as often as fill a fifth of a second. */
  private static double nanos(Kernel kernel, Unit unit, double before) {
    int repeats = (int) Math.max(1, Math.min(1000, 2e8 / before));
    long start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < repeats; i++) {
      List<Measurement> results = Probers.of(unit.architecture()).measure(kernel, unit);
      if (results.size() != unit.cells().size()) {
        throw new IllegalStateException("a cell is missing");
      }
    }
    return (double) (THREADS.getCurrentThreadCpuTime() - start) / repeats;
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
