package org.phasemap.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.UserException;
import org.phasemap.network.WeightLaw;
import org.phasemap.spec.Spec;
import org.phasemap.spec.Training;

/** What a sweep wants: its cells, and how often each is measured. */
public final class Plan {
  /** A unit's memory for activations, at most. */
  private static final double UNIT_BYTES = 256e6;

  /** A unit's estimated time, at most, as long as it has more than one variant. */
  private static final double UNIT_SECONDS = 5;

  private final Spec spec;
  private final List<Cell> cells;

  private Plan(Spec spec, List<Cell> cells) {
    this.spec = spec;
    this.cells = cells;
  }

  /**
   * Resolves a spec.
   *
   * @throws UserException if it asks for a critical point that does not exist
   */
  public static Plan of(Spec spec) {
    Task propagation =
        new Task.Propagation(spec.inputs(), List.copyOf(EnumSet.copyOf(spec.probes())));
    List<Cell> cells = new ArrayList<>(Grid.cells(spec.network(), propagation));
    Training training = spec.training();
    if (training != null) {
      Task task =
          new Task.Training(
              training.data(),
              training.batchSize(),
              training.steps(),
              training.learningRate(),
              training.accuracyThreshold());
      cells.addAll(Grid.cells(training.network(), task));
    }
    return new Plan(spec, List.copyOf(cells));
  }

  public List<Cell> cells() {
    return cells;
  }

  /** Replicates that the spec wants of a cell. */
  public int replicates(Cell cell) {
    Training training = spec.training();
    return cell.task() instanceof Task.Training && training != null
        ? training.replicates()
        : spec.replicates();
  }

  /** Rows of {@code replicates} when all is done. */
  public long rows() {
    return cells.stream().mapToLong(this::replicates).sum();
  }

  /** Every unit of the sweep, longest first. */
  public List<Unit> units() {
    return units((cell, replicate) -> true);
  }

  /** Units of the replicates that are wanted, longest first. */
  public List<Unit> units(BiPredicate<Cell, Integer> wanted) {
    List<Unit> units = new ArrayList<>();
    int most = cells.stream().mapToInt(this::replicates).max().orElse(0);
    for (int replicate = 0; replicate < most; replicate++) {
      Map<Key, List<Cell>> groups = new LinkedHashMap<>();
      for (Cell cell : cells) {
        if (replicate < replicates(cell) && wanted.test(cell, replicate)) {
          groups.computeIfAbsent(Key.of(cell), k -> new ArrayList<>()).add(cell);
        }
      }
      for (List<Cell> group : groups.values()) {
        split(group, replicate, units);
      }
    }
    record Costed(Unit unit, double seconds) {}
    return units.stream()
        .map(unit -> new Costed(unit, CostModel.seconds(unit)))
        .sorted(Comparator.comparingDouble(Costed::seconds).reversed())
        .map(Costed::unit)
        .toList();
  }

  /** Cuts units, longest first, into waves of about the given cost. */
  public static List<List<Unit>> waves(List<Unit> units, double secondsOfOneCore) {
    List<List<Unit>> waves = new ArrayList<>();
    double cost = Double.POSITIVE_INFINITY;
    for (Unit unit : units) {
      if (cost >= secondsOfOneCore) {
        waves.add(new ArrayList<>());
        cost = 0;
      }
      waves.get(waves.size() - 1).add(unit);
      cost += CostModel.seconds(unit);
    }
    return waves;
  }

  private void split(List<Cell> group, int replicate, List<Unit> units) {
    List<Cell> open = new ArrayList<>();
    double bytes = 0;
    double seconds = 0;
    for (List<Cell> variant : Variant.group(group).values()) {
      Unit alone = new Unit(spec.seed(), replicate, Sampler.DENSE, Unit.Sharing.COMMON, variant);
      double shared = CostModel.sharedSeconds(alone);
      double moreBytes = CostModel.bytes(alone) - CostModel.sharedBytes(alone);
      double moreSeconds = CostModel.seconds(alone) - shared;
      boolean full =
          bytes + moreBytes > UNIT_BYTES || shared + seconds + moreSeconds > UNIT_SECONDS;
      if (full && !open.isEmpty()) {
        units.add(
            new Unit(
                spec.seed(), replicate, Sampler.DENSE, Unit.Sharing.COMMON, List.copyOf(open)));
        open.clear();
        bytes = 0;
        seconds = 0;
      }
      open.addAll(variant);
      bytes += moreBytes;
      seconds += moreSeconds;
    }
    units.add(
        new Unit(spec.seed(), replicate, Sampler.DENSE, Unit.Sharing.COMMON, List.copyOf(open)));
  }

  /** Cells with equal keys share their random numbers. Each training cell is a unit of its own. */
  private record Key(
      Task task, int width, WeightLaw law, double keepProbability, @Nullable Cell own) {
    static Key of(Cell cell) {
      NetworkConfig n = cell.network();
      Cell own = cell.task() instanceof Task.Training ? cell : null;
      return new Key(cell.task(), n.width(), n.weightLaw(), n.keepProbability(), own);
    }
  }
}
