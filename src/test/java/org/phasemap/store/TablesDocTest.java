package org.phasemap.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TablesDocTest {
  private static String table(List<Column> columns) {
    StringBuilder text = new StringBuilder("| column | type | meaning |\n|---|---|---|\n");
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

  @Test
  void theDocumentHasEveryColumnAsTheCodeHasIt() throws IOException {
    String document = Files.readString(Path.of("docs/tables.md"));

    assertThat(document).contains(table(Tables.replicates()));
    assertThat(document).contains(table(Tables.cells()));
  }
}
