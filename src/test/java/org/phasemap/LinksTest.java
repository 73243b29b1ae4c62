package org.phasemap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links between documents lead to files and headings that are there. */
class LinksTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)]*)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  static List<Path> documents() throws IOException {
    try (Stream<Path> pages = Files.list(Path.of("docs"))) {
      return Stream.concat(
              Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")),
              pages.filter(page -> page.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyLinkLeadsSomewhere(Path document) throws IOException {
    Matcher link = LINK.matcher(Files.readString(document));
    while (link.find()) {
      String target = link.group(1);
      if (target.startsWith("https://")) {
        continue;
      }
      int mark = target.indexOf('#');
      String file = mark < 0 ? target : target.substring(0, mark);
      Path page = file.isEmpty() ? document : document.resolveSibling(file).normalize();
      assertThat(page).as("%s: %s", document, target).exists();
      if (mark >= 0) {
        assertThat(anchors(page))
            .as("%s: %s", document, target)
            .contains(target.substring(mark + 1));
      }
    }
  }

  /** As GitHub makes them: small letters and digits, a hyphen for each space, nothing else. */
  private static List<String> anchors(Path page) throws IOException {
    return HEADING
        .matcher(Files.readString(page))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(text -> text.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }
}
