package org.phasemap.analysis.regress;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.random.JDKRandomGenerator;
import org.apache.commons.math3.random.RandomDataGenerator;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.util.MathArrays;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.analysis.regress.StudentTest.Sample;
import org.phasemap.quantity.Quantity;
import org.phasemap.query.Limits;
import org.phasemap.query.Query;
import org.phasemap.spec.file.Tolerances;
import org.phasemap.store.ResultsFolder;
import org.phasemap.sweep.SweptFolder;

/**
 * Sweeps that differ by chance alone: other random numbers, the same program. Cells share random
 * numbers, so that tests move together as much as they can. {@code -Dphasemap.regress.pairs=1000}
 * compares so many.
 *
 * <p>Rows are those of real networks. Two sides are chosen of one sweep's replicates, in many ways,
 * and are compared in memory: a folder for each pair would take most of the time. That this says
 * what folders say is tested too.
 */
class NullPairsTest {
  private static final int PAIRS = Integer.getInteger("phasemap.regress.pairs", 5);
  private static final int NETWORKS = 26;

  /** Enough that two choices of one sweep's networks have few in common. */
  private static final int MEASURED = 4 * NETWORKS;

  /** Of one sweep's networks. */
  private static final int CHOICES = 20;

  /** At which Student's tests are asked, and choices of a cell's networks for them. */
  private static final double LEVEL = 1e-3;

  private static final int CHOSEN = 60 * PAIRS;

  private static final int REPLICATE = RowsEvidence.place("replicate");
  private static final Configuration CONFIGURATION = new Configuration();

  @TempDir private Path folder = Path.of("");

  /** 16 cells of what nightly specs have. */
  private static String spec(int seed, int replicates) {
    return """
        name: pairs
        seed: %d
        replicates: %d
        network: {activation: [relu, tanh], depth: [2, 6], width: 16,
          sigma_multiplier: [0.7, 2], sigma_b2: 0.05, keep_probability: [1, 0.5]}
        inputs: {count: 3, dimension: 16}
        probes: [signal, gradient, ntk, optimiser, precision, jacobian]
        """
        .formatted(seed, replicates);
  }

  private static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().collect(Collectors.toCollection(ArrayList::new));
  }

  @Test
  void alarmsAreNoMoreThanIsSaid() {
    Cells cells = cells();
    Map<Pairing, Integer> alarms = new EnumMap<>(Pairing.class);
    List<@Nullable Object[]> rows = List.of();
    List<Integer> replicates = numbers(0, MEASURED);
    Random random = new Random(19);
    for (int pair = 0; pair < PAIRS; pair++) {
      int sweep = pair / CHOICES;
      if (pair % CHOICES == 0) {
        rows = SweptFolder.rows(spec(sweep, MEASURED));
        System.out.printf("%d pairs: alarms %s%n", pair, alarms);
      }
      Collections.shuffle(replicates, random);
      List<@Nullable Object[]> before = RowsEvidence.chosen(rows, replicates.subList(0, NETWORKS));
      List<@Nullable Object[]> after =
          RowsEvidence.chosen(rows, replicates.subList(NETWORKS, 2 * NETWORKS));
      // Two networks of unlike random numbers, taken for a pair, differ as likely up as down.
      for (Pairing pairing : Pairing.values()) {
        boolean isAlarm = isAlarm(new RowsEvidence(pairing, before, after), cells, sweep);
        alarms.merge(pairing, isAlarm ? 1 : 0, Integer::sum);
      }
    }
    System.out.printf("%d pairs: alarms %s%n", PAIRS, alarms);
    // So many or more alarms have a probability of less than 1e-4 at the level that is stated.
    int most = new BinomialDistribution(null, PAIRS, 0.01).inverseCumulativeProbability(1 - 1e-4);
    assertThat(alarms.values()).allMatch(n -> n <= most);
  }

  /**
   * Logarithms and means of networks are far from normal in places: their excess kurtosis is up to
   * 300. Heavy tails make t find less than its level, and no quantity has tails so light that it
   * finds much more.
   */
  @Test
  void studentsTestsHoldTheirLevelWhateverTheTails() {
    Map<Object, List<@Nullable Object[]>> cells =
        SweptFolder.rows(spec(0, MEASURED)).stream()
            .collect(Collectors.groupingBy(row -> Objects.requireNonNull(row[0])));
    RandomDataGenerator random = new RandomDataGenerator(new JDKRandomGenerator(20));
    int allTests = 0;
    int allFound = 0;
    for (Quantity quantity : Quantity.all()) {
      int at = RowsEvidence.place(quantity.column());
      int tests = 0;
      int found = 0;
      for (List<@Nullable Object[]> rows : cells.values()) {
        double[] values = RowsEvidence.values(rows, at);
        boolean varies = values.length == MEASURED && StatUtils.variance(values) > 1e-12;
        if (quantity.domain().isNearNormal() && varies) {
          tests += 2 * CHOSEN;
          found += findsOf(values, random);
        }
      }
      assertThat(found).as(quantity.column()).isLessThanOrEqualTo(most(tests, 1.3 * LEVEL));
      allTests += tests;
      allFound += found;
    }
    System.out.printf("%d of %d tests find at %s%n", allFound, allTests, LEVEL);
    assertThat(allFound).isLessThanOrEqualTo(most(allTests, LEVEL));
  }

  /** More have a probability of less than 1e-6. */
  private static int most(int tests, double level) {
    return new BinomialDistribution(null, tests, level).inverseCumulativeProbability(1 - 1e-6);
  }

  /** How often chance differs by more than the level allows, paired and not. */
  private static int findsOf(double[] values, RandomDataGenerator random) {
    int found = 0;
    for (int i = 0; i < CHOSEN; i++) {
      double[] chosen =
          Arrays.stream(random.nextPermutation(values.length, 2 * NETWORKS))
              .mapToDouble(network -> values[network])
              .toArray();
      double[] before = Arrays.copyOf(chosen, NETWORKS);
      double[] after = Arrays.copyOfRange(chosen, NETWORKS, 2 * NETWORKS);
      Sample differences = RowsEvidence.sample(MathArrays.ebeSubtract(after, before));
      Sample was = RowsEvidence.sample(before);
      Sample is = RowsEvidence.sample(after);
      found += StudentTest.paired(differences, 0) < LEVEL ? 1 : 0;
      found += StudentTest.welch(was, is, 0) < LEVEL ? 1 : 0;
    }
    return found;
  }

  private static boolean isAlarm(Evidence evidence, Cells cells, int sweep) {
    List<Change> found =
        Findings.of(evidence, cells, Tolerances.DEFAULT).changes().stream()
            .filter(Change::isFound)
            .toList();
    found.forEach(change -> System.out.println(sweep + ": " + change));
    return !found.isEmpty();
  }

  private Cells cells() {
    String path = folder.resolve("cells").toString();
    SweptFolder.write(spec(0, 1), path);
    ResultsFolder results = ResultsFolder.open(path, CONFIGURATION);
    try (Query query = Query.pair(results, results, Limits.ofThisMachine())) {
      return Cells.of(query);
    }
  }

  /** At a level at which all is found, so that every p is compared. */
  @Test
  void foldersSayWhatTheirRowsSay() throws IOException {
    Tolerances tolerances = new Tolerances(1e6, Map.of());
    List<@Nullable Object[]> rows = SweptFolder.rows(spec(3, 12));
    List<@Nullable Object[]> before = RowsEvidence.chosen(rows, numbers(0, 6));
    List<@Nullable Object[]> after = RowsEvidence.chosen(rows, numbers(6, 12));
    after.forEach(row -> row[REPLICATE] = (Integer) Objects.requireNonNull(row[REPLICATE]) - 6);
    String was = folder.resolve("before").toString();
    String is = folder.resolve("after").toString();
    SweptFolder.commit(spec(1, 6), before, was);
    SweptFolder.commit(spec(2, 6), after, is);
    Cells cells = cells();
    for (Pairing pairing : List.of(Pairing.INDEPENDENT, Pairing.PAIRED)) {
      if (pairing == Pairing.PAIRED) {
        Files.copy(Path.of(was, "spec.yaml"), Path.of(is, "spec.yaml"), REPLACE_EXISTING);
      }
      Comparison comparison =
          new Regression(tolerances, Limits.ofThisMachine())
              .compare(
                  ResultsFolder.open(was, CONFIGURATION), ResultsFolder.open(is, CONFIGURATION));
      Findings expected = Findings.of(new RowsEvidence(pairing, before, after), cells, tolerances);
      assertThat(comparison.pairing()).isEqualTo(pairing);
      assertThat(comparison.counts().tests()).isEqualTo(expected.tests());
      assertThat(p(comparison.changes())).hasSizeGreaterThan(20);
      assertThat(p(comparison.changes()).keySet())
          .containsExactlyInAnyOrderElementsOf(p(expected.changes()).keySet());
      p(expected.changes())
          .forEach(
              (what, p) ->
                  assertThat(p(comparison.changes()).get(what))
                      .as(what)
                      .isCloseTo(p, within(1e-9)));
    }
  }

  /** p of what is tested, by cell, quantity, test and verdict. */
  private static Map<String, Double> p(List<Change> changes) {
    Map<String, Double> p = new TreeMap<>();
    changes.stream()
        .filter(c -> c.test() != TestName.CERTAIN)
        .forEach(
            c ->
                p.put(
                    c.cell() + " " + c.subject().id() + " " + c.test() + " " + c.verdict(), c.p()));
    return p;
  }
}
