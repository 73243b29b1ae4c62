package org.phasemap.cli.claims;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.UserException;
import org.phasemap.query.Query;

/**
 * A claim after its measurement.
 *
 * @param figures in the claim's order
 * @param ruling the first that holds
 */
record Judgement(Claim claim, List<Measured> figures, Ruling ruling) {
  private static final Pattern AGREES = Pattern.compile("agrees\\((\\w+)(?:, *([^()]+))?\\)");
  private static final Pattern NAMED = Pattern.compile("\\{(\\w+)(\\.theory)?}");

  /** Decides by the claim's own rules. */
  static Judgement of(Claim claim, List<Measured> figures) {
    try (Query query = Query.over(Map.of())) {
      for (Ruling ruling : claim.rulings()) {
        if (holds(ruling, figures, query)) {
          return new Judgement(claim, figures, ruling);
        }
      }
    } catch (UserException e) {
      throw new UserException(claim.id() + ": verdicts: " + e.getMessage(), e);
    }
    throw new IllegalStateException(claim.id() + ": no ruling holds");
  }

  private static boolean holds(Ruling ruling, List<Measured> figures, Query query) {
    StringJoiner columns = new StringJoiner(", ");
    columns.add("0 as nothing");
    for (Measured measured : figures) {
      String name = measured.figure().name();
      columns.add(column(measured.value(), name));
      columns.add(column(measured.error(), name + "_error"));
      columns.add(column(measured.theory(), name + "_theory"));
    }
    String when =
        AGREES
            .matcher(ruling.when())
            .replaceAll(match -> agreement(match.group(1), match.group(2)));
    String sql = "select coalesce((" + when + "), false) as held from (select " + columns + ")";
    return Boolean.TRUE.equals(query.rows(sql).row(0).value("held"));
  }

  private static String agreement(String name, @Nullable String apart) {
    String deviation = apart == null ? "0" : apart;
    return String.format("(abs(%1$s - %1$s_theory) <= 4 * %1$s_error + %2$s)", name, deviation);
  }

  /** Comparisons with what is missing hold nowhere: NaN would be the largest number. */
  private static String column(double value, String name) {
    String number = Double.isNaN(value) ? "null" : "'" + value + "'";
    return "cast(" + number + " as double) as " + name;
  }

  /** The ruling's words, with its numbers. */
  String words() {
    return NAMED.matcher(ruling.says()).replaceAll(this::number);
  }

  private String number(MatchResult match) {
    Measured measured =
        figures.stream()
            .filter(figure -> figure.figure().name().equals(match.group(1)))
            .findFirst()
            .orElseThrow(
                () ->
                    new UserException(
                        String.format(
                            "%s: says: {%s} is no figure of it", claim.id(), match.group(1))));
    return match.group(2) == null ? measured.shown() : measured.theoryShown();
  }
}
