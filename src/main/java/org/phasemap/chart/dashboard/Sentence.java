package org.phasemap.chart.dashboard;

import java.util.regex.Pattern;
import org.phasemap.network.PlainText;

/** Words that were written for whoever runs a command, made fit for whoever looks at a page. */
final class Sentence {
  /** A local path or a URI, up to its last name. */
  private static final Pattern FOLDERS =
      Pattern.compile(
          "(?:\\b[a-zA-Z][a-zA-Z0-9+.-]*:)?//?(?:[^\\s/'\"(),;\\[\\]{}]+/)+(?=[^\\s/])"
              + "|(?<![\\w)])/(?=[\\w.-]+)"
              + "|\\b[A-Za-z]:\\\\(?:[^\\s\\\\]+\\\\)*");

  private Sentence() {}

  /** A text without the folders of the server's files: their last names stay. */
  static String withoutFolders(String text) {
    return PlainText.of(FOLDERS.matcher(text).replaceAll(""));
  }

  /** What is wrong with a sweep, in a line. */
  static String of(RuntimeException e) {
    String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return withoutFolders(said);
  }
}
