package org.phasemap.query;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBConnection;
import org.phasemap.network.UserException;
import org.phasemap.quantity.Axis;
import org.phasemap.store.Column;
import org.phasemap.store.CommittedFiles;
import org.phasemap.store.LocalCopies;
import org.phasemap.store.ManifestEntry.DataFile;
import org.phasemap.store.Natives;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.Tables;

/**
 * The tables of a sweep for a server, which asks often and for long: the numbers of {@code cells}
 * that charts look at are in memory, or in their files where they do not fit. All else stays in its
 * files, of which a question reads the columns and row groups that it needs. DuckDB is shut off
 * from all other files, from networks and from extensions, and its configuration is locked.
 *
 * <p>What is asked must be ours: the files that may be read could also be overwritten by {@code
 * COPY}. For several threads, a {@link #session} each.
 */
public final class ServedTables implements AutoCloseable {
  /**
   * The view of networks for charts of a cell: what became of them, and their layers. DuckDB binds
   * each column of a view for each question, and {@code replicates} has hundreds.
   */
  public static final String NETWORKS = "networks";

  /** The view of cells for such charts: what theory says of their layers. */
  public static final String CELL_LAYERS = "cell_layers";

  /** The view that has all columns of {@code cells}, the lists too. */
  private static final String CELL_LISTS = "cell_lists";

  /** The view that has those of {@code cells} that charts look at, and {@link #CELL}. */
  public static final String DRAWN = "drawn";

  /** A column that tells cells apart as {@code cell_id} does, and is read as {@link CellIds}. */
  public static final String CELL = "cell";

  private static final String BYTES =
      "select coalesce(sum(memory_usage_bytes), 0)::bigint as bytes from duckdb_memory()";

  /** What such charts ask of networks beside axes and lists. */
  private static final List<String> OUTCOMES =
      List.of("cell_id", "replicate", "status", "category", "error_class", "error_message");

  /** Held by who loads tables: only then they may take all of the memory that is for tables. */
  private static final Object LOADING = new Object();

  private final Connection connection;
  private final boolean fits;
  private final LocalCopies copies;
  private final Limits limits;
  private final boolean provisional;

  private ServedTables(Loaded loaded, LocalCopies copies, Limits limits, boolean provisional) {
    this.connection = loaded.connection;
    this.fits = loaded.fits;
    this.copies = copies;
    this.limits = limits;
    this.provisional = provisional;
  }

  /**
   * The rows that are committed now. Where {@code cells} has not been made since rows were added,
   * it is averaged from these, without theory.
   *
   * @param limits whose memory is for the tables, while they are opened; then half as much is for
   *     answers beside them
   * @throws UserException if a file is damaged or missing, or not what the manifest says
   */
  public static ServedTables open(ResultsFolder folder, Limits limits) {
    while (true) {
      Map<String, List<DataFile>> files = Query.files(folder);
      LocalCopies copies = LocalCopies.of(folder);
      try {
        CommittedFiles.check(folder);
        boolean provisional = folder.cellsAreBehind();
        Map<String, List<String>> paths = copies.paths(files);
        synchronized (LOADING) {
          return new ServedTables(loaded(paths, limits, provisional), copies, limits, provisional);
        }
      } catch (RuntimeException e) {
        copies.close();
        // A sweep that merges files deletes the former ones.
        if (!(e instanceof UserException) || Query.files(folder).equals(files)) {
          throw e;
        }
      }
    }
  }

  /** A database, and whether what charts look at is in its memory. */
  private record Loaded(Connection connection, boolean fits) {}

  private static Loaded loaded(
      Map<String, List<String>> files, Limits limits, boolean provisional) {
    try {
      Connection connection = DuckDb.open();
      try (Statement statement = connection.createStatement()) {
        statement.execute("set memory_limit = '" + limits.megabytes() + "MB'");
        statement.execute("set temp_directory = ''");
        statement.execute("set parquet_metadata_cache = true");
        List<String> all = files.values().stream().flatMap(List::stream).toList();
        statement.execute("set allowed_paths = " + TableLoader.list(all));
        statement.execute("create schema stored");
        boolean fits = load(statement, files, provisional);
        statement.execute("set enable_external_access = false");
        long most = megabytes(statement) + roomForAnswers(limits);
        statement.execute("set memory_limit = '" + most + "MB'");
        statement.execute("set lock_configuration = true");
        return new Loaded(connection, fits);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (LinkageError e) {
      throw Natives.notLoaded(e);
    } catch (SQLException e) {
      throw Query.explained("Cannot read the tables: " + Query.oneLine(e), e, limits);
    }
  }

  /** The most that answers may take beside the tables. */
  private static long roomForAnswers(Limits limits) {
    return Math.max(Limits.LEAST_MEGABYTES, limits.megabytes() / 2);
  }

  private static long megabytes(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery(BYTES)) {
      rows.next();
      return rows.getLong("bytes") / 1_000_000 + 1;
    }
  }

  /** Gives whether the numbers that charts look at are in memory. */
  private static boolean load(
      Statement statement, Map<String, List<String>> files, boolean provisional)
      throws SQLException {
    List<String> replicates = files.getOrDefault(Tables.REPLICATES, List.of());
    List<String> cells = files.getOrDefault(Tables.CELLS, List.of());
    Set<String> measured =
        TableLoader.showFooters(statement, Tables.REPLICATES, Tables.REPLICATES, replicates);
    showLayers(statement, NETWORKS, Tables.REPLICATES, measured, from(replicates));
    if (provisional) {
      return loadAverages(statement);
    }
    Set<String> kept = TableLoader.showFooters(statement, CELL_LISTS, Tables.CELLS, cells);
    showLayers(statement, CELL_LAYERS, Tables.CELLS, kept, from(cells));
    Set<String> numbers = new LinkedHashSet<>(kept);
    Tables.cells().stream().filter(Column::isList).map(Column::name).forEach(numbers::remove);
    String from = " from " + CELL_LISTS;
    if (numbers.contains("task") && !numbers.contains("exploded")) {
      from = countCategories(statement);
      numbers.addAll(List.of("exploded", "vanished"));
    }
    TableLoader.show(statement, Tables.CELLS, Tables.CELLS, numbers, from);
    Set<String> drawn = DrawnColumns.of(numbers);
    Set<String> wanted = new LinkedHashSet<>(drawn);
    wanted.retainAll(numbers);
    boolean fits =
        !wanted.isEmpty()
            && isMade(
                statement,
                "create table stored.drawn as select "
                    + TableLoader.names(wanted)
                    + (", case when " + CellIds.IS_ONE + " then " + CellIds.NUMBER)
                    + (" end as " + CELL)
                    + from);
    show(statement, numbers, drawn, fits ? " from stored.drawn" : from);
    return fits || wanted.isEmpty();
  }

  private static boolean loadAverages(Statement statement) throws SQLException {
    boolean fits = isMade(statement, "create table stored.cells as " + ProvisionalCells.SQL);
    if (!fits) {
      statement.execute("create view stored.cells as " + ProvisionalCells.SQL);
    }
    Set<String> averaged = columns(statement);
    String from = " from stored.cells";
    showLayers(statement, CELL_LAYERS, Tables.CELLS, averaged, from);
    TableLoader.show(statement, Tables.CELLS, Tables.CELLS, averaged, from);
    Set<String> drawn = DrawnColumns.of(averaged);
    show(statement, averaged, drawn, from);
    return fits;
  }

  /** The view {@link #DRAWN}. */
  private static void show(Statement statement, Set<String> kept, Set<String> drawn, String from)
      throws SQLException {
    boolean numbered = from.endsWith("stored.drawn") && areNumbered(statement);
    String cell = (numbered ? CELL : "cell_id") + " as " + CELL;
    TableLoader.show(statement, DRAWN, Tables.CELLS, kept, drawn, ", " + cell + from);
  }

  /** Whether every id has the form that makes it a number. */
  private static boolean areNumbered(Statement statement) throws SQLException {
    String sql = "select count(*) = count(" + CELL + ") as every from stored.drawn";
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getBoolean("every");
    }
  }

  /** Makes a table, unless it does not fit into the memory. A statement that fails is closed. */
  private static boolean isMade(Statement beside, String sql) throws SQLException {
    try (Statement statement = beside.getConnection().createStatement()) {
      statement.execute(sql);
      return true;
    } catch (SQLException e) {
      if (!String.valueOf(e.getMessage()).contains("Out of Memory Error")) {
        throw e;
      }
      return false;
    }
  }

  /** Early schemas did not count what exploded and vanished; gives whence to select cells. */
  private static String countCategories(Statement statement) throws SQLException {
    statement.execute(
        """
        create table stored.categories as
        select cell_id, count(*) filter (where category = 'exploded') as exploded,
          count(*) filter (where category = 'vanished') as vanished
        from replicates where task = 'propagation' group by cell_id
        """);
    return " from (select l.* exclude (exploded, vanished), n.exploded, n.vanished from "
        + CELL_LISTS
        + " l left join stored.categories n using (cell_id))";
  }

  private static String from(List<String> files) {
    return files.isEmpty() ? " where false" : " from " + TableLoader.rows(files);
  }

  /** A view of the columns of a table that charts of single cells look at. */
  private static void showLayers(
      Statement statement, String name, String table, Set<String> kept, String from)
      throws SQLException {
    Set<String> wanted = new LinkedHashSet<>(OUTCOMES);
    Axis.all().forEach(axis -> wanted.add(axis.column()));
    Tables.columns(table).stream()
        .filter(Column::isList)
        .forEach(column -> wanted.add(column.name()));
    TableLoader.show(statement, name, table, kept, wanted, from);
  }

  private static Set<String> columns(Statement statement) throws SQLException {
    Set<String> names = new LinkedHashSet<>();
    try (ResultSet rows = statement.executeQuery("select * from stored.cells limit 0")) {
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        names.add(rows.getMetaData().getColumnLabel(i));
      }
    }
    return names;
  }

  /** Whether {@code cells} was averaged here, and knows no theory. */
  public boolean isProvisional() {
    return provisional;
  }

  /** Whether each question about cells reads files, since they do not fit into the memory. */
  public boolean isInFiles() {
    return !fits;
  }

  /** For one thread; its closing does not close the tables. */
  public Query session() {
    try {
      return new Query(((DuckDBConnection) connection).duplicate(), limits);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot connect to an in-memory database", e);
    }
  }

  /** Bytes of memory that the tables take. */
  public long bytes() {
    try (Query query = session()) {
      return query.rows(BYTES).row(0).whole("bytes");
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot close an in-memory database", e);
    } finally {
      copies.close();
    }
  }
}
