package org.phasemap.sweep.progress;

/** Tells the listener how long each phase of a sweep took. */
public final class Stopwatch {
  private final SweepListener listener;
  private long start = System.nanoTime();

  public Stopwatch(SweepListener listener) {
    this.listener = listener;
  }

  /** Ends a phase; the next one starts. */
  public void end(String phase) {
    long now = System.nanoTime();
    listener.ended(phase, (now - start) * 1e-9);
    start = now;
  }
}
