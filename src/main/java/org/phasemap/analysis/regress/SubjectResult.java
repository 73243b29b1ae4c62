package org.phasemap.analysis.regress;

import java.util.Comparator;
import java.util.List;

/**
 * What a comparison says of one subject over all cells.
 *
 * @param tests cells compared
 * @param beyond of these, whose means lie further apart than is tolerated, by chance or not
 * @param changed found
 * @param worse of these, for the worse
 * @param undecided would be found if more networks had the same difference
 * @param largest the difference found that is farthest from 0; 0 where none is
 */
public record SubjectResult(
    Subject subject,
    long tests,
    long beyond,
    long changed,
    long worse,
    long undecided,
    double largest) {
  static SubjectResult of(Subject subject, long tests, long beyond, List<Change> all) {
    List<Change> changes = all.stream().filter(c -> c.subject().equals(subject)).toList();
    List<Change> found = changes.stream().filter(Change::isFound).toList();
    return new SubjectResult(
        subject,
        tests,
        beyond,
        found.size(),
        found.stream().filter(c -> c.verdict() == Verdict.WORSE).count(),
        changes.size() - found.size(),
        found.stream()
            .map(Change::difference)
            .max(Comparator.comparingDouble(Math::abs))
            .orElse(0.0));
  }
}
