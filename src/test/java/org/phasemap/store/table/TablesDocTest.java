package org.phasemap.store.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Holds the tables of docs/tables.md to the code. With {@code -Dphasemap.docs=write} it writes them
 * instead.
 */
class TablesDocTest {
  private static final Path DOCUMENT = Path.of("docs/tables.md");
  private static final String HEAD = "| column | type | meaning |\n|---|---|---|\n";

  private static String table(List<Column> columns) {
    StringBuilder text = new StringBuilder(HEAD);
    for (Column column : columns) {
      text.append(
          String.format(
              "| `%s` | %s | %s |%n",
              column.name(),
              column.type().name().toLowerCase(Locale.ROOT).replace("_list", " list"),
              column.meaning().replace("|", "\\|")));
    }
    return text.toString();
  }

  /** The document with the code's columns below the heading of a table. */
  private static String with(String document, String table, List<Column> columns) {
    int head = document.indexOf(HEAD, document.indexOf("\n## " + table + "\n"));
    int end = document.indexOf("\n\n", head);
    return document.substring(0, head)
        + table(columns)
        + (end < 0 ? "" : document.substring(end + 1));
  }

  @Test
  void theDocumentHasEveryColumnAsTheCodeHasIt() throws IOException {
    String document = Files.readString(DOCUMENT);
    String generated =
        with(with(document, Tables.REPLICATES, Tables.replicates()), Tables.CELLS, Tables.cells());
    if ("write".equals(System.getProperty("phasemap.docs"))) {
      Files.writeString(DOCUMENT, generated);
    }
    assertThat(Files.readString(DOCUMENT)).isEqualTo(generated);
  }
}
