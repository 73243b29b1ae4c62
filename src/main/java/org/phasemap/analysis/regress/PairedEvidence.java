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
  private static final String PAIRS =
      """
      before b join after a using (cell_id, replicate)
      where cell_id in (select cell_id from changed_cell)
      """;

  private final Query query;
  private final Columns columns;

  /** The quantities in the table {@code moments}. */
  private List<Quantity> read = List.of();

  PairedEvidence(Query query) {
    this.query = query;
    this.columns = Columns.of(query);
    query.rows(
        """
        create temp table changed_cell as select distinct cell_id
        from before b join after a using (cell_id, replicate) where b.fingerprint <> a.fingerprint
        """);
  }

  @Override
  public Columns columns() {
    return columns;
  }

  @Override
  public List<Means> beyond(Quantity quantity, double tolerance) {
    if (!read.contains(quantity)) {
      read = columns.beside(quantity);
      readMoments();
    }
    boolean normal = quantity.domain().isNearNormal();
    String sql =
        """
        select cell_id, %1$s_n as n, %1$s_before as before, %1$s_after as after, %1$s_mean as mean,
          %1$s_variance as variance from moments where n >= %2$d and abs(mean) > ?
        """
            .formatted(quantity.column(), Columns.FEWEST);
    List<Means> means = new ArrayList<>();
    for (Rows.Row row :
        query.rows(normal ? sql + "order by cell_id" : withValues(sql, quantity), tolerance)) {
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

  private void readMoments() {
    String moments =
        read.stream()
            .map(
                q ->
                    """
                    , count(a.%1$s - b.%1$s) as %1$s_n,
                    avg(b.%1$s) filter (where a.%1$s is not null) as %1$s_before,
                    avg(a.%1$s) filter (where b.%1$s is not null) as %1$s_after,
                    avg(a.%1$s::double - b.%1$s) as %1$s_mean,
                    coalesce(var_samp(a.%1$s::double - b.%1$s), 0) as %1$s_variance
                    """
                        .formatted(q.column()))
            .collect(Collectors.joining());
    query.rows(
        "create or replace temp table moments as select cell_id%s from %s group by cell_id"
            .formatted(moments, PAIRS));
  }

  /** The cells of a query with all their differences. */
  private static String withValues(String sql, Quantity quantity) {
    return """
    with found as materialized (%s)
    select found.*, differences from found join (
      select cell_id, list(a.%3$s::double - b.%3$s order by replicate) as differences
      from %2$s and cell_id in (select cell_id from found) and a.%3$s - b.%3$s is not null
      group by cell_id) using (cell_id) order by cell_id
    """
        .formatted(sql, PAIRS, quantity.column());
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
   * A share of networks.
   *
   * @param what has happened to them, in SQL; {@code %s} is the side
   * @param of which networks, in SQL
   */
  private record Share(Subject subject, String what, String of) {
    /** Whether a difference needs no test. */
    boolean isCertain() {
      return List.of(Subject.FAILED, Subject.EXPLODED, Subject.VANISHED).contains(subject);
    }
  }

  /**
   * A network at initialisation that fails, explodes or vanishes with the numbers with which it did
   * not is no chance. One that is trained or not may be: training amplifies rounding.
   */
  @Override
  public List<Change> shares() {
    String measured = "b.status = 'measured'";
    String trained = "b.task = 'training' and b.status = 'measured'";
    String category = "coalesce(%s.category, '') = ";
    List<Share> shares = new ArrayList<>();
    shares.add(new Share(Subject.FAILED, "%s.status = 'failed'", "true"));
    shares.add(new Share(Subject.EXPLODED, category + "'exploded'", measured));
    shares.add(new Share(Subject.VANISHED, category + "'vanished'", measured));
    shares.add(new Share(Subject.TRAINED, category + "'trained'", trained));
    shares.add(new Share(Subject.DIVERGED, category + "'diverged'", trained));
    for (Quantity quantity : columns.measured()) {
      String valued = "%s." + quantity.column() + " is not null";
      String alike = "coalesce(a.category, '') = coalesce(b.category, '')";
      shares.add(new Share(Subject.valued(quantity), valued, alike));
    }
    List<Change> changes = new ArrayList<>();
    Columns.portions(shares).forEach(some -> add(changes, some));
    return changes;
  }

  private void add(List<Change> changes, List<Share> shares) {
    List<String> counts = new ArrayList<>();
    List<String> differ = new ArrayList<>();
    for (int i = 0; i < shares.size(); i++) {
      Share share = shares.get(i);
      counts.add(
          """
          count(*) filter (where %2$s) as n%1$d, count(*) filter (where %2$s and %3$s) as before%1$d,
          count(*) filter (where %2$s and %4$s and not %3$s) as gained%1$d,
          count(*) filter (where %2$s and %3$s and not %4$s) as lost%1$d
          """
              .formatted(i, share.of, share.what.formatted("b"), share.what.formatted("a")));
      differ.add("gained%1$d + lost%1$d > 0".formatted(i));
    }
    String sql =
        "select cell_id, %s from %s group by cell_id having %s order by cell_id"
            .formatted(String.join(", ", counts), PAIRS, String.join(" or ", differ));
    for (Rows.Row row : query.rows(sql)) {
      for (int i = 0; i < shares.size(); i++) {
        add(changes, shares.get(i), row, i);
      }
    }
  }

  private static void add(List<Change> changes, Share share, Rows.Row row, int index) {
    int n = (int) row.whole("n" + index);
    int before = (int) row.whole("before" + index);
    int gained = (int) row.whole("gained" + index);
    int lost = (int) row.whole("lost" + index);
    if (gained + lost == 0 || (share.isCertain() && gained == 0)) {
      return;
    }
    double was = (double) before / n;
    double is = (double) (before + gained - lost) / n;
    RankTest.Answer answer = CountTest.mcNemar(gained, lost, n);
    Verdict tested = answer.isMostExtreme() ? Verdict.UNDECIDED : share.subject.verdict(was, is);
    changes.add(
        new Change(
            row.text("cell_id"),
            share.subject,
            n,
            was,
            is,
            0,
            share.isCertain() ? TestName.CERTAIN : TestName.MCNEMAR,
            share.isCertain() ? 0 : answer.p(),
            share.isCertain() ? Verdict.WORSE : tested));
  }
}
