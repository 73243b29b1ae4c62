package org.phasemap.plan.cost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.phasemap.network.Activation;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Seeds;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit.Sharing;
import org.phasemap.plan.Unit;
import org.phasemap.spec.Spec.RandomNumbers;
import org.phasemap.spec.Spec;

/**
 * Batches the cells of a replicate into units. A unit of several panels is cut between them, so
 * that it stays short and small. A panel is never cut: it costs as much with one variant as with
 * all that fit, and its shape belongs to the rows' bits.
 */
public final class Units {
  /** A unit's estimated time, at most, as long as it has more than one panel. */
  private static final double UNIT_SECONDS = 2;

  /** Cells whose results wait on the heap for the unit's end. */
  private static final int UNIT_CELLS = 4000;

  private final Spec spec;

  public Units(Spec spec) {
    this.spec = spec;
  }

  /** Units that hold each cell once; only cells that share random numbers stand together. */
  public List<Unit> of(List<Cell> cells, int replicate) {
    Map<Key, List<Cell>> groups = new LinkedHashMap<>();
    for (Cell cell : cells) {
      groups.computeIfAbsent(key(cell), k -> new ArrayList<>()).add(cell);
    }
    List<Unit> units = new ArrayList<>();
    groups.forEach((key, group) -> split(key, group, replicate, units));
    return units;
  }

  private void split(Key key, List<Cell> group, int replicate, List<Unit> units) {
    List<Cell> open = new ArrayList<>();
    double bytes = 0;
    double seconds = 0;
    for (List<List<Cell>> panel : PanelShape.chunks(unit(key, replicate, group))) {
      List<Cell> cells = panel.stream().flatMap(List::stream).toList();
      Unit alone = unit(key, replicate, cells);
      double sharedBytes = CostModel.sharedBytes(alone);
      double sharedSeconds = CostModel.sharedSeconds(alone);
      double moreBytes = CostModel.bytes(alone) - sharedBytes;
      double moreSeconds = CostModel.seconds(alone) - sharedSeconds;
      boolean full =
          open.size() + cells.size() > UNIT_CELLS
              || sharedBytes + CostModel.together(key.sampler, bytes, moreBytes)
                  > CostModel.UNIT_BYTES
              || sharedSeconds + seconds + moreSeconds > UNIT_SECONDS;
      if (full && !open.isEmpty()) {
        units.add(unit(key, replicate, open));
        open.clear();
        bytes = 0;
        seconds = 0;
      }
      open.addAll(cells);
      bytes = CostModel.together(key.sampler, bytes, moreBytes);
      seconds += moreSeconds;
    }
    units.add(unit(key, replicate, open));
  }

  private Unit unit(Key key, int replicate, List<Cell> cells) {
    boolean independent = spec.randomNumbers() == RandomNumbers.INDEPENDENT;
    return new Unit(
        independent ? Seeds.of(spec.seed(), cells.get(0)) : spec.seed(),
        replicate,
        key.sampler,
        independent ? Sharing.INDEPENDENT : Sharing.COMMON,
        List.copyOf(cells));
  }

  private Key key(Cell cell) {
    return new Key(cell.task(), Sampler.of(cell, spec.sampler()), company(cell));
  }

  private Record company(Cell cell) {
    NetworkConfig network = cell.network();
    if (spec.randomNumbers() == RandomNumbers.INDEPENDENT) {
      return cell;
    }
    if (cell.task() instanceof Task.Training) {
      boolean masked = network.keepProbability() < 1;
      return new TrainedShape(network.activation(), network.depth(), network.width(), masked);
    }
    return new Weights(network.width(), network.weightLaw(), network.keepProbability());
  }

  /**
   * Cells with equal keys stand together.
   *
   * @param company what they have in common; the cell itself where it shares no random numbers
   */
  private record Key(Task task, Sampler sampler, Record company) {}

  /** What cells that are measured with the same weights have in common. */
  private record Weights(int width, WeightLaw law, double keepProbability) {}

  /** What networks that are trained side by side have in common. */
  private record TrainedShape(Activation activation, int depth, int width, boolean masked) {}
}
