package org.phasemap.query;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many statements a text of SQL holds. DuckDB runs all of several and gives the answer to the
 * last alone.
 */
final class Statements {
  /** What a semicolon does not count in: comments, and quoted names and texts. */
  private static final Pattern OPENING = Pattern.compile("--|/\\*|[eE]?'|\"|\\$[A-Za-z_0-9]*\\$|;");

  private Statements() {}

  /** Whether anything but blanks and comments stands behind the first statement. */
  static boolean areSeveral(String sql) {
    Matcher opening = OPENING.matcher(sql);
    StringBuilder plain = new StringBuilder();
    int at = 0;
    while (opening.find(at)) {
      plain.append(sql, at, opening.start());
      String mark = opening.group();
      if (mark.equals(";")) {
        plain.append(';');
        at = opening.end();
      } else {
        boolean comment = mark.equals("--") || mark.equals("/*");
        plain.append(comment ? " " : "x");
        at = end(sql, mark, opening.end());
      }
    }
    plain.append(sql, at, sql.length());
    String rest = plain.toString().strip().replaceFirst("^[;\\s]+", "");
    int end = rest.indexOf(';');
    return end >= 0 && !rest.substring(end).replaceAll("[;\\s]", "").isEmpty();
  }

  /** Behind what a mark opens; the end of the text where it is not closed, which DuckDB refuses. */
  private static int end(String sql, String mark, int from) {
    String closing =
        switch (mark.toLowerCase(Locale.ROOT)) {
          case "--" -> "\n";
          case "/*" -> "*/";
          case "e'", "'" -> "'";
          default -> mark;
        };
    int at = from;
    if (mark.length() == 2 && mark.endsWith("'")) { // A backslash may stand before a quote.
      while (at < sql.length() && sql.charAt(at) != '\'') {
        at += sql.charAt(at) == '\\' ? 2 : 1;
      }
      return Math.min(sql.length(), at + 1);
    }
    int end = sql.indexOf(closing, at);
    return end < 0 ? sql.length() : end + closing.length();
  }
}
