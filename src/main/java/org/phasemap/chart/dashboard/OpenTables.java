package org.phasemap.chart.dashboard;

import org.phasemap.chart.SweepInfo;
import org.phasemap.chart.explore.Exploration;
import org.phasemap.network.UserException;
import org.phasemap.query.Limits;
import org.phasemap.query.Query;
import org.phasemap.query.ServedTables;
import org.phasemap.store.ResultsFolder;

/**
 * One state of a sweep that is open. It is closed when nobody uses it any more and it is no longer
 * the latest.
 */
final class OpenTables {
  /** What is said of a sweep whose cells are not in memory. */
  static final String IN_FILES =
      "Its cells do not fit into the server's --memory: they are read from the files, which takes"
          + " longer.";

  /** What is said of a sweep that cannot be opened within the memory. */
  static final String TOO_LARGE =
      "It cannot be shown within the server's --memory; have it started with more.";

  /** The same of one whose cells are not made yet: these are averaged from all networks. */
  static final String TOO_LARGE_YET =
      "Its networks cannot be averaged within the server's --memory; it can be shown when the sweep"
          + " has made its cells, or by a server started with more.";

  private final ServedTables tables;
  private final Exploration exploration;
  private final String state;
  private final int revision;
  private int users = 1;

  private OpenTables(ServedTables tables, Exploration exploration, String state, int revision) {
    this.tables = tables;
    this.exploration = exploration;
    this.state = state;
    this.revision = revision;
  }

  /**
   * Opens what is committed by now, for one user.
   *
   * @param state names it among all states of all sweeps
   */
  static OpenTables of(ResultsFolder folder, String state, int revision, Limits limits) {
    if (folder.cellsAreOutdated() && !folder.cellsAreBehind()) {
      throw new UserException(Look.OUTDATED);
    }
    ServedTables tables = ServedTables.open(folder, limits);
    try (Query query = tables.session()) {
      SweepInfo info = SweepInfo.of(folder);
      return new OpenTables(tables, new Exploration(query, info), state, revision);
    } catch (RuntimeException e) {
      tables.close();
      throw e;
    }
  }

  /** One more user. */
  synchronized OpenTables use() {
    if (users == 0) {
      throw new IllegalStateException("closed");
    }
    users++;
    return this;
  }

  /** One user less; the last closes it. */
  synchronized void release() {
    users--;
    if (users == 0) {
      tables.close();
    }
  }

  /** To ask, by one thread. */
  Query session() {
    return tables.session();
  }

  Exploration exploration() {
    return exploration;
  }

  String state() {
    return state;
  }

  int revision() {
    return revision;
  }

  boolean isProvisional() {
    return tables.isProvisional();
  }

  boolean isInFiles() {
    return tables.isInFiles();
  }

  /** Of memory. */
  long bytes() {
    return tables.bytes();
  }

  /** Of memory that {@link #load} is expected to take; 0 where it has nothing to do. */
  long bytesToLoad() {
    return tables.bytesToLoad();
  }

  /**
   * Takes what charts look at into memory, which answers do not wait for.
   *
   * @param most bytes that it may take
   */
  void load(long most) {
    tables.load(most);
  }
}
