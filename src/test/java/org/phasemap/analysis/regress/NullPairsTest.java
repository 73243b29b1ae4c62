package org.phasemap.analysis.regress;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.query.Limits;
import org.phasemap.spec.Tolerances;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.ResultsRoot;
import org.phasemap.store.Tables;
import org.phasemap.sweep.SweptFolder;

/**
 * Sweeps that differ by chance alone: other random numbers, the same program. Cells share random
 * numbers, so that tests move together as much as they can. {@code -Dphasemap.regress.pairs=1000}
 * compares so many.
 */
class NullPairsTest {
  private static final int PAIRS = Integer.getInteger("phasemap.regress.pairs", 3);

  private static final int REPLICATE =
      Tables.replicates().indexOf(Tables.replicatesColumn("replicate"));

  private static final int NETWORKS = 26;
  private static final Configuration CONFIGURATION = new Configuration();

  @TempDir private Path folder = Path.of("");

  /** 16 cells of what nightly specs have. */
  private static String spec(int seed, int replicates) {
    return """
        name: null
        seed: %d
        replicates: %d
        network: {activation: [relu, tanh], depth: [2, 6], width: 16,
          sigma_multiplier: [0.7, 2], sigma_b2: 0.05, keep_probability: [1, 0.5]}
        inputs: {count: 3, dimension: 16}
        probes: [signal, gradient, ntk, optimiser, precision, jacobian]
        """
        .formatted(seed, replicates)
        .replace("name: null", "name: pairs");
  }

  /** Rows that differ by chance alone, in two folders. */
  private void sweep(int pair, String was, String is) throws IOException {
    List<@Nullable Object[]> before = new ArrayList<>();
    List<@Nullable Object[]> after = new ArrayList<>();
    for (@Nullable Object[] row : SweptFolder.rows(spec(pair, 2 * NETWORKS))) {
      int replicate = (Integer) Objects.requireNonNull(row[REPLICATE]);
      (replicate < NETWORKS ? before : after).add(row);
      row[REPLICATE] = replicate % NETWORKS;
    }
    SweptFolder.commit(spec(1, NETWORKS), before, was);
    SweptFolder.commit(spec(2, NETWORKS), after, is);
  }

  @Test
  void alarmsAreNoMoreThanIsSaid() throws IOException {
    Map<Pairing, Integer> alarms = new EnumMap<>(Pairing.class);
    for (int pair = 0; pair < PAIRS; pair++) {
      String was = folder.resolve("before").toString();
      String is = folder.resolve("after").toString();
      sweep(pair, was, is);
      count(alarms, Pairing.INDEPENDENT, pair, was, is);
      // Two networks of unlike random numbers, taken for a pair, differ as likely up as down.
      Files.copy(Path.of(was, "spec.yaml"), Path.of(is, "spec.yaml"), REPLACE_EXISTING);
      count(alarms, Pairing.PAIRED, pair, was, is);
      ResultsRoot.of(ResultsFolder.open(was, CONFIGURATION)).deleteSweep("before");
      ResultsRoot.of(ResultsFolder.open(is, CONFIGURATION)).deleteSweep("after");
      if ((pair + 1) % 50 == 0) {
        System.out.printf("%d pairs: alarms %s%n", pair + 1, alarms);
      }
    }
    // So many or more alarms have a probability of less than 1e-4 at the level that is stated.
    int most = new BinomialDistribution(null, PAIRS, 0.01).inverseCumulativeProbability(1 - 1e-4);
    assertThat(alarms.values()).allMatch(n -> n <= most);
  }

  private static void count(
      Map<Pairing, Integer> alarms, Pairing pairing, int pair, String was, String is) {
    Comparison comparison =
        new Regression(Tolerances.DEFAULT, Limits.ofThisMachine())
            .compare(
                ResultsFolder.open(was, CONFIGURATION), ResultsFolder.open(is, CONFIGURATION));
    assertThat(comparison.pairing()).isEqualTo(pairing);
    assertThat(comparison.counts().equalRows()).isZero();
    // What needs no test has the same random numbers, and these have not.
    List<Change> found =
        comparison.changes().stream()
            .filter(c -> c.isFound() && c.test() != TestName.CERTAIN)
            .toList();
    alarms.merge(pairing, found.isEmpty() ? 0 : 1, Integer::sum);
    if (!found.isEmpty()) {
      System.out.println(pair + ": " + found.get(0));
    }
  }
}
