package org.phasemap.spec.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.phasemap.network.UserException;

/**
 * How messages show what a user wrote: on one line, not too long, with control characters escaped.
 */
public final class Wording {
  /** Most characters of a value that a message repeats. */
  public static final int SHOWN = 80;

  private Wording() {}

  /** The text with control characters escaped, cut after {@link #SHOWN} characters. */
  public static String shortened(String text) {
    StringBuilder line = new StringBuilder();
    int points = 0;
    for (int i = 0; i < text.length(); points++) {
      if (points == SHOWN) {
        return line.append('…').toString();
      }
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (Character.getType(c)) {
        case Character.CONTROL,
            Character.FORMAT,
            Character.SURROGATE,
            Character.UNASSIGNED,
            Character.PRIVATE_USE,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR ->
            line.append(String.format(Locale.ROOT, "\\u%04x", c));
        default -> line.appendCodePoint(c);
      }
    }
    return line.toString();
  }

  /** A sentence of another library on one line, without its full stop. */
  public static String sentence(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() > 2 * SHOWN
        ? line.substring(0, 2 * SHOWN) + "…"
        : line.replaceAll("\\.$", "");
  }

  /**
   * That a value is not one of those allowed, and which the user may have meant.
   *
   * @param where the field or option that has it
   */
  public static UserException refused(String where, String value, Collection<String> allowed) {
    boolean isName = value.chars().anyMatch(Character::isLetter);
    String meant =
        closest(value, isName ? allowed : List.of())
            .map(close -> "; did you mean " + close + "?")
            .orElse(";");
    return new UserException(
        String.format(
            "%s: %s is not allowed%s allowed: %s",
            where,
            value.isEmpty() ? "''" : shortened(value),
            meant,
            allowed.isEmpty() ? "nothing here" : String.join(", ", allowed)));
  }

  /** The candidate that a misspelt name most likely meant, if one is close. */
  public static Optional<String> closest(String name, Collection<String> candidates) {
    if (name.length() > SHOWN) {
      return Optional.empty();
    }
    String lower = name.toLowerCase(Locale.ROOT);
    return candidates.stream()
        .filter(c -> distance(lower, c) <= Math.max(1, Math.min(lower.length(), c.length()) / 3))
        .min(Comparator.comparingInt(c -> distance(lower, c)));
  }

  /** Insertions, deletions, replacements and swaps of neighbours between two words. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
