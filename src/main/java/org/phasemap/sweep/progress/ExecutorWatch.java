package org.phasemap.sweep.progress;

import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Counts a cluster's executors, and says once when there has been none for a while.
 *
 * <p>A sweep waits for executors however long. Only where Spark ends the session is there nothing
 * left to wait for.
 */
public final class ExecutorWatch implements IntSupplier {
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private final IntSupplier executors;
  private final LongSupplier nanoseconds;
  private final Runnable none;
  private long last;
  private boolean said;

  /**
   * Starts.
   *
   * @param executors that there are
   * @param nanoseconds a clock
   * @param none heard when there has been none for {@link #PATIENCE}; again only after one has come
   */
  public ExecutorWatch(IntSupplier executors, LongSupplier nanoseconds, Runnable none) {
    this.executors = executors;
    this.nanoseconds = nanoseconds;
    this.none = none;
    this.last = nanoseconds.getAsLong();
  }

  @Override
  public int getAsInt() {
    int count = executors.getAsInt();
    long now = nanoseconds.getAsLong();
    if (count > 0) {
      last = now;
      said = false;
    } else if (!said && now - last >= PATIENCE.toNanos()) {
      said = true;
      none.run();
    }
    return count;
  }
}
