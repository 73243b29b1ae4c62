package org.phasemap.analysis.regress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;
import org.phasemap.analysis.regress.StudentTest.Sample;
import org.phasemap.quantity.Quantity;
import org.phasemap.store.table.Tables;

/**
 * What {@link IndependentEvidence} and {@link PairedEvidence} ask of DuckDB, asked of rows in
 * memory: a second way to the same answer, and a quick one. All cells have the same replicates.
 */
final class RowsEvidence implements Evidence {
  private static final int CELL = place("cell_id");
  private static final int REPLICATE = place("replicate");

  private final Pairing pairing;
  private final Map<String, List<@Nullable Object[]>> before;
  private final Map<String, List<@Nullable Object[]>> after;
  private final Columns columns;

  /** Rows of both sides; where they are pairs, the first of a cell with the first, and so on. */
  RowsEvidence(Pairing pairing, List<@Nullable Object[]> before, List<@Nullable Object[]> after) {
    this.pairing = pairing;
    this.before = byCell(before);
    this.after = byCell(after);
    List<Quantity> measured =
        Quantity.all().stream().filter(q -> hasValue(before, q) && hasValue(after, q)).toList();
    this.columns =
        new Columns(
            measured,
            measured.stream().collect(Collectors.toMap(Quantity::column, this::cellsWithValues)));
  }

  static int place(String column) {
    return Tables.replicates().indexOf(Tables.replicatesColumn(column));
  }

  private static Map<String, List<@Nullable Object[]>> byCell(List<@Nullable Object[]> rows) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                row -> String.valueOf(row[CELL]), TreeMap::new, Collectors.toList()));
  }

  private static boolean hasValue(List<@Nullable Object[]> rows, Quantity quantity) {
    int at = place(quantity.column());
    return rows.stream().anyMatch(row -> row[at] != null);
  }

  private long cellsWithValues(Quantity quantity) {
    int at = place(quantity.column());
    return before.values().stream()
        .filter(rows -> values(rows, at).length >= Columns.FEWEST)
        .count();
  }

  /** Of the rows that have one. */
  static double[] values(List<@Nullable Object[]> rows, int at) {
    return rows.stream()
        .map(row -> row[at])
        .filter(Objects::nonNull)
        .mapToDouble(value -> ((Number) Objects.requireNonNull(value)).doubleValue())
        .toArray();
  }

  @Override
  public Columns columns() {
    return columns;
  }

  @Override
  public List<Means> beyond(Quantity quantity, double tolerance) {
    int at = place(quantity.column());
    boolean normal = quantity.domain().isNearNormal();
    List<Means> all = new ArrayList<>();
    before.forEach(
        (cell, was) -> {
          List<@Nullable Object[]> is = Objects.requireNonNull(after.get(cell));
          all.add(
              pairing == Pairing.PAIRED
                  ? paired(cell, was, is, at, normal)
                  : unpaired(cell, was, is, at, normal));
        });
    return all.stream()
        .filter(m -> m.networks() >= Columns.FEWEST && Math.abs(m.after() - m.before()) > tolerance)
        .toList();
  }

  private static Means unpaired(
      String cell,
      List<@Nullable Object[]> was,
      List<@Nullable Object[]> is,
      int at,
      boolean normal) {
    double[] b = values(was, at);
    double[] a = values(is, at);
    Test test =
        normal
            ? new MeanTest(TestName.WELCH, t -> StudentTest.welch(sample(b), sample(a), t))
            : new OrderTest(TestName.RANK_SUM, t -> RankTest.sums(b, a, t));
    return new Means(
        cell, StatUtils.mean(b), StatUtils.mean(a), Math.min(b.length, a.length), test);
  }

  private static Means paired(
      String cell,
      List<@Nullable Object[]> was,
      List<@Nullable Object[]> is,
      int at,
      boolean normal) {
    List<Integer> both =
        IntStream.range(0, was.size())
            .filter(i -> was.get(i)[at] != null && is.get(i)[at] != null)
            .boxed()
            .toList();
    double[] b = values(both.stream().map(was::get).toList(), at);
    double[] a = values(both.stream().map(is::get).toList(), at);
    double[] differences = IntStream.range(0, b.length).mapToDouble(i -> a[i] - b[i]).toArray();
    Test test =
        normal
            ? new MeanTest(TestName.T, t -> StudentTest.paired(sample(differences), t))
            : new OrderTest(TestName.SIGNED_RANK, t -> RankTest.signed(differences, t));
    return new Means(cell, StatUtils.mean(b), StatUtils.mean(a), b.length, test);
  }

  static Sample sample(double[] values) {
    return new Sample(values.length, StatUtils.mean(values), StatUtils.variance(values));
  }

  /** Those that are tested: what needs no test is no chance. */
  @Override
  public List<Change> shares() {
    int category = place("category");
    List<Change> changes = new ArrayList<>();
    if (pairing == Pairing.INDEPENDENT) {
      add(changes, Subject.EXPLODED, row -> "exploded".equals(row[category]), row -> true);
      add(changes, Subject.VANISHED, row -> "vanished".equals(row[category]), row -> true);
    }
    for (Quantity quantity : columns.measured()) {
      int at = place(quantity.column());
      add(
          changes,
          Subject.valued(quantity),
          row -> row[at] != null,
          row -> !List.of("exploded", "vanished").contains(String.valueOf(row[category])));
    }
    return changes;
  }

  private void add(
      List<Change> changes,
      Subject subject,
      Predicate<@Nullable Object[]> what,
      Predicate<@Nullable Object[]> of) {
    before.forEach(
        (cell, was) -> {
          List<@Nullable Object[]> is = Objects.requireNonNull(after.get(cell));
          Optional<Change> change =
              pairing == Pairing.PAIRED
                  ? mcNemar(cell, subject, was, is, what)
                  : fisher(
                      cell,
                      subject,
                      was.stream().filter(of).toList(),
                      is.stream().filter(of).toList(),
                      what);
          change.ifPresent(changes::add);
        });
  }

  private static Optional<Change> fisher(
      String cell,
      Subject subject,
      List<@Nullable Object[]> was,
      List<@Nullable Object[]> is,
      Predicate<@Nullable Object[]> what) {
    int b = (int) was.stream().filter(what).count();
    int a = (int) is.stream().filter(what).count();
    if (b * is.size() == a * was.size()) {
      return Optional.empty();
    }
    return Optional.of(
        change(
            cell,
            subject,
            Math.min(was.size(), is.size()),
            (double) b / was.size(),
            (double) a / is.size(),
            TestName.FISHER,
            CountTest.fisher(b, was.size(), a, is.size())));
  }

  /** Of networks that are of one kind in both. */
  private static Optional<Change> mcNemar(
      String cell,
      Subject subject,
      List<@Nullable Object[]> was,
      List<@Nullable Object[]> is,
      Predicate<@Nullable Object[]> what) {
    int category = place("category");
    int[] alike =
        IntStream.range(0, was.size())
            .filter(i -> Objects.equals(was.get(i)[category], is.get(i)[category]))
            .toArray();
    int gained = happened(alike, is, was, what);
    int lost = happened(alike, was, is, what);
    if (gained + lost == 0) {
      return Optional.empty();
    }
    double n = alike.length;
    double b = Arrays.stream(alike).filter(i -> what.test(was.get(i))).count() / n;
    return Optional.of(
        change(
            cell,
            subject,
            alike.length,
            b,
            b + (gained - lost) / n,
            TestName.MCNEMAR,
            CountTest.mcNemar(gained, lost, alike.length)));
  }

  private static int happened(
      int[] alike,
      List<@Nullable Object[]> here,
      List<@Nullable Object[]> there,
      Predicate<@Nullable Object[]> what) {
    return (int)
        Arrays.stream(alike)
            .filter(i -> what.test(here.get(i)) && !what.test(there.get(i)))
            .count();
  }

  private static Change change(
      String cell,
      Subject subject,
      int networks,
      double before,
      double after,
      TestName test,
      RankTest.Answer answer) {
    Verdict verdict = answer.isMostExtreme() ? Verdict.UNDECIDED : subject.verdict(before, after);
    return new Change(cell, subject, networks, before, after, 0, test, answer.p(), verdict);
  }

  /** Rows of these replicates, in their order. */
  static List<@Nullable Object[]> chosen(List<@Nullable Object[]> rows, List<Integer> replicates) {
    Map<Object, List<@Nullable Object[]>> byReplicate =
        rows.stream().collect(Collectors.groupingBy(r -> Objects.requireNonNull(r[REPLICATE])));
    List<@Nullable Object[]> chosen = new ArrayList<>();
    replicates.forEach(r -> chosen.addAll(byReplicate.getOrDefault(r, List.of())));
    return chosen;
  }
}
