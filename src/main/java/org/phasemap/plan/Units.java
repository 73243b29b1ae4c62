package org.phasemap.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.WeightLaw;
import org.phasemap.plan.Unit.Sharing;
import org.phasemap.spec.Spec;
import org.phasemap.spec.Spec.RandomNumbers;

/** Batches the cells of a replicate into units. */
final class Units {
  /** A unit's estimated time, at most, as long as it has more than one panel. */
  private static final double UNIT_SECONDS = 2;

  private final Spec spec;

  Units(Spec spec) {
    this.spec = spec;
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
    for (List<List<Cell>> panel : PanelShape.chunks(unit(key, replicate, group))) {
      List<Cell> cells = panel.stream().flatMap(List::stream).toList();
      Unit alone = unit(key, replicate, cells);
      double sharedBytes = CostModel.sharedBytes(alone);
      double sharedSeconds = CostModel.sharedSeconds(alone);
      double moreBytes = CostModel.bytes(alone) - sharedBytes;
      double moreSeconds = CostModel.seconds(alone) - sharedSeconds;
      boolean full =
          sharedBytes + CostModel.together(key.sampler, bytes, moreBytes) > CostModel.UNIT_BYTES
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
    boolean alone =
        cell.task() instanceof Task.Training || spec.randomNumbers() == RandomNumbers.INDEPENDENT;
    Sampler sampler = Sampler.of(cell, spec.sampler());
    return new Key(
        cell.task(),
        sampler,
        cell.network().width(),
        cell.network().weightLaw(),
        cell.network().keepProbability(),
        alone ? cell : null);
  }

  /** Cells with equal keys share their random numbers; a cell that shares none is its own key. */
  private record Key(
      Task task,
      Sampler sampler,
      int width,
      WeightLaw law,
      double keepProbability,
      @Nullable Cell own) {}
}
