package org.phasemap.sweep;

import java.util.LinkedHashMap;
import java.util.Map;

/** P(trained) of a cell and its confidence interval (Wilson 1927), as SQL over its replicates. */
final class TrainedShare {
  /** 97.5 % quantile of the normal law. */
  private static final String Z = "cast(1.959963984540054 as double)";

  private static final String TRAINED = "count_if(category = 'trained')";
  private static final String ROWS = "nullif(count_if(status = 'measured'), 0)";

  private TrainedShare() {}

  /** The columns' names and what they are. */
  static Map<String, String> expressions() {
    String p = "(" + TRAINED + " / " + ROWS + ")";
    String z2 = Z + " * " + Z + " / " + ROWS;
    String half =
        Z + " * sqrt(" + p + " * (1 - " + p + ") / " + ROWS + " + " + z2 + " / (4 * " + ROWS + "))";
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("p_trained", p);
    columns.put("p_trained_low", interval(p, z2, "- " + half));
    columns.put("p_trained_high", interval(p, z2, "+ " + half));
    columns.replaceAll((name, sql) -> "if(task = 'training', " + sql + ", null)");
    return columns;
  }

  private static String interval(String p, String z2, String half) {
    // Rounded, so that the ends are exactly 0 and 1 where they should be.
    return "round((" + p + " + " + z2 + " / 2 " + half + ") / (1 + " + z2 + "), 12)";
  }
}
