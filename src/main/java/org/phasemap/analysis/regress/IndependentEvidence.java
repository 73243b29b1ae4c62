package org.phasemap.analysis.regress;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.analysis.regress.StudentTest.Sample;
import org.phasemap.quantity.Quantity;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/**
 * Of sweeps with other random numbers: all networks of a cell on one side with all on the other.
 */
final class IndependentEvidence implements Evidence {
  private final Query query;
  private final Columns columns;

  IndependentEvidence(Query query) {
    this.query = query;
    this.columns = Columns.of(query);
  }

  @Override
  public Columns columns() {
    return columns;
  }

  @Override
  public List<Means> beyond(Quantity quantity, double tolerance) {
    boolean normal = quantity.domain().isNearNormal();
    String of =
        """
        select cell_id, count(%1$s) as n, avg(%1$s) as mean,
          coalesce(var_samp(%1$s), 0) as variance%2$s
        from %3$s where %1$s is not null group by cell_id having n >= %4$d
        """;
    String list = normal ? "" : ", list(" + quantity.column() + "::double order by replicate) as v";
    String sql =
        "select cell_id, b.n as n_b, a.n as n_a, b.mean as mean_b, a.mean as mean_a,"
            + " b.variance as variance_b, a.variance as variance_a"
            + (normal ? "" : ", b.v as v_b, a.v as v_a")
            + " from ("
            + of.formatted(quantity.column(), list, Query.BEFORE, Columns.FEWEST)
            + ") b join ("
            + of.formatted(quantity.column(), list, Query.AFTER, Columns.FEWEST)
            + ") a using (cell_id) where abs(a.mean - b.mean) > ? order by cell_id";
    List<Means> means = new ArrayList<>();
    for (Rows.Row row : query.rows(sql, tolerance)) {
      means.add(
          new Means(
              row.text("cell_id"),
              row.number("mean_b"),
              row.number("mean_a"),
              Math.min(row.whole("n_b"), row.whole("n_a")),
              normal ? welch(row) : ranks(row)));
    }
    return means;
  }

  private static Test welch(Rows.Row row) {
    Sample before = new Sample(row.whole("n_b"), row.number("mean_b"), row.number("variance_b"));
    Sample after = new Sample(row.whole("n_a"), row.number("mean_a"), row.number("variance_a"));
    return new MeanTest(TestName.WELCH, tolerance -> StudentTest.welch(before, after, tolerance));
  }

  private static Test ranks(Rows.Row row) {
    double[] before = row.numbers("v_b").stream().mapToDouble(d -> d).toArray();
    double[] after = row.numbers("v_a").stream().mapToDouble(d -> d).toArray();
    return new OrderTest(TestName.RANK_SUM, tolerance -> RankTest.sums(before, after, tolerance));
  }

  /** An exception is never chance; all else may be. */
  @Override
  public List<Change> shares() {
    List<Change> changes = new ArrayList<>();
    add(changes, Subject.FAILED, "status = 'failed'", "true");
    add(changes, Subject.EXPLODED, "category = 'exploded'", "task = 'propagation'");
    add(changes, Subject.VANISHED, "category = 'vanished'", "task = 'propagation'");
    add(changes, Subject.TRAINED, "category = 'trained'", "task = 'training'");
    add(changes, Subject.DIVERGED, "category = 'diverged'", "task = 'training'");
    for (Quantity quantity : columns.measured()) {
      String valued = quantity.column() + " is not null";
      add(changes, Subject.valued(quantity), valued, "category not in ('exploded', 'vanished')");
    }
    return changes;
  }

  private void add(List<Change> changes, Subject subject, String what, String where) {
    String of =
        "select cell_id, count(*) as n, count(*) filter (where %s) as k from %s where %s group by cell_id";
    String sql =
        "select cell_id, b.n as n_b, b.k as k_b, a.n as n_a, a.k as k_a from ("
            + of.formatted(what, Query.BEFORE, where)
            + ") b join ("
            + of.formatted(what, Query.AFTER, where)
            + ") a using (cell_id) where b.k * a.n <> a.k * b.n order by cell_id";
    for (Rows.Row row : query.rows(sql)) {
      int before = (int) row.whole("k_b");
      int ofBefore = (int) row.whole("n_b");
      int after = (int) row.whole("k_a");
      int ofAfter = (int) row.whole("n_a");
      double was = (double) before / ofBefore;
      double is = (double) after / ofAfter;
      RankTest.Answer answer = CountTest.fisher(before, ofBefore, after, ofAfter);
      boolean isCertain = subject.equals(Subject.FAILED);
      Verdict verdict = subject.verdict(was, is);
      if (!isCertain || before == 0) {
        changes.add(
            new Change(
                row.text("cell_id"),
                subject,
                Math.min(ofBefore, ofAfter),
                was,
                is,
                0,
                isCertain ? TestName.CERTAIN : TestName.FISHER,
                isCertain ? 0 : answer.p(),
                !isCertain && answer.isMostExtreme() ? Verdict.UNDECIDED : verdict));
      }
    }
  }
}
