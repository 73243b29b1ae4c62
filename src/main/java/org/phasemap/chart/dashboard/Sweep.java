package org.phasemap.chart.dashboard;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.UserException;
import org.phasemap.query.LimitReached;
import org.phasemap.query.Limits;
import org.phasemap.store.ResultsFolder;

/**
 * One results folder that is served. Its tables are opened when they are first asked for. When its
 * manifest moves they are opened anew beside the old ones, which answer meanwhile.
 *
 * <p>Opening takes seconds, looking at a large folder too, and a store may not answer for a minute.
 * None of this is done while this is locked: who asks for the list waits for no tables, and who
 * asks open tables waits for no store.
 */
final class Sweep {
  /** A manifest is looked at so often, however many ask. */
  private static final long GLANCE_NANOS = 1_000_000_000L;

  /** To look at more takes a second and longer. */
  private static final long MANY_ROWS = 100_000;

  private final String id;
  private final Supplier<ResultsFolder> opener;
  private final Limits limits;
  private final Look look;
  private final Workers workers;
  private final Object first = new Object();
  private final LatestSummary summary = new LatestSummary();
  private Glance glance;
  private volatile Summary beginning;
  private long glanced;
  private boolean glancing;
  private @Nullable OpenTables open;

  /** The same, while they wait to be loaded: whoever loads them later may never come. */
  private @Nullable OpenTables waiting;

  private boolean reopening;
  private boolean ended;
  private volatile boolean large;
  private volatile long used;
  private @Nullable Broken broken;

  /**
   * Why its tables could not be opened.
   *
   * @param state that it had, see {@link Glance}
   * @param damaged whether files are; else it is too large
   */
  private record Broken(String state, Refused refused, boolean damaged) {
    static Broken of(UserException e, Glance at) {
      if (!(e instanceof LimitReached)) {
        return new Broken(at.state(), new Refused(404, Sentence.of(e)), true);
      }
      boolean made = !at.folder().cellsAreBehind();
      String sentence = made ? OpenTables.TOO_LARGE : OpenTables.TOO_LARGE_YET;
      return new Broken(at.state(), new Refused(404, sentence), false);
    }

    /** As a list of sweeps shows it. */
    Summary in(Summary latest) {
      return damaged ? latest.damaged(refused.sentence()) : latest.with(refused.sentence());
    }
  }

  /**
   * What works in the background.
   *
   * @param opens opens tables
   * @param looks looks at all of a folder
   * @param glances looks at manifests
   * @param later does what takes long, when nobody waits for an answer
   * @param loader takes tables into memory
   */
  record Workers(
      Executor opens,
      Executor looks,
      Executor glances,
      Executor later,
      BiConsumer<Sweep, OpenTables> loader) {}

  Sweep(String id, Supplier<ResultsFolder> opener, Limits limits, Look look, Workers workers) {
    this.id = id;
    this.opener = opener;
    this.limits = limits;
    this.look = look;
    this.workers = workers;
    this.glance = Glance.none(opener.get());
    this.beginning = Summary.looking(id, glance.folder().name());
  }

  String id() {
    return id;
  }

  /** Looks in the background whether it has moved, unless it has just been looked at. */
  synchronized void glance() {
    if (!glancing && (glance.isNone() || System.nanoTime() - glanced > GLANCE_NANOS)) {
      glancing = true;
      Glance before = glance;
      workers.glances.execute(() -> take(before.next(opener)));
    }
  }

  private void take(Glance next) {
    if (!summary.isKnown()) {
      beginning = Look.beginning(id, next.folder());
    }
    synchronized (this) {
      glance = next;
      glanced = System.nanoTime();
      glancing = false;
      String seen =
          next.problem() == null
              ? next.state() + (next.running() ? " running" : "")
              : String.valueOf(next.problem().getMessage());
      large = next.rows() > MANY_ROWS;
      Executor worker = large ? workers.later : workers.looks;
      summary.renew(
          seen, () -> CompletableFuture.supplyAsync(() -> look.at(id, next.folder()), worker));
      if (large) {
        summary.begin(beginning);
      }
      notifyAll();
    }
  }

  /**
   * When its rows were last committed; empty before the first. Waits for the first look at its
   * manifest.
   *
   * @throws Refused if that cannot be read
   */
  Optional<String> changed() {
    glance();
    return firstGlance().changed();
  }

  /**
   * What it was at the last look.
   *
   * @param nanos to wait for a look that is going on
   */
  Summary summary(long nanos) {
    Optional<Summary> found = summary.within(large ? 0 : nanos);
    synchronized (this) {
      Summary latest = found.orElse(beginning);
      Broken now = broken;
      if (now != null
          && now.state.equals(glance.state())
          && latest.state() != Summary.State.OLDER) {
        return now.in(latest);
      }
      OpenTables tables = open;
      return tables != null && tables.isInFiles() ? latest.with(OpenTables.IN_FILES) : latest;
    }
  }

  /** Its tables, for one user more, who must release them. */
  OpenTables tables() {
    used = System.nanoTime();
    glance();
    Optional<OpenTables> now = opened();
    if (now.isPresent()) {
      return now.get();
    }
    synchronized (first) {
      return opened().orElseGet(this::openFirst);
    }
  }

  /** The tables that are open, for one user more; opens newer ones in the background. */
  private synchronized Optional<OpenTables> opened() {
    OpenTables now = open;
    if (now == null) {
      return Optional.empty();
    }
    if (now.revision() != glance.revision() && glance.problem() == null && !reopening) {
      reopening = true;
      workers.opens.execute(this::reopen);
    }
    return Optional.of(now.use());
  }

  private OpenTables openFirst() {
    Glance at = firstGlance();
    OpenTables next;
    try {
      next = open(at);
    } catch (UserException e) {
      throw breaks(Broken.of(e, at));
    }
    synchronized (this) {
      OpenTables mine = next.use();
      swap(next);
      return mine;
    }
  }

  private synchronized Glance firstGlance() {
    try {
      while (glance.isNone() && !ended) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(503, "The server is ending.");
    }
    RuntimeException problem = glance.problem();
    if (problem != null) {
      throw new Refused(404, Sentence.of(problem));
    }
    Broken before = broken;
    if (before != null && before.state.equals(glance.state())) {
      throw before.refused;
    }
    return glance;
  }

  private OpenTables open(Glance at) {
    return OpenTables.of(at.folder(), id + " " + at.state(), at.revision(), limits);
  }

  private synchronized Refused breaks(Broken now) {
    broken = now;
    return now.refused;
  }

  private void reopen() {
    Glance at;
    synchronized (this) {
      at = glance;
    }
    OpenTables next = null;
    try {
      next = open(at);
    } catch (UserException e) {
      breaks(Broken.of(e, at));
    } finally {
      swap(next);
    }
  }

  private synchronized void swap(@Nullable OpenTables next) {
    reopening = false;
    close();
    if (next != null) {
      if (ended) {
        next.release();
      } else {
        open = next;
        waiting = next.use();
        workers.later.execute(() -> load(next));
      }
    }
  }

  private void load(OpenTables tables) {
    synchronized (this) {
      if (waiting != tables) {
        return; // They have been closed meanwhile.
      }
      waiting = null;
    }
    try {
      if (isOpen(tables)) {
        workers.loader.accept(this, tables);
      }
    } catch (UserException e) {
      breaks(tables, e);
    } finally {
      tables.release();
    }
  }

  private synchronized boolean isOpen(OpenTables tables) {
    return open == tables;
  }

  /** Its files turn out to be damaged. */
  private synchronized void breaks(OpenTables tables, UserException e) {
    if (open == tables) {
      if (glance.revision() == tables.revision()) {
        broken = Broken.of(e, glance);
      }
      close();
    }
  }

  /** When its tables were last asked for. */
  long used() {
    return used;
  }

  /** Bytes of memory that it takes, or will take once it is loaded. */
  synchronized long bytes() {
    OpenTables now = open;
    return now == null ? 0 : now.bytes() + now.bytesToLoad();
  }

  /** Gives its memory back when nobody uses it any more. */
  synchronized void close() {
    OpenTables now = open;
    OpenTables unloaded = waiting;
    open = null;
    waiting = null;
    if (now != null) {
      now.release();
    }
    if (unloaded != null) {
      unloaded.release();
    }
  }

  /** As {@link #close}, for good. */
  synchronized void end() {
    ended = true;
    notifyAll();
    close();
  }
}
