package org.phasemap.query;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.phasemap.network.UserException;

/** The database in which tables are read. */
public final class DuckDb {
  private DuckDb() {}

  /** Whether DuckDB is here; a driver that only spark-submit started may be without. */
  public static boolean isAvailable() {
    return DriverManager.drivers().anyMatch(d -> d.getClass().getName().startsWith("org.duckdb."));
  }

  /**
   * Opens one of its own, in memory.
   *
   * @throws UserException if DuckDB is not here: jars for clusters come without it
   */
  static Connection open() throws SQLException {
    if (!isAvailable()) {
      throw new UserException(
          "DuckDB is missing: jars for clusters come without it; allowed: the same command by"
              + " jobs/phasemap without --master, where the application is installed");
    }
    return DriverManager.getConnection("jdbc:duckdb:");
  }
}
