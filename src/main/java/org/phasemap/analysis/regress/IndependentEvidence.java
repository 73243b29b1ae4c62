package org.phasemap.analysis.regress;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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

  /** The quantities in the table {@code moments}. */
  private List<Quantity> read = List.of();

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
    if (!read.contains(quantity)) {
      read = columns.beside(quantity);
      readMoments();
    }
    boolean normal = quantity.domain().isNearNormal();
    String sql =
        """
        select cell_id, b.%1$s_n as n_b, a.%1$s_n as n_a, b.%1$s_mean as mean_b,
          a.%1$s_mean as mean_a, b.%1$s_variance as variance_b, a.%1$s_variance as variance_a
        from moments_before b join moments_after a using (cell_id)
        where n_b >= %2$d and n_a >= %2$d and abs(mean_a - mean_b) > ?
        """
            .formatted(quantity.column(), Columns.FEWEST);
    List<Means> means = new ArrayList<>();
    for (Rows.Row row :
        query.rows(normal ? sql + "order by cell_id" : withValues(sql, quantity), tolerance)) {
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

  private void readMoments() {
    for (String table : List.of(Query.BEFORE, Query.AFTER)) {
      String moments =
          read.stream()
              .map(
                  q ->
                      """
                      , count(%1$s) as %1$s_n, avg(%1$s) as %1$s_mean,
                      coalesce(var_samp(%1$s), 0) as %1$s_variance
                      """
                          .formatted(q.column()))
              .collect(Collectors.joining());
      query.rows(
          "create or replace temp table moments_%1$s as select cell_id%2$s from %1$s group by cell_id"
              .formatted(table, moments));
    }
  }

  /** The cells of a query with all their values. */
  private static String withValues(String sql, Quantity quantity) {
    String values =
        """
        (select cell_id, list(%1$s::double order by replicate) as v from %2$s
        where %1$s is not null and cell_id in (select cell_id from found) group by cell_id)
        """;
    return "with found as materialized ("
        + sql
        + ") select found.*, b.v as v_b, a.v as v_a from found join "
        + values.formatted(quantity.column(), Query.BEFORE)
        + "b using (cell_id) join "
        + values.formatted(quantity.column(), Query.AFTER)
        + "a using (cell_id) order by cell_id";
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

  /**
   * A share of networks.
   *
   * @param what has happened to them, in SQL
   * @param of which networks, in SQL
   */
  private record Share(Subject subject, String what, String of) {}

  /** An exception is never chance; all else may be. */
  @Override
  public List<Change> shares() {
    String initial = "task = 'propagation'";
    String trained = "task = 'training'";
    List<Share> shares = new ArrayList<>();
    shares.add(new Share(Subject.FAILED, "status = 'failed'", "true"));
    shares.add(new Share(Subject.EXPLODED, "category = 'exploded'", initial));
    shares.add(new Share(Subject.VANISHED, "category = 'vanished'", initial));
    shares.add(new Share(Subject.TRAINED, "category = 'trained'", trained));
    shares.add(new Share(Subject.DIVERGED, "category = 'diverged'", trained));
    for (Quantity quantity : columns.measured()) {
      String valued = quantity.column() + " is not null";
      shares.add(
          new Share(Subject.valued(quantity), valued, "category not in ('exploded', 'vanished')"));
    }
    List<Change> changes = new ArrayList<>();
    Columns.portions(shares).forEach(some -> add(changes, some));
    return changes;
  }

  private void add(List<Change> changes, List<Share> shares) {
    List<String> shown = new ArrayList<>();
    List<String> counts = new ArrayList<>();
    List<String> differ = new ArrayList<>();
    for (int i = 0; i < shares.size(); i++) {
      Share share = shares.get(i);
      shown.add(
          "b.n%1$d as n%1$d_b, b.k%1$d as k%1$d_b, a.n%1$d as n%1$d_a, a.k%1$d as k%1$d_a"
              .formatted(i));
      counts.add(
          "count(*) filter (where %2$s) as n%1$d, count(*) filter (where %2$s and %3$s) as k%1$d"
              .formatted(i, share.of, share.what));
      differ.add("b.k%1$d * a.n%1$d <> a.k%1$d * b.n%1$d".formatted(i));
    }
    String of = "(select cell_id, " + String.join(", ", counts) + " from %s group by cell_id)";
    String sql =
        "select cell_id, %s from %s b join %s a using (cell_id) where %s order by cell_id"
            .formatted(
                String.join(", ", shown),
                of.formatted(Query.BEFORE),
                of.formatted(Query.AFTER),
                String.join(" or ", differ));
    for (Rows.Row row : query.rows(sql)) {
      for (int i = 0; i < shares.size(); i++) {
        add(changes, shares.get(i).subject, row, i);
      }
    }
  }

  private static void add(List<Change> changes, Subject subject, Rows.Row row, int share) {
    int before = (int) row.whole("k" + share + "_b");
    int ofBefore = (int) row.whole("n" + share + "_b");
    int after = (int) row.whole("k" + share + "_a");
    int ofAfter = (int) row.whole("n" + share + "_a");
    boolean isCertain = subject.equals(Subject.FAILED);
    if ((long) before * ofAfter == (long) after * ofBefore || (isCertain && before > 0)) {
      return;
    }
    double was = (double) before / ofBefore;
    double is = (double) after / ofAfter;
    RankTest.Answer answer = CountTest.fisher(before, ofBefore, after, ofAfter);
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
            !isCertain && answer.isMostExtreme() ? Verdict.UNDECIDED : subject.verdict(was, is)));
  }
}
