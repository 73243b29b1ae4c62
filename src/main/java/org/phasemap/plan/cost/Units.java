package org.phasemap.plan.cost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.phasemap.network.Architecture;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Seeds;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Unit.Sharing;
import org.phasemap.spec.Spec;
import org.phasemap.spec.Spec.RandomNumbers;

/**
 * Batches the cells of a replicate into units. A unit of several panels is cut between them, so
 * that it stays short and small. A panel is never cut: it costs as much with one variant as with
 * all that fit, and its shape belongs to the rows' bits.
 */
final class Units {
  /** A unit's estimated time, at most, as long as it has more than one piece. */
  private static final double UNIT_SECONDS = 2;

  /** Cells whose results wait on the heap for the unit's end. */
  private static final int UNIT_CELLS = 4000;

  private final Plan plan;
  private final Spec spec;

  Units(Plan plan) {
    this.plan = plan;
    this.spec = plan.spec();
  }

  /** Units that hold each cell once; only cells that share random numbers stand together. */
  List<Unit> of(List<Cell> cells, int replicate) {
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
    UnitCost cost = CostModel.of(group.get(0));
    for (List<Cell> piece : cost.pieces(unit(key, replicate, group))) {
      Unit alone = unit(key, replicate, piece);
      double sharedBytes = cost.sharedBytes(alone);
      double sharedSeconds = cost.sharedSeconds(alone);
      double moreBytes = cost.bytes(alone) - sharedBytes;
      double moreSeconds = cost.seconds(alone) - sharedSeconds;
      boolean full =
          open.size() + piece.size() > UNIT_CELLS
              || sharedBytes + cost.together(alone, bytes, moreBytes) > CostModel.UNIT_BYTES
              || sharedSeconds + seconds + moreSeconds > UNIT_SECONDS;
      if (full && !open.isEmpty()) {
        units.add(unit(key, replicate, open));
        open.clear();
        bytes = 0;
        seconds = 0;
      }
      open.addAll(piece);
      bytes = cost.together(alone, bytes, moreBytes);
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
        plan.backend(),
        List.copyOf(cells));
  }

  private Key key(Cell cell) {
    boolean independent = spec.randomNumbers() == RandomNumbers.INDEPENDENT;
    UnitCost cost = CostModel.of(cell);
    return new Key(
        cell.task(),
        cell.network().architecture(),
        cost.sampler(cell, spec.sampler()),
        independent ? cell : cost.company(cell));
  }

  /**
   * Cells with equal keys stand together.
   *
   * @param company what they have in common; the cell itself where it shares no random numbers
   */
  private record Key(Task task, Architecture architecture, Sampler sampler, Record company) {}
}
