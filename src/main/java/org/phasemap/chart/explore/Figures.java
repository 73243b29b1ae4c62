package org.phasemap.chart.explore;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.phasemap.analysis.CellErrors;

/**
 * What is drawn of the cells of a point, in SQL over groups of cells {@code c}. A point is one cell
 * or, where a chart averages over an axis, several, which count alike.
 *
 * <p>A share of networks has the ends of a 95 % interval too, {@code low} and {@code high}: of a
 * cell Wilson's, which is not symmetric and stays between 0 and 1; of several cells mean ± 1.96
 * error, as far as it lies in there.
 *
 * <p>The standard error of an average of k cells is √Σ se²/k where no two cells share random
 * numbers. Where they do, errors may move together by any amount, and Σ se/k is the most that it
 * can be: it is given. The same holds of theory's standard deviation over networks. z of such an
 * average is not known, since it would need the covariances.
 *
 * @param drawn of which number
 * @param errors of the cells
 */
record Figures(Drawn drawn, CellErrors errors) {
  /** Of a single cell its own; of several that of their average. */
  private String spread(String sd) {
    return errors == CellErrors.INDEPENDENT
        ? "sqrt(sum(power(%1$s, 2))) / count(%1$s)".formatted("(" + sd + ")")
        : "avg(" + sd + ")";
  }

  /** Only where every cell with a value has a prediction: else they would be of other cells. */
  private String predicted(String aggregate, String column) {
    return "case when count(%1$s) >= count(%2$s) and count(%1$s) > 0 then %3$s end"
        .formatted(column, drawn.mean(), aggregate);
  }

  private String z() {
    return errors == CellErrors.INDEPENDENT
        ? predicted("sum(%1$s) / sqrt(count(%1$s))".formatted(drawn.z()), drawn.z())
        : "case when count(*) = 1 then any_value(" + drawn.z() + ") end";
  }

  /** Each figure by its name. */
  Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("mean", "avg(" + drawn.mean() + ")");
    all.put("error", spread(drawn.error()));
    all.put("n", "sum(" + drawn.count() + ")::bigint");
    all.put("theory", predicted("avg(" + drawn.limit() + ")", drawn.limit()));
    all.put("expected", predicted("avg(" + drawn.expected() + ")", drawn.expected()));
    all.put("band", predicted(spread(drawn.expectedSd()), drawn.expectedSd()));
    all.put("z", z());
    if (drawn.equals(Drawn.TRAINED)) {
      // Least and greatest pass over null: without a mean there are no ends.
      String end =
          "case when count(*) = 1 then any_value(c.p_trained_%1$s)"
              + " when %4$s is not null then %2$s(%3$s, %4$s %5$s %7$s * %6$s) end";
      String mean = all.get("mean");
      String error = all.get("error");
      all.put("low", end.formatted("low", "greatest", "0", mean, "-", error, Drawn.NORMAL_95));
      all.put("high", end.formatted("high", "least", "1", mean, "+", error, Drawn.NORMAL_95));
    }
    all.put(
        "state", state("count(" + drawn.mean() + ") > 0", "sum(%s)", "bool_or(c.stopped = 'max')"));
    return all;
  }

  /** Each figure of points that are one cell each, whose rows need not be grouped. */
  Map<String, String> single() {
    Map<String, String> single = new LinkedHashMap<>();
    single.put("mean", drawn.mean());
    single.put("error", drawn.error());
    single.put("n", drawn.count() + "::bigint");
    single.put("theory", drawn.limit());
    single.put("expected", drawn.expected());
    single.put("band", drawn.expectedSd());
    single.put("z", drawn.z());
    if (drawn.equals(Drawn.TRAINED)) {
      single.put("low", "c.p_trained_low");
      single.put("high", "c.p_trained_high");
    }
    single.put("state", state(drawn.mean() + " is not null", "%s", "c.stopped = 'max'"));
    return single;
  }

  /** They as a list to select. */
  String select() {
    return select(all());
  }

  /** They as a list to select, of rows that are points. */
  String selectSingle() {
    return select(single());
  }

  private static String select(Map<String, String> figures) {
    return figures.entrySet().stream()
        .map(figure -> figure.getValue() + " as " + figure.getKey())
        .collect(Collectors.joining(", "));
  }

  /**
   * What became of the networks of a point.
   *
   * @param valued whether there is a value
   * @param total of a count over the point's cells
   * @param stopped whether a cell has fewer networks than its error bar wants
   */
  private static String state(String valued, String total, String stopped) {
    return """
    case when %s then case when %s + %s > 0 then %6$s when %s then %7$s else %8$s end
      when %s = 0 then %9$s
      when %2$s > 0 then %10$s
      when %3$s > 0 then %11$s
      else %12$s end\
    """
        .formatted(
            valued,
            count(total, "exploded"),
            count(total, "vanished"),
            stopped,
            count(total, "replicates"),
            Outcome.PARTLY_FINITE.sql(),
            Outcome.UNDECIDED.sql(),
            Outcome.FINITE.sql(),
            Outcome.FAILED.sql(),
            Outcome.EXPLODED.sql(),
            Outcome.VANISHED.sql(),
            Outcome.ABSENT.sql());
  }

  private static String count(String total, String column) {
    return "coalesce(" + total.formatted("c." + column) + ", 0)";
  }
}
