package org.phasemap.query;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/** Reads answers as DuckDB holds them, a vector of a column at a time. */
final class Vectors {
  /** DuckDB's own time-out is not for answers that are read so. */
  private static final ScheduledThreadPoolExecutor CLOCK =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "query-timeout");
            thread.setDaemon(true);
            return thread;
          });

  static {
    CLOCK.setRemoveOnCancelPolicy(true);
  }

  private Vectors() {}

  /**
   * The answer to a statement, whose columns are text, whole numbers or numbers.
   *
   * @param texts that a column of {@code tinyint} gives the places of
   */
  static Map<String, List<@Nullable Object>> read(
      DuckDBPreparedStatement statement, List<String> texts, Limits limits) throws SQLException {
    long seconds = limits.time().toSeconds();
    @Nullable ScheduledFuture<?> end =
        seconds == 0 ? null : CLOCK.schedule(() -> cancel(statement), seconds, TimeUnit.SECONDS);
    try (DuckDBChunkedResult result = statement.query()) {
      Map<String, List<@Nullable Object>> columns = new LinkedHashMap<>();
      while (result.nextChunk()) {
        DuckDBDataChunkReader chunk = result.chunk();
        for (int i = 0; i < result.columnCount(); i++) {
          DuckDBReadableVector vector = chunk.vector(i);
          List<@Nullable Object> column =
              columns.computeIfAbsent(
                  result.columnName(i), name -> column(name, vector.getType(), texts));
          if (column instanceof VectorColumn own) {
            own.add(vector, (int) chunk.rowCount());
          } else {
            column.addAll(Arrays.asList(values(vector, (int) chunk.rowCount())));
          }
        }
      }
      for (int i = 0; i < result.columnCount(); i++) {
        columns.computeIfAbsent(result.columnName(i), name -> new ArrayList<>());
      }
      return columns;
    } finally {
      if (end != null) {
        end.cancel(false);
      }
    }
  }

  private static List<@Nullable Object> column(
      String name, DuckDBColumnType type, List<String> texts) {
    return switch (type) {
      case DOUBLE -> new Doubles();
      case TINYINT -> new Coded(texts);
      // As text where an id is none: see ServedTables.
      case BIGINT -> name.equals("cell_id") ? new CellIds() : new ArrayList<>();
      default -> new ArrayList<>();
    };
  }

  private static @Nullable Object[] values(DuckDBReadableVector vector, int rows) {
    @Nullable Object[] values = new @Nullable Object[rows];
    DuckDBColumnType type = vector.getType();
    for (int i = 0; i < rows; i++) {
      if (!vector.isNull(i)) {
        values[i] =
            switch (type) {
              case DOUBLE -> (Object) vector.getDouble(i);
              case INTEGER -> (Object) vector.getInt(i);
              case BIGINT -> (Object) vector.getLong(i);
              case VARCHAR -> vector.getString(i);
              default -> throw new IllegalStateException("no column of a chart is a " + type);
            };
      }
    }
    return values;
  }

  private static void cancel(DuckDBPreparedStatement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      // It has ended meanwhile.
      System.getLogger(Vectors.class.getName())
          .log(System.Logger.Level.DEBUG, "nothing to cancel", e);
    }
  }
}
