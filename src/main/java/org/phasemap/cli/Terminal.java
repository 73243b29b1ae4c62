package org.phasemap.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the user's terminal can do. */
enum Terminal {
  /** A file, a pipe or a dumb terminal. */
  PLAIN,
  /** Redraws lines, but the user wants no colour. */
  MONOCHROME,
  COLOUR;

  /** Of this process; the launcher says in {@code phasemap.tty} whether stdout is a terminal. */
  static Terminal detect() {
    return of(System.getenv(), Boolean.getBoolean("phasemap.tty"));
  }

  static Terminal of(Map<String, String> environment, boolean tty) {
    @Nullable String term = environment.get("TERM");
    if (!tty || term == null || term.equals("dumb")) {
      return PLAIN;
    }
    @Nullable String noColour = environment.get("NO_COLOR");
    return noColour == null || noColour.isEmpty() ? COLOUR : MONOCHROME;
  }

  boolean redraws() {
    return this != PLAIN;
  }
}
