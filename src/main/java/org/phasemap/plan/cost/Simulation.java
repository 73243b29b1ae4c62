package org.phasemap.plan.cost;

import java.util.List;
import java.util.PriorityQueue;
import org.phasemap.plan.Unit;

/**
 * The schedule that a cluster would make of a sweep's units: in the plan's order, longest first,
 * each to the place that is free first, as Spark does. Units that share a task are one event; there
 * are no barriers, because waves are committed while others run. What it leaves out: the start of
 * the session, stragglers and failures, and the averages at the end.
 *
 * @param places tasks that run at once
 * @param tasks in all
 * @param makespan seconds from the first task's start to the last one's end
 * @param busy seconds of all places together in which they measured
 * @param critical the first unit of the task that ended last
 * @param criticalSeconds of that task
 */
public record Simulation(
    int places, int tasks, double makespan, double busy, Unit critical, double criticalSeconds) {
  /** What the driver needs to hand out a task: about a thousand a second. */
  private static final double SECONDS_PER_DISPATCH = 1e-3;

  /** What a task costs where it runs, besides its units: starting it and writing its rows. */
  private static final double SECONDS_PER_TASK = 20e-3;

  /**
   * Simulates on clusters of several sizes.
   *
   * @param units longest first; at least one
   * @param pace of a core
   * @param places tasks that run at once, for each cluster
   * @return a simulation for each cluster
   */
  public static List<Simulation> of(List<Unit> units, Pace pace, List<Integer> places) {
    return places.stream().map(count -> of(Schedule.tasks(units, count), pace, count)).toList();
  }

  private static Simulation of(List<List<Unit>> tasks, Pace pace, int places) {
    Costs costs = new Costs(pace);
    double[] seconds = tasks.stream().mapToDouble(costs::seconds).toArray();
    Timeline timeline = Timeline.of(seconds, places, SECONDS_PER_DISPATCH, SECONDS_PER_TASK);
    return new Simulation(
        places,
        tasks.size(),
        timeline.makespan(),
        timeline.busy(),
        tasks.get(timeline.last()).get(0),
        seconds[timeline.last()]);
  }

  /** Share of the places' time in which they measured. */
  public double utilisation() {
    return busy / (places * makespan);
  }

  /**
   * When tasks of given lengths end.
   *
   * @param makespan when the last one ends
   * @param last number of that task
   * @param busy sum of the lengths
   */
  record Timeline(double makespan, int last, double busy) {
    /**
     * Gives each task, in order, to the place that is free first.
     *
     * @param seconds of each task
     * @param dispatch seconds between two starts
     * @param overhead seconds of a place for each task, besides its length
     */
    static Timeline of(double[] seconds, int places, double dispatch, double overhead) {
      PriorityQueue<Double> free = new PriorityQueue<>();
      double makespan = 0;
      double busy = 0;
      int last = 0;
      for (int i = 0; i < seconds.length; i++) {
        double ready = i * dispatch;
        double start = free.size() < places ? ready : Math.max(ready, free.remove());
        double end = start + overhead + seconds[i];
        free.add(end);
        busy += seconds[i];
        if (end > makespan) {
          makespan = end;
          last = i;
        }
      }
      return new Timeline(makespan, last, busy);
    }
  }
}
