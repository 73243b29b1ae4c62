package org.phasemap.analysis.regress;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.phasemap.analysis.regress.StudentTest.Sample;
import org.phasemap.quantity.Quantity;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/**
 * Of sweeps with the same random numbers: networks of one cell and replicate are pairs. Only cells
 * with a row whose fingerprint has changed are looked at; all others have p = 1.
 */
final class PairedEvidence implements Evidence {
  private final Query query;
  private final Columns columns;

  PairedEvidence(Query query) {
    this.query = query;
    this.columns = Columns.of(query);
    query.rows(
        """
        create temp table changed_cell as select distinct cell_id
        from before b join after a using (cell_id, replicate) where b.fingerprint <> a.fingerprint
        """);
    String values =
        columns.measured().stream()
            .map(q -> ", b.%1$s as %1$s_b, a.%1$s as %1$s_a".formatted(q.column()))
            .collect(Collectors.joining());
    query.rows(
        """
        create temp table pair as select b.cell_id, b.replicate, b.task,
          b.status as status_b, a.status as status_a,
          coalesce(b.category, '') as category_b, coalesce(a.category, '') as category_a%s
        from before b join after a using (cell_id, replicate) join changed_cell using (cell_id)
        """
            .formatted(values));
  }

  @Override
  public Columns columns() {
    return columns;
  }

  @Override
  public List<Means> beyond(Quantity quantity, double tolerance) {
    boolean normal = quantity.domain().isNearNormal();
    String sql =
        """
        select cell_id, count(*) as n, avg(b) as before, avg(a) as after, avg(a - b) as mean,
          coalesce(var_samp(a - b), 0) as variance%s
        from (select cell_id, replicate, %2$s_b::double as b, %2$s_a::double as a from pair)
        where b is not null and a is not null group by cell_id
        having n >= %3$d and abs(mean) > ? order by cell_id
        """
            .formatted(
                normal ? "" : ", list(a - b order by replicate) as differences",
                quantity.column(),
                Columns.FEWEST);
    List<Means> means = new ArrayList<>();
    for (Rows.Row row : query.rows(sql, tolerance)) {
      means.add(
          new Means(
              row.text("cell_id"),
              row.number("before"),
              row.number("after"),
              row.whole("n"),
              normal ? student(row) : ranks(row)));
    }
    return means;
  }

  private static Test student(Rows.Row row) {
    Sample sample = new Sample(row.whole("n"), row.number("mean"), row.number("variance"));
    return new MeanTest(TestName.T, tolerance -> StudentTest.paired(sample, tolerance));
  }

  private static Test ranks(Rows.Row row) {
    double[] values = row.numbers("differences").stream().mapToDouble(d -> d).toArray();
    return new OrderTest(TestName.SIGNED_RANK, tolerance -> RankTest.signed(values, tolerance));
  }

  /**
   * A network at initialisation that fails, explodes or vanishes with the numbers with which it did
   * not is no chance. One that is trained or not may be: training amplifies rounding.
   */
  @Override
  public List<Change> shares() {
    List<Change> changes = new ArrayList<>();
    addNew(changes, Subject.FAILED, "status_%s = 'failed'", "true");
    addNew(changes, Subject.EXPLODED, "category_%s = 'exploded'", "status_b = 'measured'");
    addNew(changes, Subject.VANISHED, "category_%s = 'vanished'", "status_b = 'measured'");
    String trained = "task = 'training' and status_b = 'measured'";
    addTested(changes, Subject.TRAINED, "category_%s = 'trained'", trained);
    addTested(changes, Subject.DIVERGED, "category_%s = 'diverged'", trained);
    for (Quantity quantity : columns.measured()) {
      String valued = quantity.column() + "_%s is not null";
      addTested(changes, Subject.valued(quantity), valued, "category_a = category_b");
    }
    return changes;
  }

  private Rows happened(String what, String where) {
    return query.rows(
        """
        select cell_id, count(*) as n, count(*) filter (where b) as before,
          count(*) filter (where a) as after, count(*) filter (where a and not b) as gained,
          count(*) filter (where b and not a) as lost
        from (select cell_id, %s as b, %s as a from pair where %s)
        group by cell_id having gained + lost > 0 order by cell_id
        """
            .formatted(what.formatted("b"), what.formatted("a"), where));
  }

  private void addNew(List<Change> changes, Subject subject, String what, String where) {
    for (Rows.Row row : happened(what, where)) {
      if (row.whole("gained") > 0) {
        changes.add(change(row, subject, TestName.CERTAIN, 0, Verdict.WORSE));
      }
    }
  }

  private void addTested(List<Change> changes, Subject subject, String what, String where) {
    for (Rows.Row row : happened(what, where)) {
      RankTest.Answer answer =
          CountTest.mcNemar(
              (int) row.whole("gained"), (int) row.whole("lost"), (int) row.whole("n"));
      Verdict verdict =
          answer.isMostExtreme()
              ? Verdict.UNDECIDED
              : subject.verdict((double) row.whole("before"), (double) row.whole("after"));
      changes.add(change(row, subject, TestName.MCNEMAR, answer.p(), verdict));
    }
  }

  private static Change change(
      Rows.Row row, Subject subject, TestName test, double p, Verdict verdict) {
    double n = row.whole("n");
    return new Change(
        row.text("cell_id"),
        subject,
        row.whole("n"),
        row.whole("before") / n,
        row.whole("after") / n,
        0,
        test,
        p,
        verdict);
  }
}
