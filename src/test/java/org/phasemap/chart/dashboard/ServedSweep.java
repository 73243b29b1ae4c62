package org.phasemap.chart.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.phasemap.query.SweepFolder;
import org.phasemap.query.SyntheticSweep;

/**
 * A sweep that is served, another one that differs from it, and SQL over its files. They are made
 * once for all classes of tests that have it as the argument of their constructors.
 */
final class ServedSweep implements AutoCloseable {
  /**
   * Half a unit of the fifth digit, which is the last that charts have, of a number that begins
   * with 1.
   */
  static final double ROUNDED = 5.001e-5;

  private final Path folder;
  private final Map<String, List<String>> files;
  private final Served served;
  private final Connection sql;

  private ServedSweep() throws Exception {
    folder = Files.createTempDirectory("phasemap-served-");
    files = SyntheticSweep.write(Files.createDirectory(folder.resolve("tables")));
    Path root = folder.resolve("results");
    SweepFolder.write(root.resolve("Big Sweep"), files);
    Path other = Files.createDirectory(folder.resolve("other"));
    SweepFolder.write(
        root.resolve("other"),
        SyntheticSweep.vary(files, other, "depth < 40", Map.of("ln_q_mean", "ln_q_mean + 0.5")));
    served = new Served(root);
    sql = DriverManager.getConnection("jdbc:duckdb:");
    try (var statement = sql.createStatement()) {
      for (Map.Entry<String, List<String>> table : files.entrySet()) {
        statement.execute(
            "create view "
                + table.getKey()
                + " as select * from '"
                + table.getValue().get(0)
                + "'");
      }
    }
  }

  /** For all classes. */
  static final class Once extends OneForAll<ServedSweep> {
    Once() {
      super(ServedSweep.class, ServedSweep::new);
    }
  }

  /** Where files may be written. */
  Path folder() {
    return folder;
  }

  /** Its files, by table. */
  Map<String, List<String>> files() {
    return files;
  }

  Served served() {
    return served;
  }

  /** The rows of a question, asked of the files. */
  List<List<@Nullable Object>> rows(String question) throws Exception {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (var statement = sql.createStatement();
        ResultSet results = statement.executeQuery(question)) {
      while (results.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) {
          Object value = results.getObject(i);
          row.add(value instanceof Number number ? (Object) number.doubleValue() : value);
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** Columns of a chart against rows of the files. */
  void assertRows(JsonNode chart, List<String> columns, String question) throws Exception {
    List<List<@Nullable Object>> expected = rows(question);
    assertThat(expected).isNotEmpty();
    for (int c = 0; c < columns.size(); c++) {
      List<@Nullable Object> found = Served.column(chart, columns.get(c));
      assertThat(found).hasSameSizeAs(expected);
      for (int i = 0; i < found.size(); i++) {
        Object wanted = expected.get(i).get(c);
        if (wanted instanceof Double number && Double.isFinite(number)) {
          assertThat((Double) found.get(i))
              .as("%s of row %d", columns.get(c), i)
              .isCloseTo(number, within(ROUNDED * Math.max(Math.abs(number), 1e-300)));
        } else if (wanted instanceof Double) {
          assertThat(found.get(i)).isNull();
        } else {
          assertThat(found.get(i)).isEqualTo(wanted);
        }
      }
    }
  }

  double one(String question) throws Exception {
    return (Double) Objects.requireNonNull(rows(question).get(0).get(0));
  }

  @Override
  public void close() throws IOException, SQLException {
    served.close();
    sql.close();
    TemporaryFolder.delete(folder);
  }
}
