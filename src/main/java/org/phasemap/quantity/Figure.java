package org.phasemap.quantity;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** What the table {@code cells} has of a quantity, a column each. */
public enum Figure {
  MEAN("%s_mean", "%s", "mean of %s over replicates", Quantity::isAveraged),
  SE("%s_se", "standard error of %s", "its standard error, sd/√replicates", Quantity::isAveraged),
  Q05("%s_q05", "5 % quantile of %s", "5 % quantile over replicates", Figure::hasQuantiles),
  Q50("%s_q50", "median of %s", "median over replicates", Figure::hasQuantiles),
  Q95("%s_q95", "95 % quantile of %s", "95 % quantile over replicates", Figure::hasQuantiles),
  /** What theory says of infinite width. */
  LIMIT(
      "theory_%s",
      "%s at infinite width",
      "infinite-width prediction",
      quantity -> quantity.theory().hasLimit()),
  EXPECTED(
      "expected_%s",
      "%s expected at this width",
      "mean over random networks of this width, O(1/n)",
      Figure::hasBand),
  EXPECTED_SD(
      "expected_%s_sd", "spread expected of %s", "standard deviation over them", Figure::hasBand),
  Z(
      "z_%s",
      "z of %s",
      "(mean − expected)/(expected sd/√rows); null where a row has no value",
      Figure::hasBand),
  COUNT(
      "%s_count",
      "rows with %s", "rows that have a value: those that %s_mean averages", Figure::hasQuantiles);

  private static final String SIZED_LABEL = "%s by theory";
  private static final String SIZED_MEANING =
      "prediction of the mean, of layers of this size that have the law of infinite width";

  private final String column;
  private final String label;
  private final String meaning;

  @SuppressWarnings("ImmutableEnumChecker") // method references
  private final Predicate<Quantity> condition;

  Figure(String column, String label, String meaning, Predicate<Quantity> condition) {
    this.column = column;
    this.label = label;
    this.meaning = meaning;
    this.condition = condition;
  }

  /** What there is of a quantity. */
  public static List<Figure> of(Quantity quantity) {
    return Arrays.stream(values()).filter(figure -> figure.isOf(quantity)).toList();
  }

  /** Whether {@code cells} has it of a quantity. */
  public boolean isOf(Quantity quantity) {
    return condition.test(quantity);
  }

  /** The column's name. */
  public String column(Quantity quantity) {
    return column.replace("%s", quantity.column());
  }

  /** What stands beside a drawing's axis. */
  public String label(Quantity quantity) {
    return (isSized(quantity) ? SIZED_LABEL : label).replace("%s", quantity.label());
  }

  /** What the column holds, as docs/tables.md says it. */
  public String meaning(Quantity quantity) {
    return (isSized(quantity) ? SIZED_MEANING : meaning).replace("%s", quantity.column());
  }

  private boolean isSized(Quantity quantity) {
    return this == LIMIT && quantity.theory() == Theory.SIZED;
  }

  private static boolean hasQuantiles(Quantity quantity) {
    return quantity.statistics() == Statistics.QUANTILES;
  }

  private static boolean hasBand(Quantity quantity) {
    return quantity.theory().hasBand();
  }
}
