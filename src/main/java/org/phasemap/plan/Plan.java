package org.phasemap.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.function.BiPredicate;
import org.phasemap.network.UserException;
import org.phasemap.spec.Spec;
import org.phasemap.spec.Training;

/** What a sweep wants: its cells, and how often each is measured. */
public final class Plan {
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
    Units batches = new Units(spec);
    List<Unit> units = new ArrayList<>();
    int most = cells.stream().mapToInt(this::replicates).max().orElse(0);
    for (int replicate = 0; replicate < most; replicate++) {
      List<Cell> batch = new ArrayList<>();
      for (Cell cell : cells) {
        if (replicate < replicates(cell) && wanted.test(cell, replicate)) {
          batch.add(cell);
        }
      }
      units.addAll(batches.of(batch, replicate));
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
}
