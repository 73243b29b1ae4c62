package org.phasemap.chart.dashboard;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
 *
 * <p>Opening takes seconds, and so does looking at a large folder. Neither is done while this is
 * locked: who asks for the list waits for no tables.
 */
final class Sweep {
  /** A manifest is looked at so often, however many ask. */
  private static final long GLANCE_NANOS = 1_000_000_000L;

  private final String id;
  private final Supplier<ResultsFolder> opener;
  private final Limits limits;
  private final Executor background;
  private final Object opening = new Object();
  private final LatestSummary summary = new LatestSummary();
  private ResultsFolder folder;
  private Optional<Instant> firstWritten = Optional.empty();
  private long glanced;
  private State newest = State.NONE;
  private @Nullable OpenTables open;
  private boolean reopening;
  private boolean ended;
  private volatile long used;
  private @Nullable Refused broken;
  private State brokenState = State.NONE;

  /**
   * What is committed.
   *
   * @param name tells it from all other states; empty for none yet
   * @param revision number of the last commit
   */
  private record State(String name, int revision) {
    static final State NONE = new State("", 0);

    static State of(List<ManifestEntry> entries) {
      int last = entries.size();
      return last == 0
          ? new State("0", 0)
          : new State(last + " " + entries.get(last - 1).createdAt(), last);
    }
  }

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

  /** Looks at it in the background, if it has moved since the last look. */
  synchronized void look(Look look, Executor looks) {
    ResultsFolder of = folder;
    try {
      glance();
      of = folder;
      String state = newest.name + (look.isRunning(of) ? " running" : "");
      ResultsFolder now = of;
      summary.renew(
          state, () -> CompletableFuture.supplyAsync(() -> look.at(id, now), looks));
    } catch (RuntimeException e) {
      summary.renew("", () -> CompletableFuture.completedFuture(look.at(id, folder)));
    }
  }

  /**
   * What it was at the last look.
   *
   * @param nanos to wait for a look that is going on
   */
  Summary summary(long nanos) {
    Summary latest = summary.within(nanos).orElseGet(() -> Summary.looking(id, folder().name()));
    synchronized (this) {
      if (broken != null && brokenState.equals(newest) && latest.state() != Summary.State.OLDER) {
        return latest.damaged(broken.sentence());
      }
      return open != null && open.isInFiles() ? latest.with(OpenTables.IN_FILES) : latest;
    }
  }

  private synchronized ResultsFolder folder() {
    return folder;
  }

  /** Its tables, for one user more, who must release them. */
  OpenTables tables() {
    used = System.nanoTime();
    Optional<OpenTables> now = opened();
    if (now.isPresent()) {
      return now.get();
    }
    synchronized (opening) {
      return opened().orElseGet(this::openFirst);
    }
  }

  /** The tables that are open, for one user more; opens newer ones in the background. */
  private synchronized Optional<OpenTables> opened() {
    OpenTables now = open;
    try {
      glance();
    } catch (UserException | UncheckedIOException e) {
      if (now == null) {
        throw new Refused(404, Sentence.of(e));
      }
      return Optional.of(now.use()); // Its files may be out of reach for a while.
    }
    if (now == null) {
      return Optional.empty();
    }
    if (now.revision() != newest.revision && !reopening) {
      reopening = true;
      background.execute(this::reopen);
    }
    return Optional.of(now.use());
  }

  private OpenTables openFirst() {
    ResultsFolder of;
    State state;
    synchronized (this) {
      if (broken != null && brokenState.equals(newest)) {
        throw broken;
      }
      of = folder;
      state = newest;
    }
    OpenTables next;
    try {
      next = open(of, state);
    } catch (UserException e) {
      throw breaks(e, state);
    }
    synchronized (this) {
      OpenTables mine = next.use();
      swap(next);
      return mine;
    }
  }

  private OpenTables open(ResultsFolder of, State state) {
    return OpenTables.of(of, id + " " + state.name, state.revision, limits);
  }

  private synchronized Refused breaks(UserException e, State state) {
    Refused refused = new Refused(404, Sentence.of(e));
    broken = refused;
    brokenState = state;
    return refused;
  }

  private void reopen() {
    ResultsFolder of;
    State state;
    synchronized (this) {
      of = folder;
      state = newest;
    }
    OpenTables next = null;
    try {
      next = open(of, state);
    } catch (UserException e) {
      breaks(e, state);
    } finally {
      swap(next);
    }
  }

  private synchronized void swap(@Nullable OpenTables next) {
    reopening = false;
    OpenTables former = open;
    open = ended ? null : next;
    if (former != null) {
      former.release();
    }
    if (ended && next != null) {
      next.release();
    }
  }

  /** Looks whether the manifest has moved, or another sweep has taken the folder's place. */
  private void glance() {
    long now = System.nanoTime();
    if (!newest.name.isEmpty() && now - glanced < GLANCE_NANOS) {
      return;
    }
    glanced = now;
    Optional<Instant> written = folder.modified("manifest/000001.json");
    if (!written.equals(firstWritten)) {
      folder = opener.get();
      firstWritten = written;
    }
    newest = State.of(folder.manifest());
  }

  /** When its tables were last asked for. */
  long used() {
    return used;
  }

  /** Bytes of memory that it takes. */
  synchronized long bytes() {
    return open == null ? 0 : open.bytes();
  }

  /** Gives its memory back when nobody uses it any more. */
  synchronized void close() {
    OpenTables now = open;
    open = null;
    if (now != null) {
      now.release();
    }
  }

  /** As {@link #close}, for good. */
  synchronized void end() {
    ended = true;
    close();
  }
}
