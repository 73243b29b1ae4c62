package org.phasemap.chart.dashboard;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a sweep was when it was last looked at, and the look that is going on. */
final class LatestSummary {
  private final CompletableFuture<Summary> first = new CompletableFuture<>();
  private String state = "";
  private CompletableFuture<Summary> look = first;
  private @Nullable Summary known;

  /**
   * Starts a look, unless there was one at this state.
   *
   * @param state of the folder
   */
  synchronized void renew(String state, Supplier<CompletableFuture<Summary>> start) {
    if (look == first || !state.equals(this.state)) {
      this.state = state;
      look = start.get().whenComplete(this::tellFirst);
    }
  }

  /** Whoever waits for the first look is told this, since the look takes long. */
  void begin(Summary beginning) {
    first.complete(beginning);
  }

  /** Whether a look has ended. */
  synchronized boolean isKnown() {
    return known != null || look.isDone();
  }

  /** Who asked before there was any look waits for the first. */
  private void tellFirst(@Nullable Summary found, @Nullable Throwable failure) {
    if (found != null) {
      first.complete(found);
    } else if (failure != null) {
      first.completeExceptionally(failure);
    }
  }

  /** What the look finds, if it ends in time, else what the one before found. */
  Optional<Summary> within(long nanos) {
    CompletableFuture<Summary> now;
    synchronized (this) {
      now = look;
    }
    try {
      Summary found = now.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
      synchronized (this) {
        known = found;
      }
    } catch (TimeoutException e) {
      // It is found at the next question.
    } catch (ExecutionException e) {
      throw new IllegalStateException("A look at a folder failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      return Optional.ofNullable(known);
    }
  }
}
