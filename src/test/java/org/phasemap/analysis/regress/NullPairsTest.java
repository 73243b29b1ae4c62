package org.phasemap.analysis.regress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.query.Limits;
import org.phasemap.spec.Tolerances;
import org.phasemap.store.ResultsFolder;
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

  @Test
  void alarmsAreNoMoreThanIsSaid() {
    int networks = 26;
    int alarms = 0;
    for (int pair = 0; pair < PAIRS; pair++) {
      List<@Nullable Object[]> before = new ArrayList<>();
      List<@Nullable Object[]> after = new ArrayList<>();
      for (@Nullable Object[] row : SweptFolder.rows(spec(pair, 2 * networks))) {
        int replicate = (Integer) java.util.Objects.requireNonNull(row[REPLICATE]);
        (replicate < networks ? before : after).add(row);
        row[REPLICATE] = replicate % networks;
      }
      String was = folder.resolve("before-" + pair).toString();
      String is = folder.resolve("after-" + pair).toString();
      SweptFolder.commit(spec(1, networks), before, was);
      SweptFolder.commit(spec(2, networks), after, is);
      Comparison comparison =
          new Regression(Tolerances.DEFAULT, Limits.ofThisMachine())
              .compare(ResultsFolder.open(was), ResultsFolder.open(is));
      assertThat(comparison.pairing()).isEqualTo(Pairing.INDEPENDENT);
      assertThat(comparison.counts().equalRows()).isZero();
      if (comparison.state() == State.REGRESSION) {
        alarms++;
        System.out.println(pair + ": " + comparison.changes().get(0));
      }
    }
    System.out.printf("%d alarms of %d pairs%n", alarms, PAIRS);
    // So many or more alarms have a probability of less than 1e-4 at the level that is stated.
    int most = new BinomialDistribution(null, PAIRS, 0.01).inverseCumulativeProbability(1 - 1e-4);
    assertThat(alarms).isLessThanOrEqualTo(most);
  }
}
