package org.phasemap.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A query of {@code dashboards/sql}: one statement over {@code cells} and {@code replicates} that
 * DuckDB and Spark SQL both run.
 *
 * @param name of the file, without its ending
 * @param says what it answers: the comment at its top
 * @param sql the statement
 */
public record NamedQuery(String name, String says, String sql) {
  /** Names of all; a test holds them to the folder. */
  private static final List<String> NAMES =
      List.of(
          "agreement",
          "categories",
          "cost",
          "counts",
          "failures",
          "phase-map",
          "trainability",
          "widths",
          "worst-cells");

  private static final List<NamedQuery> ALL = NAMES.stream().map(NamedQuery::read).toList();

  /** Every one, by name. */
  public static List<NamedQuery> all() {
    return ALL;
  }

  private static NamedQuery read(String name) {
    String file = "/org/phasemap/query/sql/" + name + ".sql";
    try (InputStream in = NamedQuery.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + file);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String says =
          text.lines()
              .takeWhile(line -> line.startsWith("--"))
              .map(line -> line.substring(2).strip())
              .collect(Collectors.joining(" "));
      String sql =
          text.lines().dropWhile(line -> line.startsWith("--")).collect(Collectors.joining("\n"));
      return new NamedQuery(name, says, sql.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }
}
