package org.phasemap;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Wall and processor time of a piece of work in one shot, as secondary results of JMH, which times
 * only the wall: on a machine that others use, too, the processor's time says what the work costs.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Stopwatch {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Seconds of a piece. */
  public double wall;

  /** Seconds that the thread was running, of a piece. */
  public double processor;

  /**
   * Repeats work until the thread has run for a tenth of a second: where others use the machine,
   * shots that warm up are to warm up as much.
   *
   * @param pieces in one run of the work
   */
  public void time(double pieces, Runnable work) {
    long start = System.nanoTime();
    long running = THREADS.getCurrentThreadCpuTime();
    long ran;
    long runs = 0;
    do {
      work.run();
      runs++;
      ran = THREADS.getCurrentThreadCpuTime() - running;
    } while (ran < 100_000_000);
    processor = ran * 1e-9 / (runs * pieces);
    wall = (System.nanoTime() - start) * 1e-9 / (runs * pieces);
  }
}
