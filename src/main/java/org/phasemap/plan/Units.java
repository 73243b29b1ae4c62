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
  /** A unit's memory for activations, at most. */
  private static final double UNIT_BYTES = 256e6;

  /** A unit's estimated time, at most, as long as it has more than one variant. */
  private static final double UNIT_SECONDS = 5;

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
    for (List<Cell> variant : Variant.group(group).values()) {
      Unit alone = unit(key, replicate, variant);
      double shared = CostModel.sharedSeconds(alone);
      double moreBytes = CostModel.bytes(alone) - CostModel.sharedBytes(alone);
      double moreSeconds = CostModel.seconds(alone) - shared;
      boolean full =
          bytes + moreBytes > UNIT_BYTES || shared + seconds + moreSeconds > UNIT_SECONDS;
      if (full && !open.isEmpty()) {
        units.add(unit(key, replicate, open));
        open.clear();
        bytes = 0;
        seconds = 0;
      }
      open.addAll(variant);
      bytes += moreBytes;
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
