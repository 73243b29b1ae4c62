package org.phasemap.chart.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.phasemap.quantity.Figure;
import org.phasemap.quantity.Look;
import org.phasemap.quantity.Quantity;
import org.phasemap.query.Query;

/**
 * A number of cells that charts offer.
 *
 * @param id its column in {@code replicates}, or {@code p_trained}
 * @param label what a menu calls it
 * @param note what it is
 * @param kind how it is coloured: a {@link Look} in lower case
 * @param unit none of them has one
 * @param theory what it says of it: a {@link org.phasemap.quantity.Theory} in lower case
 * @param worse a {@link org.phasemap.quantity.Worse} in lower case
 */
public record Drawn(
    String id, String label, String note, String kind, String unit, String theory, String worse) {
  /** The share of a cell's networks that trained: of counts, so no {@link Quantity}. */
  public static final Drawn TRAINED =
      new Drawn(
          "p_trained",
          "P(trained)",
          "share of a cell's networks that trained; ± is half of Wilson's 95 % interval over 1.96",
          lower(Look.SHARE),
          "",
          "none",
          "lower");

  /** Standard deviations from a normal law's mean to the ends of what has 95 % of it. */
  static final double NORMAL_95 = 1.959963984540054;

  /** Every number that a sweep may have. */
  static List<Drawn> all() {
    List<Drawn> all = new ArrayList<>();
    Quantity.all().stream().filter(Quantity::isAveraged).map(Drawn::of).forEach(all::add);
    all.add(TRAINED);
    return all;
  }

  private static Drawn of(Quantity quantity) {
    Look look = quantity.look() == Look.NONE ? Look.PLAIN : quantity.look();
    return new Drawn(
        quantity.column(),
        quantity.label(),
        quantity.meaning(),
        lower(look),
        "",
        lower(quantity.theory()),
        lower(quantity.worse()));
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** Those that some cell of a task has, by task. */
  static Map<String, List<Drawn>> measured(Query query) {
    Set<String> columns = Set.copyOf(query.rows("select * from drawn limit 0").columns());
    List<Drawn> some =
        all().stream().filter(d -> columns.contains(d.mean().replace("c.", ""))).toList();
    String counts =
        String.join("", some.stream().map(d -> ", count(" + d.mean() + ") as " + d.id).toList());
    Map<String, List<Drawn>> measured = new LinkedHashMap<>();
    query
        .rows("select task" + counts + " from drawn c where task is not null group by task")
        .forEach(
            row ->
                measured.put(
                    row.text("task"), some.stream().filter(d -> row.whole(d.id) > 0).toList()));
    return measured;
  }

  private Optional<Quantity> quantity() {
    return equals(TRAINED) ? Optional.empty() : Optional.of(Quantity.of(id));
  }

  private String figure(Figure figure) {
    return quantity()
        .filter(figure::isOf)
        .map(quantity -> "c." + figure.column(quantity))
        .orElse("null::double");
  }

  /** Mean over replicates. */
  String mean() {
    return quantity().isEmpty() ? "c.p_trained" : figure(Figure.MEAN);
  }

  /** Its standard error. */
  String error() {
    return quantity().isEmpty()
        ? "(c.p_trained_high - c.p_trained_low) / " + 2 * NORMAL_95
        : figure(Figure.SE);
  }

  /** Replicates that have a value. */
  String count() {
    String rows = "(case when c.task = 'training' then c.replicates else c.finite end)";
    return quantity()
        .filter(Figure.COUNT::isOf)
        .map(quantity -> "coalesce(" + figure(Figure.COUNT) + ", " + rows + ")")
        .orElse(rows);
  }

  /** What theory says of infinite width. */
  String limit() {
    return figure(Figure.LIMIT);
  }

  /** What theory says of networks of the cell's width: their mean. */
  String expected() {
    return figure(Figure.EXPECTED);
  }

  /** Their standard deviation. */
  String expectedSd() {
    return figure(Figure.EXPECTED_SD);
  }

  /** (mean − expected)/(expected sd/√n). */
  String z() {
    return figure(Figure.Z);
  }
}
