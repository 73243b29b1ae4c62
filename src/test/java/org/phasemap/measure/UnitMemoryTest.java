package org.phasemap.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.NativeMemory;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.CostModel;
import org.phasemap.plan.cost.Schedule;
import org.phasemap.spec.file.SpecReader;

/** Units take the memory that the cost model says: at the peak of what their kernel holds. */
class UnitMemoryTest {
  /** What a kernel keeps for its own sums and random numbers. */
  private static final double SCRATCH = 600e3;

  private static final String ALL = "[signal, gradient, ntk]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dense       | common      | 1   | 128 | 8  | 70 | 256 | " + ALL,
        "dense       | common      | 1   | 300 | 8  | 5  | 256 | [signal]",
        "dense       | independent | 1   | 256 | 4  | 3  | 400 | " + ALL,
        "dense       | common      | 0.5 | 128 | 4  | 90 | 64  | " + ALL,
        "dense       | common      | 0.5 | 128 | 3  | 9  | 300 | [signal, gradient]",
        "weight_free | common      | 1   | 256 | 8  | 70 | 256 | " + ALL,
        "weight_free | common      | 1   | 256 | 48 | 9  | 64  | " + ALL,
        "weight_free | common      | 1   | 900 | 5  | 60 | 64  | [gradient]",
        "weight_free | common      | 1   | 900 | 5  | 60 | 64  | [signal]",
        "weight_free | independent | 1   | 512 | 16 | 3  | 256 | " + ALL,
        "weight_free | common      | 1   | 256 | 8  | 20 | 64  | [signal, jacobian]",
        "dense       | common      | 1   | 256 | 8  | 20 | 64  | [signal, jacobian]",
        "dense       | common      | 1   | 256 | 8  | 20 | 64  | jacobian_largest",
        "dense       | common      | 1   | 400 | 4  | 2  | 64  | jacobian_largest",
        "auto        | independent | 0.5 | 700 | 4  | 2  | 64  | [jacobian, jacobian_largest]",
        "auto        | common      | 1   | 512 | 3  | 2  | 64  | [ntk_layers, jacobian_spectrum]",
        "auto        | common      | 1   | 512 | 8  | 3  | 64  | [ntk]; outputs: 10",
      })
  void peakIsWhatTheModelSays(
      String sampler,
      String numbers,
      String keep,
      int width,
      int inputs,
      int variants,
      int dimension,
      String probes) {
    String yaml =
        """
        name: unit
        replicates: 1
        network:
          activation: tanh
          depth: [3, 5, 16]
          width: %d
          sigma_w2: {from: 1, to: 2, count: %d}
          sigma_b2: 0.05
          keep_probability: %s
        inputs: {count: %d, dimension: %d}
        sampler: %s
        random_numbers: %s
        probes: %s
        """
            .formatted(
                width,
                variants,
                keep,
                inputs,
                dimension,
                sampler,
                numbers,
                probes.replace("; ", "\n"));
    Unit unit = plan(yaml).get(0);
    double expected = CostModel.bytes(unit);
    // They are freed before the peak of some units, and not made on every processor.
    double copies = CostModel.copies(unit);
    assertThat((double) peak(unit))
        .isBetween(0.97 * (expected - copies), 1.01 * expected + SCRATCH);
  }

  /** No less than is needed, and no more than half of it too much. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mlp(norm=layer) | 256 | 8 | 1 | signal, gradient | dense",
        "mlp(weights=spectral_norm) | 400 | 8 | 0.5 | signal, gradient | dense",
        "residual(order=pre2, norm=batch) | 256 | 16 | 1 | signal, gradient | dense",
        "residual(order=pre2, norm=batch) | 128 | 16 | 1 | signal, gradient, ntk | dense",
        "residual(order=post2) | 64 | 64 | 1 | signal, ntk | dense",
        "residual(order=pre1) | 64 | 64 | 1 | signal | dense",
        "convolutional(size=8x8, kernel=3, padding=zero) | 32 | 16 | 1 | signal | dense",
        "convolutional(size=8x8, kernel=3, padding=zero) | 32 | 16 | 1 | signal, gradient | dense",
        "convolutional(size=8x8, kernel=3, padding=zero) | 256 | 2 | 1 | signal | dense",
        "convolutional(size=16x16, kernel=3, padding=zero) | 256 | 8 | 1 | signal, gradient |"
            + " dense",
        "convolutional(size=16x16, kernel=3, padding=zero) | 16 | 8 | 0.5 | signal, gradient, ntk |"
            + " dense",
        "convolutional(size=16, kernel=3, padding=zero, groups=4) | 64 | 8 | 1 | gradient | dense",
        "convolutional(size=8x8, kernel=3, padding=zero, groups=separable) | 32 | 16 | 1 |"
            + " signal, gradient, ntk | dense",
        "densenet(growth=24) | 64 | 32 | 1 | signal, gradient, ntk | dense",
        "transformer(tokens=16, heads=4, norm=pre) | 64 | 8 | 1 | signal, gradient | dense",
        "transformer(tokens=16, heads=4, norm=pre) | 64 | 8 | 1 | signal, ntk, jacobian | dense",
        "transformer(tokens=16, heads=2, norm=none) | 64 | 16 | 1 | signal, ntk | dense",
        "residual(order=pre1) | 512 | 8 | 1 | signal, gradient | weight_free",
        "residual(order=pre2) | 400 | 16 | 1 | signal, ntk, jacobian | weight_free",
        "residual(order=pre2, norm=batch) | 256 | 8 | 1 | signal, gradient, ntk | weight_free",
        "densenet(growth=24) | 400 | 32 | 1 | signal | weight_free",
      })
  void peakOfLayersIsWhatTheModelSays(
      String architecture, int width, int inputs, String keep, String probes, String sampler) {
    Unit unit =
        plan("""
        name: unit
        replicates: 1
        network:
          activation: tanh
          depth: 16
          width: %d
          sigma_w2: [1, 1.5]
          keep_probability: %s
          architecture: "%s"
        inputs: {count: %d, dimension: %d}
        probes: [%s]
        sampler: %s
        """
                .formatted(
                    width,
                    keep,
                    architecture,
                    inputs,
                    architecture.startsWith("transformer") ? 272 : 256,
                    probes,
                    sampler))
            .get(0);
    double expected = CostModel.bytes(unit);
    assertThat((double) peak(unit)).isBetween(expected / 1.5 - SCRATCH, expected + SCRATCH);
  }

  @Test
  void unitsOfManyPanelsKeepToTheirBudget() {
    String yaml =
        """
        name: wide
        replicates: 1
        network:
          activation: [tanh, relu]
          depth: %s
          width: 2048
          sigma_w2: {from: 1, to: 2, count: 60}
        sampler: %s
        """;
    for (String sampler : List.of("dense", "weight_free")) {
      assertThat(plan(yaml.formatted("[32, 64]", sampler)))
          .extracting(CostModel::bytes)
          .allMatch(bytes -> bytes < CostModel.UNIT_BYTES);
    }
    // A panel of 256 columns keeps the derivatives of all its layers.
    assertThat(CostModel.bytes(plan(yaml.formatted("256", "dense")).get(0)))
        .isGreaterThan(CostModel.UNIT_BYTES);
  }

  private static List<Unit> plan(String yaml) {
    return Schedule.most(Plan.of(SpecReader.parse(yaml, "test.yaml")));
  }

  private static long peak(Unit unit) {
    long before = NativeMemory.held();
    AtomicLong peak = new AtomicLong();
    try (Kernel kernel = Backends.fastest().open()) {
      Kernel watched =
          (Kernel)
              Proxy.newProxyInstance(
                  Kernel.class.getClassLoader(),
                  new Class<?>[] {Kernel.class},
                  (proxy, method, arguments) -> {
                    try {
                      Object result = method.invoke(kernel, arguments);
                      peak.accumulateAndGet(NativeMemory.held() - before, Math::max);
                      return result;
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  });
      Probers.of(unit.architecture()).measure(watched, unit);
    }
    return peak.get();
  }
}
