package org.phasemap.chart.dashboard;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.UserException;
import org.phasemap.query.Limits;
import org.phasemap.store.ManifestEntry;
import org.phasemap.store.ResultsFolder;

/**
 * One results folder that is served. Its tables are opened when they are first asked for. When its
 * manifest moves they are opened anew beside the old ones, which answer meanwhile.
 */
final class Sweep {
  /** A manifest is looked at so often, however many ask. */
  private static final long GLANCE_NANOS = 1_000_000_000L;

  private final String id;
  private final Supplier<ResultsFolder> opener;
  private final Limits limits;
  private final Executor background;
  private ResultsFolder folder;
  private Optional<Instant> firstWritten = Optional.empty();
  private long glanced;
  private String newest = "";
  private int newestRevision;
  private volatile @Nullable OpenTables open;
  private boolean opening;
  private @Nullable Summary summary;
  private String summarised = "";
  private volatile long used;
  private @Nullable Refused broken;
  private String brokenState = "";

  Sweep(String id, Supplier<ResultsFolder> opener, Limits limits, Executor background) {
    this.id = id;
    this.opener = opener;
    this.limits = limits;
    this.background = background;
    this.folder = opener.get();
  }

  String id() {
    return id;
  }

  /** What it is now. */
  synchronized Summary summary(Look look) {
    String state;
    try {
      glance();
      state = newest + (look.isRunning(folder) ? " running" : "");
    } catch (RuntimeException e) {
      return look.at(id, folder);
    }
    if (summary == null || !state.equals(summarised)) {
      summary = look.at(id, folder);
      summarised = state;
    }
    Refused refused = broken;
    if (refused != null && brokenState.equals(newest) && summary.state() != Summary.State.OLDER) {
      summary = summary.damaged(refused.sentence());
    }
    return summary;
  }

  /** Its tables, for one user more, who must release them. */
  synchronized OpenTables tables() {
    used = System.nanoTime();
    try {
      glance();
    } catch (UserException e) {
      throw new Refused(404, Sentence.of(e));
    }
    OpenTables now = open;
    if (now == null) {
      if (broken != null && brokenState.equals(newest)) {
        throw broken;
      }
      try {
        now = OpenTables.of(folder, id + " " + newest, newestRevision, limits);
      } catch (UserException e) {
        broken = new Refused(404, Sentence.of(e));
        brokenState = newest;
        throw broken;
      }
      open = now;
    } else if (now.revision() != newestRevision && !opening) {
      opening = true;
      background.execute(this::reopen);
    }
    return now.use();
  }

  private void reopen() {
    ResultsFolder of;
    String state;
    int revision;
    synchronized (this) {
      of = folder;
      state = newest;
      revision = newestRevision;
    }
    OpenTables next = null;
    try {
      next = OpenTables.of(of, id + " " + state, revision, limits);
    } catch (UserException e) {
      synchronized (this) {
        broken = new Refused(404, Sentence.of(e));
        brokenState = state;
      }
    } finally {
      swap(next);
    }
  }

  private synchronized void swap(@Nullable OpenTables next) {
    opening = false;
    OpenTables former = open;
    open = next;
    if (former != null) {
      former.release();
    }
  }

  /** Looks whether the manifest has moved, or another sweep has taken the folder's place. */
  private void glance() {
    long now = System.nanoTime();
    if (!newest.isEmpty() && now - glanced < GLANCE_NANOS) {
      return;
    }
    glanced = now;
    Optional<Instant> written = folder.modified("manifest/000001.json");
    if (!written.equals(firstWritten)) {
      folder = opener.get();
      firstWritten = written;
    }
    List<ManifestEntry> entries = folder.manifest();
    newestRevision = entries.size();
    newest =
        entries.isEmpty()
            ? "0"
            : entries.size() + " " + entries.get(entries.size() - 1).createdAt();
  }

  /** When its tables were last asked for. */
  long used() {
    return used;
  }

  /** Bytes of memory that it takes. */
  long bytes() {
    OpenTables now = open;
    return now == null ? 0 : now.bytes();
  }

  /** Gives its memory back when nobody uses it any more. */
  synchronized void close() {
    OpenTables now = open;
    open = null;
    if (now != null) {
      now.release();
    }
  }
}
