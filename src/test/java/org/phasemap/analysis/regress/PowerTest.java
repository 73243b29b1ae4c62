package org.phasemap.analysis.regress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasemap.query.Limits;
import org.phasemap.spec.Tolerances;
import org.phasemap.store.ResultsFolder;
import org.phasemap.sweep.SweptFolder;

/**
 * Mistakes that the test builds itself are found in cells of the nightly spec, at the right cells
 * and quantities and nowhere else. So few cells are swept that p is held to what the whole night
 * would ask of the first of its finds: level/tests. {@code -Dphasemap.regress.runs=200} repeats
 * each with so many seeds.
 */
class PowerTest {
  /** As many as the nightly spec has, and more. */
  private static final double TESTS = 100_000;

  private static final int RUNS = Integer.getInteger("phasemap.regress.runs", 1);

  @TempDir private Path folder = Path.of("");

  /** What is wrong, and where it must show. */
  private enum Mistake {
    RELU_SCALE(
        "measure/Panel.java",
        "Math.sqrt(variants.get(v).variant().sigmaW2() / fanIn)",
        "Math.sqrt(variants.get(v).variant().sigmaW2() / fanIn)"
            + " * (variants.get(v).variant().activation().name().equals(\"relu\") ? 1.005 : 1)",
        "activation: [relu, tanh], depth: 2, sigma_multiplier: 1",
        "ln_q",
        "relu"),
    GELU_TAIL(
        "kernel/GeluFormula.java",
        "new Tails(-13, INF, 15)",
        "new Tails(-5.5f, INF, 5.5f)",
        "activation: [gelu, silu], depth: 2, sigma_multiplier: 2",
        "fp16_signal_flushed",
        "gelu"),
    MASK_FACTOR(
        "measure/BackwardPass.java",
        "pass.theta[i] += weight * gram[i] + sigmaB2;",
        "pass.theta[i] += weight * gram[i] * (masked == null ? 1 : 0.5) + sigmaB2;",
        "activation: tanh, depth: 2, sigma_multiplier: 1, keep_probability: [1, 0.5]",
        "ln_ntk_scale",
        "0.5"),
    FLOAT_SUMS(
        "kernel/openblas/OpenBlasGrams.java",
        "square.get(result, block * m * m, m * m);",
        """
        square.get(result, block * m * m, m * m);
        for (int i = 0; i < m * m; i++) {
          result[block * m * m + i] = (float) result[block * m * m + i];
        }
        """,
        "activation: tanh, depth: [2, 20], sigma_multiplier: 0.4",
        "ln_ntk_lambda_min_count",
        "20");

    private final String source;
    private final String from;
    private final String to;
    private final String network;
    private final String quantity;
    private final String where;

    Mistake(String source, String from, String to, String network, String quantity, String where) {
      this.source = source;
      this.from = from;
      this.to = to;
      this.network = network;
      this.quantity = quantity;
      this.where = where;
    }

    String spec(int seed) {
      return """
      name: power
      seed: %d
      replicates: 26
      network: {width: 32, sigma_b2: 0.05, %s}
      inputs: {count: 4, dimension: 64}
      probes: [signal, gradient, ntk, precision]
      random_numbers: independent
      sampler: dense
      """
          .formatted(seed, network);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMistakeIsFoundWhereItIs(Mistake mistake) throws IOException {
    try (Mutant mutant =
        Mutant.of(
            Files.createDirectories(folder.resolve("mutant")),
            mistake.source,
            mistake.from,
            mistake.to)) {
      int found = 0;
      for (int run = 1; run <= RUNS; run++) {
        String right = folder.resolve("right-" + run).toString();
        String wrong = folder.resolve("wrong-" + run).toString();
        SweptFolder.write(mistake.spec(run), right);
        mutant.sweep(mistake.spec(run), wrong);
        found += isFound(mistake, right, wrong) ? 1 : 0;
      }
      assertThat((double) found / RUNS).isGreaterThanOrEqualTo(0.99);
    }
  }

  private static boolean isFound(Mistake mistake, String right, String wrong) {
    Comparison comparison =
        new Regression(Tolerances.DEFAULT, Limits.ofThisMachine())
            .compare(ResultsFolder.open(right), ResultsFolder.open(wrong));
    Set<String> sure =
        comparison.changes().stream()
            .filter(c -> c.isFound() && c.p() <= comparison.level() / TESTS)
            .map(c -> c.subject().id())
            .collect(Collectors.toCollection(TreeSet::new));
    boolean onlyThere =
        comparison.regions().stream().allMatch(r -> r.where().contains(mistake.where));
    if (!sure.contains(mistake.quantity) || !onlyThere) {
      System.out.println(mistake + ": " + sure + "\n" + comparison.regions());
    }
    return sure.contains(mistake.quantity) && onlyThere;
  }
}
