package org.phasemap.analysis.regress;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.phasemap.quantity.Quantity;
import org.phasemap.spec.file.Tolerances;

/**
 * What tests over all cells and quantities find.
 *
 * @param tests in all, those with p = 1 included
 * @param changes found, and undecided ones, the surest first
 * @param results of each subject
 */
record Findings(long tests, List<Change> changes, List<SubjectResult> results) {
  /** A change that may be found, and whether more networks could find it if it is not. */
  private record Candidate(Change change, boolean isMostExtreme) {}

  static Findings of(Evidence evidence, Cells cells, Tolerances tolerances) {
    List<Candidate> candidates = new ArrayList<>();
    Map<Subject, Long> tests = new LinkedHashMap<>();
    Map<Subject, Long> beyond = new HashMap<>();
    for (Quantity quantity : evidence.quantities()) {
      Subject subject = Subject.of(quantity);
      tests.put(subject, evidence.tests(quantity));
      double least = tolerances.of(quantity).absolute();
      for (Evidence.Means means : evidence.beyond(quantity, least)) {
        double tolerance =
            Math.max(
                tolerances.of(quantity).around(means.before()),
                cells.place(means.cell()).rounding());
        if (Math.abs(means.after() - means.before()) > tolerance) {
          beyond.merge(subject, 1L, Long::sum);
          add(candidates, candidate(means, subject, tolerance), tolerances.level());
        }
      }
    }
    for (Change change : evidence.shares()) {
      tests.putIfAbsent(change.subject(), (long) cells.size());
      beyond.merge(change.subject(), 1L, Long::sum);
      boolean isMostExtreme = change.verdict() == Verdict.UNDECIDED;
      add(candidates, new Candidate(change, isMostExtreme), tolerances.level());
    }
    // All that might have been found counts, whether or not anything was near it.
    long all =
        evidence.quantities().stream().mapToLong(evidence::tests).sum()
            + (long) cells.size() * (evidence.quantities().size() + Evidence.SHARES);
    return decided(candidates, new Asked(all, tests, beyond), tolerances.level());
  }

  /** Of p above the level none is found, however many are below: they need not be kept. */
  private static void add(List<Candidate> candidates, Candidate candidate, double level) {
    if (candidate.change.p() <= level || candidate.isMostExtreme) {
      candidates.add(candidate);
    }
  }

  /**
   * What is tested.
   *
   * @param all tests
   * @param tests of each subject
   * @param beyond of these, means further apart than is tolerated
   */
  private record Asked(long all, Map<Subject, Long> tests, Map<Subject, Long> beyond) {}

  private static Candidate candidate(Evidence.Means means, Subject subject, double tolerance) {
    RankTest.Answer answer = means.test().answer(tolerance);
    return new Candidate(
        new Change(
            means.cell(),
            subject,
            means.networks(),
            means.before(),
            means.after(),
            tolerance,
            means.test().name(),
            answer.p(),
            subject.verdict(means.before(), means.after())),
        answer.least() > 0 && answer.isMostExtreme());
  }

  /** What needs no test is found, and takes no part in those of the others. */
  private static Findings decided(List<Candidate> candidates, Asked asked, double level) {
    double[] p =
        candidates.stream()
            .map(Candidate::change)
            .filter(c -> c.test() != TestName.CERTAIN)
            .mapToDouble(Change::p)
            .toArray();
    double threshold = FalseDiscovery.threshold(p, asked.all, level);
    List<Change> changes = new ArrayList<>();
    for (Candidate candidate : candidates) {
      Change change = candidate.change;
      if (change.test() == TestName.CERTAIN || change.p() <= threshold) {
        Verdict verdict = change.subject().verdict(change.before(), change.after());
        changes.add(change.with(verdict));
      } else if (candidate.isMostExtreme) {
        changes.add(change.with(Verdict.UNDECIDED));
      }
    }
    changes.sort(
        Comparator.comparing(Change::isFound)
            .reversed()
            .thenComparingDouble(Change::p)
            .thenComparing(Change::cell));
    List<SubjectResult> results =
        asked.tests.entrySet().stream()
            .map(
                e ->
                    SubjectResult.of(
                        e.getKey(),
                        e.getValue(),
                        asked.beyond.getOrDefault(e.getKey(), 0L),
                        changes))
            .toList();
    return new Findings(asked.all, List.copyOf(changes), results);
  }
}
