package org.phasemap.chart.dashboard;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.Sha256;

/**
 * Answers that were given, for whoever asks the same of the same state of a sweep; and how many are
 * worked out at once.
 */
final class Answers {
  private static final int MOST_BYTES = 64 << 20;
  private static final long PATIENCE_SECONDS = 10;

  private final Semaphore workers;
  private final Turns turns;
  private final LinkedHashMap<String, Answer> known = new LinkedHashMap<>(64, 0.75f, true);
  private final Map<String, CompletableFuture<Answer>> underWay = new ConcurrentHashMap<>();
  private long bytes;

  Answers(int workers, Turns turns) {
    this.workers = new Semaphore(workers);
    this.turns = turns;
  }

  /** Works an answer out. */
  @FunctionalInterface
  interface Work {
    Answer draw(List<OpenTables> tables);
  }

  /**
   * The answer to a question, packed.
   *
   * @param tables that it is asked of; released here
   * @param asked the question
   * @param tags those of answers that the browser has
   */
  Answer of(List<OpenTables> tables, String asked, String tags, Work work) {
    try {
      String question = tables.stream().map(OpenTables::state).toList() + "\n" + asked;
      String tag = "W/\"" + HexFormat.of().formatHex(Sha256.of(question), 0, 12) + "\"";
      Answer answer = once(tag, tables, work);
      return tags.contains(tag) ? answer.unchanged() : answer;
    } finally {
      tables.forEach(OpenTables::release);
    }
  }

  /** Who asks what is being worked out waits for that. */
  private Answer once(String tag, List<OpenTables> tables, Work work) {
    CompletableFuture<Answer> mine = new CompletableFuture<>();
    CompletableFuture<Answer> other = underWay.putIfAbsent(tag, mine);
    if (other != null) {
      try {
        return other.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException same) {
          throw same;
        }
        throw e;
      }
    }
    try {
      Answer answer = known(tag);
      if (answer == null) {
        answer = worked(tables, work).with("ETag", tag);
        keep(tag, answer);
      }
      mine.complete(answer);
      return answer;
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      underWay.remove(tag);
    }
  }

  private Answer worked(List<OpenTables> tables, Work work) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try {
      if (!turns.take(tables, end - System.nanoTime())) {
        throw busy();
      }
      try {
        if (!workers.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          throw busy();
        }
        try {
          return Packing.QUICKEST.of(work.draw(tables));
        } finally {
          workers.release();
        }
      } finally {
        turns.end(tables);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(503, "The server is ending.");
    }
  }

  private static Refused busy() {
    return new Refused(503, "The server is busy; ask again in a moment.");
  }

  private synchronized @Nullable Answer known(String tag) {
    return known.get(tag);
  }

  private synchronized void keep(String tag, Answer answer) {
    if (answer.body().length > MOST_BYTES / 8) {
      return;
    }
    Answer former = known.put(tag, answer);
    bytes += answer.body().length - (former == null ? 0 : former.body().length);
    var eldest = known.entrySet().iterator();
    while (bytes > MOST_BYTES && eldest.hasNext()) {
      bytes -= eldest.next().getValue().body().length;
      eldest.remove();
    }
  }
}
