package org.phasemap.network;

import java.util.regex.Pattern;

/**
 * Text that came from a file and goes to a terminal, which takes control characters for commands
 * and shows others in another order than they stand in.
 */
public final class PlainText {
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\n\t]]");

  private PlainText() {}

  /** The text with a ? for each character that is not seen; lines and tabs stay. */
  public static String of(String text) {
    return UNSEEN.matcher(text).replaceAll("?");
  }
}
