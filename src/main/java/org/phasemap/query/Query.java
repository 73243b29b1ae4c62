package org.phasemap.query;

import java.io.PrintStream;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.UserException;
import org.phasemap.store.CommittedFiles;
import org.phasemap.store.LocalCopies;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry.DataFile;
import org.phasemap.store.parquet.DamagedFile;
import org.phasemap.store.parquet.Natives;
import org.phasemap.store.table.Tables;

/**
 * The tables of a sweep in an in-memory DuckDB.
 *
 * <p>The tables are copied in, then access to files, networks and extensions is switched off and
 * the configuration locked, so that a user's SQL reads nothing but the tables and writes nothing at
 * all: an allow-list of paths would still let {@code COPY … TO} overwrite the files on it.
 */
public final class Query implements AutoCloseable {
  private final Connection connection;
  private final Limits limits;

  Query(Connection connection, Limits limits) {
    this.connection = connection;
    this.limits = limits;
  }

  /**
   * The committed rows of a results folder. A sweep that merges files or makes cells anew deletes
   * the former ones: where that comes between, the new ones are read. Those of other file systems
   * are copied to a local disk first.
   *
   * @throws UserException if a file is damaged or missing, or not what the manifest says, or an
   *     earlier version made its cells
   */
  public static Query open(ResultsFolder folder) {
    return open(folder, Limits.ofThisMachine());
  }

  /** As {@link #open(ResultsFolder)}, within limits. */
  public static Query open(ResultsFolder folder, Limits limits) {
    folder.requireCurrentCells();
    Map<String, List<DataFile>> files = files(folder);
    while (true) {
      try (LocalCopies copies = LocalCopies.of(folder)) {
        CommittedFiles.check(folder);
        Query query = over(copies.paths(files), limits);
        try {
          query.checkKeys(folder);
        } catch (UserException e) {
          query.close();
          throw e;
        }
        return query;
      } catch (UserException e) {
        Map<String, List<DataFile>> now = files(folder);
        if (now.equals(files)) {
          throw e;
        }
        files = now;
      }
    }
  }

  /** Names of the tables of {@link #pair}. */
  public static final String BEFORE = "before";

  public static final String AFTER = "after";

  /** The former's cells. */
  public static final String PLACE = "place";

  /**
   * The replicates of two folders as the tables {@code before} and {@code after}, with a column
   * {@code fingerprint}: rows whose fingerprints are equal have measured the same numbers. What
   * they do not have is the configuration: that of the former's cells is the table {@code place}.
   *
   * @throws UserException if a file of either is damaged or missing
   */
  public static Query pair(ResultsFolder before, ResultsFolder after, Limits limits) {
    CommittedFiles.check(before);
    CommittedFiles.check(after);
    try (LocalCopies first = LocalCopies.of(before);
        LocalCopies second = LocalCopies.of(after)) {
      Map<String, List<String>> files = new LinkedHashMap<>();
      files.put(BEFORE, replicates(before, first));
      files.put(AFTER, replicates(after, second));
      files.put(PLACE, replicates(before, first));
      Loader loader =
          (statement, table, of) -> {
            if (table.equals(PLACE)) {
              MarkedTable.loadCells(statement, table, of);
            } else {
              MarkedTable.load(statement, table, of);
            }
          };
      return over(files, loader, limits);
    }
  }

  /**
   * The table {@code cells} of a folder alone.
   *
   * @throws UserException if a file of it is damaged or missing
   */
  public static Query cells(ResultsFolder folder, Limits limits) {
    try (LocalCopies copies = LocalCopies.of(folder)) {
      return over(copies.paths(Map.of(Tables.CELLS, folder.dataFiles(Tables.CELLS))), limits);
    }
  }

  private static List<String> replicates(ResultsFolder folder, LocalCopies copies) {
    Map<String, List<DataFile>> files =
        Map.of(Tables.REPLICATES, folder.dataFiles(Tables.REPLICATES));
    return copies.paths(files).getOrDefault(Tables.REPLICATES, List.of());
  }

  /** Whoever counts rows counts with these; every sweep has written them. */
  private void checkKeys(ResultsFolder folder) {
    String bad =
        "select (select count(*) from replicates where coalesce(replicate, -1) < 0)"
            + " + (select count(*) from replicates where cell_id is null)"
            + " + (select count(*) from cells where cell_id is null) as bad";
    long rows = rows(bad).row(0).whole("bad");
    if (rows > 0) {
      throw new UserException(
          String.format(
              "%s: is damaged (%,d rows have no cell_id, or no replicate from 0); %s",
              folder.path(""), rows, DamagedFile.REMEDY));
    }
  }

  static Map<String, List<DataFile>> files(ResultsFolder folder) {
    Map<String, List<DataFile>> files = new LinkedHashMap<>();
    for (String table : List.of(Tables.REPLICATES, Tables.CELLS)) {
      files.put(table, folder.dataFiles(table));
    }
    return files;
  }

  /**
   * Tables read from exactly the given Parquet files. A known table has every column of {@link
   * Tables}, null in files older than the column, and no rows where there are no files.
   *
   * @param files absolute local paths, by table name
   */
  public static Query over(Map<String, List<String>> files) {
    return over(files, Limits.ofThisMachine());
  }

  /** As {@link #over(Map)}, within limits. */
  static Query over(Map<String, List<String>> files, Limits limits) {
    return over(files, TableLoader::load, limits);
  }

  private interface Loader {
    void load(Statement statement, String table, List<String> files) throws SQLException;
  }

  private static Query over(Map<String, List<String>> files, Loader loader, Limits limits) {
    try {
      Connection connection = DuckDb.open();
      try (Statement statement = connection.createStatement()) {
        statement.execute("set memory_limit = '" + limits.megabytes() + "MB'");
        statement.execute("set temp_directory = ''"); // It would stand where the command runs.
        for (Map.Entry<String, List<String>> table : files.entrySet()) {
          loader.load(statement, table.getKey(), table.getValue());
        }
        statement.execute("set enable_external_access = false");
        statement.execute("set lock_configuration = true");
        return new Query(connection, limits);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (LinkageError e) {
      throw Natives.notLoaded(e);
    } catch (SQLException e) {
      throw explained("Cannot read the tables: " + oneLine(e), e, limits);
    }
  }

  /**
   * Runs SQL over the tables {@code replicates} and {@code cells}.
   *
   * @param values what stands for the question marks in the SQL, in their order
   * @throws UserException with DuckDB's message in one line if the SQL is wrong, more than one
   *     statement or not allowed, or if the answer takes more than the limits allow
   */
  public Rows rows(String sql, Object... values) {
    if (Statements.areSeveral(sql)) {
      throw new UserException(
          "SQL: several statements are not allowed, since the last alone would be answered;"
              + " allowed: one statement");
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setQueryTimeout((int) limits.time().toSeconds());
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      if (!statement.execute()) {
        return new Rows(List.of());
      }
      try (ResultSet results = statement.getResultSet()) {
        return read(results);
      }
    } catch (SQLException e) {
      throw explained(oneLine(e), e, limits);
    }
  }

  /**
   * As {@link #rows(String, Condition)}, column by column, for answers of many rows: four times as
   * fast, for columns of text, whole numbers and numbers alone.
   */
  public Map<String, List<@Nullable Object>> columns(String sql, Condition condition) {
    return columns(sql, condition, List.of());
  }

  /**
   * As {@link #columns(String, Condition)}.
   *
   * @param texts that a column of {@code tinyint} gives the places of, which is faster than texts
   */
  public Map<String, List<@Nullable Object>> columns(
      String sql, Condition condition, List<String> texts) {
    try (DuckDBPreparedStatement statement =
        connection
            .prepareStatement(sql.formatted(condition.sql()))
            .unwrap(DuckDBPreparedStatement.class)) {
      for (int i = 0; i < condition.values().size(); i++) {
        statement.setObject(i + 1, condition.values().get(i));
      }
      return Vectors.read(statement, texts, limits);
    } catch (SQLException e) {
      throw explained(oneLine(e), e, limits);
    }
  }

  /**
   * Runs SQL over the rows that are meant.
   *
   * @param sql with {@code %s} where the condition stands; no other value is in it
   */
  public Rows rows(String sql, Condition condition) {
    return rows(sql.formatted(condition.sql()), condition.values().toArray());
  }

  /** What of it the user can change. */
  static UserException explained(String message, SQLException e, Limits limits) {
    if (message.startsWith("INTERRUPT Error")) {
      return new LimitReached(
          String.format(
              "--timeout: no answer within %d seconds; allowed: a longer one, or 0 for none",
              limits.time().toSeconds()),
          e);
    }
    if (message.contains("Out of Memory Error")) {
      return new LimitReached(
          String.format(
              "--memory: %d megabytes are too few (%s); allowed: more, or SQL that needs less",
              limits.megabytes(), message.replaceFirst("(?<=\\)).*", "")),
          e);
    }
    return new UserException(message, e);
  }

  /** Runs SQL as {@link #rows} does and prints the answer. */
  public void print(String sql, PrintStream out, Format format) {
    Rows rows = rows(sql);
    new RowsPrinter(rows.columns(), rows.values()).print(out, format);
  }

  /**
   * Leaves only some cells to all later questions.
   *
   * @param condition of the cells {@code c} that stay
   */
  public void keepCells(Condition condition) {
    String kept =
        "create table stored.kept as select c.cell_id from cells c where " + condition.sql();
    try (PreparedStatement statement = connection.prepareStatement(kept)) {
      for (int i = 0; i < condition.values().size(); i++) {
        statement.setObject(i + 1, condition.values().get(i));
      }
      statement.execute();
      statement.execute("alter view cells rename to every_cell");
      statement.execute(
          "create view cells as select * from every_cell"
              + " where cell_id in (select cell_id from stored.kept)");
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot narrow an in-memory table", e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot close an in-memory database", e);
    }
  }

  private static Rows read(ResultSet results) throws SQLException {
    ResultSetMetaData meta = results.getMetaData();
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      columns.add(meta.getColumnLabel(i));
    }
    Rows rows = new Rows(columns);
    while (results.next()) {
      @Nullable Object[] values = new @Nullable Object[columns.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = plain(results.getObject(i + 1));
      }
      rows.add(values);
    }
    return rows;
  }

  private static @Nullable Object plain(@Nullable Object value) throws SQLException {
    if (value instanceof Blob blob) {
      return "0x" + HexFormat.of().formatHex(blob.getBytes(1, (int) blob.length()));
    }
    return value instanceof java.sql.Array array
        ? Arrays.asList((@Nullable Object[]) array.getArray())
        : value;
  }

  /** The message without its line breaks and without the caret under the echoed SQL. */
  static String oneLine(SQLException e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return message
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.equals("^"))
        .collect(Collectors.joining(" "))
        .replaceAll("\\s+", " ")
        .replaceFirst("^Invalid Input Error: Attempting to execute .* query result Error: ", "");
  }
}
