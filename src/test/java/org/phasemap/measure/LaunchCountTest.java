package org.phasemap.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ProfilingMode;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.profiler.OpProfiler;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.nd4j.Nd4jBackend;
import org.phasemap.kernel.openblas.OpenBlasLibrary;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.Schedule;
import org.phasemap.spec.SpecReader;

/**
 * ND4J operations of a layer, each of which is at least one launch on a GPU, as docs/gpu.md says.
 */
class LaunchCountTest {
  private static final int DEPTH = 3;
  private static final int VARIANTS_OF_A_PANEL = 64;

  @ParameterizedTest
  @CsvSource({"weight_free, 1, 0", "dense, 1, 2", "dense, 0.5, 3"})
  void aLayersOperationsGrowWithItsVariantsAlone(
      String sampler, String keepProbability, int wideProducts) throws IOException {
    long one = ofALayer(sampler, keepProbability, 1);
    long perVariant = ofALayer(sampler, keepProbability, 2) - one;
    // GPUs multiply a panel at once.
    long cut = OpenBlasLibrary.roundsColumnsAlike() ? 0 : wideProducts * (VARIANTS_OF_A_PANEL - 1);
    String line = "| %s, p = %s | %d | %d |";

    assertThat(Files.readString(Path.of("docs/gpu.md")))
        .contains(line.formatted(sampler, keepProbability, one - perVariant - cut, perVariant));
    assertThat(ofALayer(sampler, keepProbability, 7)).isEqualTo(one + 6 * perVariant);
  }

  /** Up and down through one layer more. */
  private static long ofALayer(String sampler, String keepProbability, int variants) {
    return operations(sampler, keepProbability, variants, DEPTH + 1)
        - operations(sampler, keepProbability, variants, DEPTH);
  }

  /** The mode's successor says what to check in each operation; here nothing is to be checked. */
  @SuppressWarnings("deprecation")
  private static long operations(String sampler, String keepProbability, int variants, int depth) {
    Unit unit = unit(sampler, keepProbability, variants, depth);
    try (Kernel kernel = new Nd4jBackend().open()) {
      Nd4j.getExecutioner().setProfilingMode(ProfilingMode.OPERATIONS);
      OpProfiler.getInstance().reset();
      Propagation.measure(kernel, unit);
      return OpProfiler.getInstance().getInvocationsCount();
    } finally {
      Nd4j.getExecutioner().setProfilingMode(ProfilingMode.DISABLED);
    }
  }

  private static Unit unit(String sampler, String keepProbability, int variants, int depth) {
    String yaml =
        """
        name: launches
        replicates: 1
        sampler: %s
        network:
          activation: tanh
          depth: %d
          width: 32
          sigma_w2: {from: 1, to: 2, count: %d}
          keep_probability: %s
        inputs: {count: 4, dimension: 16}
        probes: [signal, gradient, ntk]
        """
            .formatted(sampler, depth, Math.max(2, variants), keepProbability);
    return Schedule.most(
            Plan.of(
                SpecReader.parse(
                    variants == 1 ? yaml.replaceFirst("\\{from.*}", "1.5") : yaml,
                    "launches.yaml")))
        .get(0);
  }
}
