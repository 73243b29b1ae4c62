package org.phasemap.query;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.UserException;
import org.phasemap.store.CommittedFiles;
import org.phasemap.store.LocalCopies;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry.DataFile;
import org.phasemap.store.parquet.Natives;
import org.phasemap.store.table.Tables;

/**
 * The tables of a sweep for a server, which asks often and for long. They are opened where they
 * are, in their files, of which a question reads the columns and row groups that it needs: that
 * takes a moment. Then the numbers of {@code cells} that charts look at may be {@linkplain #load
 * loaded} into memory, where later questions find them. DuckDB is shut off from all other files,
 * from networks and from extensions, and its configuration is locked.
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

  /** The view that has those of {@code cells} that charts look at, and {@link #CELL}. */
  public static final String DRAWN = "drawn";

  /** A column that tells cells apart as {@code cell_id} does, and is read as {@link CellIds}. */
  public static final String CELL = "cell";

  private static final String BYTES =
      "select coalesce(sum(memory_usage_bytes), 0)::bigint as bytes from duckdb_memory()";

  /** Held by who loads tables: only then they may take all of the memory that is for tables. */
  private static final Object LOADING = new Object();

  private final Connection connection;
  private final LocalCopies copies;
  private final Limits limits;
  private final boolean provisional;
  private final long rows;
  private final AtomicReference<@Nullable DrawnNumbers> loadable;
  private volatile boolean fits;
  private volatile long bytes;

  private ServedTables(Opened opened, Source source, Limits limits, long rows) {
    this.connection = opened.connection;
    this.copies = source.copies;
    this.limits = limits;
    this.provisional = source.provisional;
    this.rows = rows;
    this.loadable = new AtomicReference<>(opened.loadable.orElse(null));
    this.fits = opened.fits;
    this.bytes = opened.bytes;
  }

  /** Where tables are read from, and whether cells must be averaged first. */
  private record Source(Map<String, List<String>> paths, LocalCopies copies, boolean provisional) {}

  /**
   * A database.
   *
   * @param loadable what may be loaded; empty where nothing is left to do
   * @param fits whether what charts look at is in its memory, or may come there
   * @param bytes that it takes
   */
  private record Opened(
      Connection connection, Optional<DrawnNumbers> loadable, boolean fits, long bytes) {}

  /**
   * The rows that are committed now. Where {@code cells} has not been made since rows were added,
   * it is averaged from these, without theory.
   *
   * @param limits whose memory is for the tables; half as much is for answers beside them
   * @throws UserException if a file is damaged or missing, or not what the manifest says
   */
  public static ServedTables open(ResultsFolder folder, Limits limits) {
    while (true) {
      Map<String, List<DataFile>> files = Query.files(folder);
      LocalCopies copies = LocalCopies.of(folder);
      try {
        CommittedFiles.check(folder);
        Source source = new Source(copies.paths(files), copies, folder.cellsAreBehind());
        long rows =
            files.getOrDefault(Tables.CELLS, List.of()).stream().mapToLong(DataFile::rows).sum();
        return new ServedTables(opened(source, limits), source, limits, rows);
      } catch (RuntimeException e) {
        copies.close();
        // A sweep that merges files deletes the former ones.
        if (!(e instanceof UserException) || Query.files(folder).equals(files)) {
          throw e;
        }
      }
    }
  }

  private static Opened opened(Source source, Limits limits) {
    try {
      Connection connection = DuckDb.open();
      try (Statement statement = connection.createStatement()) {
        statement.execute("set temp_directory = ''");
        statement.execute("set parquet_metadata_cache = true");
        List<String> all = source.paths.values().stream().flatMap(List::stream).toList();
        statement.execute("set allowed_paths = " + TableLoader.list(all));
        statement.execute("create schema stored");
        return source.provisional
            ? averaged(statement, source.paths, limits)
            : shown(statement, source.paths, limits);
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

  private static void limit(Statement statement, long megabytes) throws SQLException {
    statement.execute("set memory_limit = '" + megabytes + "MB'");
  }

  /** Nothing can be changed any more. */
  private static void lock(Statement statement, long megabytes) throws SQLException {
    limit(statement, megabytes);
    statement.execute("set lock_configuration = true");
  }

  /** The most that answers may take beside the tables. */
  private static long roomForAnswers(Limits limits) {
    return Math.max(Limits.LEAST_MEGABYTES, limits.megabytes() / 2);
  }

  private static long bytes(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery(BYTES)) {
      rows.next();
      return rows.getLong("bytes");
    }
  }

  private static long megabytes(long bytes) {
    return bytes / 1_000_000 + 1;
  }

  /** Views of the files. */
  private static Opened shown(Statement statement, Map<String, List<String>> files, Limits limits)
      throws SQLException {
    limit(statement, roomForAnswers(limits));
    DrawnNumbers numbers = ServedViews.ofFiles(statement, files);
    statement.execute("set enable_external_access = false");
    Optional<DrawnNumbers> loadable = Optional.of(numbers).filter(of -> !of.columns().isEmpty());
    if (loadable.isEmpty()) {
      lock(statement, roomForAnswers(limits));
    }
    return new Opened(statement.getConnection(), loadable, true, bytes(statement));
  }

  /** Views of the networks, and the averages of their cells. */
  private static Opened averaged(
      Statement statement, Map<String, List<String>> files, Limits limits) throws SQLException {
    synchronized (LOADING) {
      limit(statement, limits.megabytes());
      boolean fits = ServedViews.ofAverages(statement, files);
      statement.execute("set enable_external_access = false");
      long bytes = bytes(statement);
      lock(statement, megabytes(bytes) + roomForAnswers(limits));
      return new Opened(statement.getConnection(), Optional.empty(), fits, bytes);
    }
  }

  /** Bytes that {@link #load} is expected to take; 0 where there is nothing to load. */
  public long bytesToLoad() {
    long most = limits.megabytes() * 1_000_000;
    return Optional.ofNullable(loadable.get())
        .map(this::expected)
        .filter(bytes -> bytes <= most)
        .orElse(0L);
  }

  private long expected(DrawnNumbers of) {
    return rows * of.columns().size() * Double.BYTES;
  }

  /**
   * Takes the numbers that charts look at into memory, unless that is not enough. Questions are
   * answered from the files meanwhile.
   *
   * @param most bytes that they may take
   * @throws UserException if they cannot be read
   */
  public void load(long most) {
    Optional.ofNullable(loadable.getAndSet(null)).ifPresent(numbers -> load(numbers, most));
  }

  private void load(DrawnNumbers of, long most) {
    synchronized (LOADING) {
      try (Statement statement = connection.createStatement()) {
        limit(statement, megabytes(most) + roomForAnswers(limits));
        fits = expected(of) <= most && of.isLoaded(statement) && isKept(statement, of, most);
        bytes = bytes(statement);
        lock(statement, megabytes(bytes) + roomForAnswers(limits));
      } catch (SQLException e) {
        throw Query.explained("Cannot read the tables: " + Query.oneLine(e), e, limits);
      }
    }
  }

  private static boolean isKept(Statement statement, DrawnNumbers of, long most)
      throws SQLException {
    if (bytes(statement) > most) {
      of.drop(statement);
      return false;
    }
    of.showLoaded(statement);
    return true;
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
    return bytes;
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
