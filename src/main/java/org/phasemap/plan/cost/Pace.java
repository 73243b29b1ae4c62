package org.phasemap.plan.cost;

import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;

/**
 * How long a machine takes over what the cost model was fitted to elsewhere, by kind of work: twice
 * as long is 2. It is for estimates of time alone; units and tasks are formed by the model as it
 * is, so that they are the same on every machine.
 *
 * @param weightFree of networks without weights, and of what becomes of rows
 * @param dense of explicit weights
 * @param masked of explicit weights under a mask
 * @param training of networks that are trained
 */
public record Pace(double weightFree, double dense, double masked, double training) {
  /** Of the machine that the model was fitted to. */
  public static final Pace FITTED = new Pace(1, 1, 1, 1);

  /** A start of the JVM and of Spark, averages and a report, where the model was fitted. */
  private static final double SECONDS_BESIDE = 8;

  /**
   * A machine's pace.
   *
   * @throws IllegalArgumentException if one is not above 0 and finite
   */
  public Pace {
    for (double pace : new double[] {weightFree, dense, masked, training}) {
      if (!(pace > 0) || pace == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException("a pace is " + pace + ", must be above 0 and finite");
      }
    }
  }

  /** Estimated seconds of a unit on one core of this machine. */
  public double seconds(Unit unit) {
    return of(unit) * CostModel.measuringSeconds(unit) + weightFree * CostModel.rowSeconds(unit);
  }

  /** Estimated seconds of a sweep besides its units, on one core: its start and its end. */
  public double secondsBeside() {
    return weightFree * SECONDS_BESIDE;
  }

  /** Devices are not calibrated. */
  private double of(Unit unit) {
    if (DeviceShape.isOnDevice(unit)) {
      return 1;
    }
    if (unit.task() instanceof Task.Training) {
      return training;
    }
    if (unit.sampler() == Sampler.WEIGHT_FREE) {
      return weightFree;
    }
    return unit.cells().get(0).network().keepProbability() < 1 ? masked : dense;
  }
}
