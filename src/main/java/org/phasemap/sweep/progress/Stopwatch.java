package org.phasemap.sweep.progress;

import java.util.LinkedHashMap;
import java.util.Map;

/** How long each phase of a sweep took; the listener hears it at once. */
public final class Stopwatch {
  private final SweepListener listener;
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private long start = System.nanoTime();

  public Stopwatch(SweepListener listener) {
    this.listener = listener;
  }

  /** Ends a phase; the next one starts. */
  public void end(String phase) {
    long now = System.nanoTime();
    double took = (now - start) * 1e-9;
    listener.ended(phase, took);
    seconds.merge(phase, took, Double::sum);
    start = now;
  }

  /** Of the phases that have ended, in order. */
  public Map<String, Double> seconds() {
    return new LinkedHashMap<>(seconds);
  }
}
