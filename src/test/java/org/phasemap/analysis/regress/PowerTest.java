package org.phasemap.analysis.regress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasemap.query.Limits;
import org.phasemap.query.Query;
import org.phasemap.spec.file.Tolerances;
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
        "Panel",
        "Math.sqrt(variants.get(v).variant().sigmaW2() / fanIn)",
        "Math.sqrt(variants.get(v).variant().sigmaW2() / fanIn)"
            + " * (variants.get(v).variant().activation().name().equals(\"relu\") ? 1.005 : 1)",
        "activation: [relu, tanh], depth: 2, sigma_multiplier: 1",
        "ln_q",
        "relu"),
    GELU_TAIL(
        "GeluFormula",
        "new Tails(-13, INF, 15)",
        "new Tails(-5.5f, INF, 5.5f)",
        "activation: [gelu, silu], depth: 2, sigma_multiplier: 2",
        "fp16_signal_flushed",
        "gelu"),
    MASK_FACTOR(
        "BackwardPass",
        "pass.theta[i] += weight * gram[i] + sigmaB2;",
        "pass.theta[i] += weight * gram[i] * (masked == null ? 1 : 0.5) + sigmaB2;",
        "activation: tanh, depth: 2, sigma_multiplier: 1, keep_probability: [1, 0.5]",
        "ln_ntk_scale",
        "0.5"),
    FLOAT_SUMS(
        "OpenBlasGrams",
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
      Cells cells = findsItInFolders(mistake, mutant);
      int found = 1;
      for (int run = 2; run <= RUNS; run++) {
        List<@Nullable Object[]> right = SweptFolder.rows(mistake.spec(run));
        Evidence evidence = new RowsEvidence(Pairing.PAIRED, right, mutant.rows(mistake.spec(run)));
        Findings findings = Findings.of(evidence, cells, Tolerances.DEFAULT);
        found += isFound(mistake, findings.changes(), cells) ? 1 : 0;
      }
      System.out.printf("%s: %d of %d%n", mistake, found, RUNS);
      assertThat((double) found / RUNS).isGreaterThanOrEqualTo(0.99);
    }
  }

  /** The first run is that of a user; the others' rows are compared in memory. */
  private Cells findsItInFolders(Mistake mistake, Mutant mutant) {
    String right = folder.resolve("right").toString();
    String wrong = folder.resolve("wrong").toString();
    SweptFolder.write(mistake.spec(1), right);
    mutant.sweep(mistake.spec(1), wrong);
    ResultsFolder before = ResultsFolder.open(right);
    ResultsFolder after = ResultsFolder.open(wrong);
    Limits limits = Limits.ofThisMachine();
    Comparison comparison = new Regression(Tolerances.DEFAULT, limits).compare(before, after);
    try (Query query = Query.pair(before, after, limits)) {
      Cells cells = Cells.of(query);
      assertThat(isFound(mistake, comparison.changes(), cells)).isTrue();
      return cells;
    }
  }

  private static boolean isFound(Mistake mistake, List<Change> changes, Cells cells) {
    Set<String> sure =
        changes.stream()
            .filter(c -> c.isFound() && c.p() <= Tolerances.DEFAULT.level() / TESTS)
            .map(c -> c.subject().id())
            .collect(Collectors.toCollection(TreeSet::new));
    Grid grid = Grid.of(cells, changes.stream().map(Change::cell).distinct().toList());
    List<Region> regions = Regions.of(changes, grid, cells.size());
    boolean onlyThere = regions.stream().allMatch(r -> r.where().contains(mistake.where));
    if (!sure.contains(mistake.quantity) || !onlyThere) {
      System.out.println(mistake + ": " + sure + "\n" + regions);
    }
    return sure.contains(mistake.quantity) && onlyThere;
  }
}
