package org.phasemap.data;

/** What files hold, as messages show it: on one line, not too long, nothing for the terminal. */
final class Shown {
  private static final int MOST = 40;

  private Shown() {}

  static String of(String text) {
    StringBuilder shown = new StringBuilder();
    int length = text.codePointCount(0, text.length());
    text.codePoints()
        .limit(MOST)
        .forEach(
            c -> {
              if (isPrinted(c)) {
                shown.appendCodePoint(c);
              } else {
                shown.append(String.format("\\u%04x", c));
              }
            });
    return length > MOST ? shown.append("…").toString() : shown.toString();
  }

  /** Format characters turn the direction of what follows, or are not seen at all. */
  private static boolean isPrinted(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
