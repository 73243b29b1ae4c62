package org.phasemap.plan.cost;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.phasemap.network.Architecture;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;

/**
 * How long a machine takes over what the cost model was fitted to elsewhere, by kind of work: twice
 * as long is 2. It is for estimates of time alone; units and tasks are formed by the model as it
 * is, so that they are the same on every machine.
 */
public final class Pace {
  /** Work that machines may be slow at for reasons of its own. */
  public enum Kind {
    /** Networks without weights. */
    WEIGHT_FREE,
    /** Explicit weights. */
    DENSE,
    /** Explicit weights under a mask. */
    MASKED,
    /** Graphs of layers, at initialisation and trained. */
    LAYERED,
    /** MLPs that are trained. */
    TRAINING;

    static Kind of(Unit unit) {
      if (!unit.architecture().equals(Architecture.MLP)) {
        return LAYERED;
      }
      if (unit.task() instanceof Task.Training) {
        return TRAINING;
      }
      if (unit.sampler() == Sampler.WEIGHT_FREE) {
        return WEIGHT_FREE;
      }
      return unit.cells().get(0).network().keepProbability() < 1 ? MASKED : DENSE;
    }

    /** The kinds that a plan's sweep does, {@link #DENSE} always among them. */
    public static Set<Kind> of(Plan plan) {
      Set<Kind> kinds = EnumSet.of(DENSE);
      new Units(plan).of(plan.cells(), 0).forEach(unit -> kinds.add(of(unit)));
      return kinds;
    }
  }

  /** Of the machine that the model was fitted to. */
  public static final Pace FITTED = new Pace(Map.of());

  /**
   * What every sweep takes besides its units, where the model was fitted: the JVM and Spark start,
   * their compiler works, a hundred tasks are handed out, averages are built, a report is drawn.
   */
  private static final double SECONDS_BESIDE = 9.5;

  /** For each activation the compiler has loops of its own to see to, measured and predicted. */
  private static final double SECONDS_PER_ACTIVATION = 0.8;

  /**
   * For each of the first cells, which code predicts, averages and draws that the compiler still
   * works on; of more, rows and theory say all that there is.
   */
  private static final double SECONDS_PER_CELL = 0.8e-3;

  /** A report shows no more. */
  private static final int FIRST_CELLS = 20_000;

  /** Of a further round of replicates: its tasks, and their commit. */
  private static final double SECONDS_PER_ROUND = 3;

  private final Map<Kind, Double> times;

  /**
   * A machine's pace.
   *
   * @param times by kind; 1 where there is none
   * @throws IllegalArgumentException if one is not above 0 and finite
   */
  public Pace(Map<Kind, Double> times) {
    for (double pace : times.values()) {
      if (!(pace > 0) || pace == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException("a pace is " + pace + ", must be above 0 and finite");
      }
    }
    this.times = new EnumMap<>(Kind.class);
    this.times.putAll(times);
  }

  /** By kind. */
  public Map<Kind, Double> times() {
    return new EnumMap<>(times);
  }

  /** Estimated seconds of a unit on one core of this machine. Devices are not calibrated. */
  public double seconds(Unit unit) {
    double units = DeviceShape.isOnDevice(unit) ? 1 : of(Kind.of(unit));
    return units * CostModel.measuringSeconds(unit) + around() * CostModel.rowSeconds(unit);
  }

  /**
   * Estimated seconds of a sweep besides its units and its theory, on one core.
   *
   * @param rounds of replicates, 1 or more
   * @param activations that the networks have
   * @param cells of the plan
   */
  public double secondsBeside(int rounds, int activations, int cells) {
    return around()
        * (SECONDS_BESIDE
            + activations * SECONDS_PER_ACTIVATION
            + Math.min(cells, FIRST_CELLS) * SECONDS_PER_CELL
            + (rounds - 1) * SECONDS_PER_ROUND);
  }

  /**
   * Of what surrounds the networks, which is never timed itself. Where products take four times as
   * long, for an older set of instructions or for other programs beside, it takes twice as long
   * (docs/benchmarks.md).
   */
  private double around() {
    return Math.sqrt(of(Kind.DENSE));
  }

  private double of(Kind kind) {
    return times.getOrDefault(kind, 1.0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Pace pace && pace.times.equals(times);
  }

  @Override
  public int hashCode() {
    return times.hashCode();
  }

  @Override
  public String toString() {
    return "Pace" + times;
  }
}
