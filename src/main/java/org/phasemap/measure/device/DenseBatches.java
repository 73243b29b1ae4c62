package org.phasemap.measure.device;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.phasemap.measure.device.DenseBatch.Kind;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Variant;

/** How units are cut into batches. */
final class DenseBatches {
  /** What comes back of several outputs must fit into Java's buffers. */
  private static final long MOST_BYTES = 1L << 31;

  private DenseBatches() {}

  /**
   * Cuts units' variants, in order, into batches that need no more than so many bytes, if they can
   * be cut, and are of much the same size: a small one would leave most of a device idle.
   */
  static List<DenseBatch> of(List<Unit> units, long most) {
    Map<Kind, List<DenseBatch>> full =
        cut(units, most, kind -> Integer.MAX_VALUE).stream()
            .collect(Collectors.groupingBy(DenseBatch::kind));
    return cut(
        units,
        most,
        kind -> {
          List<DenseBatch> own = Objects.requireNonNull(full.get(kind));
          int networks = own.stream().mapToInt(batch -> batch.networks().size()).sum();
          return (networks + own.size() - 1) / own.size();
        });
  }

  private static List<DenseBatch> cut(
      List<Unit> units, long most, ToIntFunction<Kind> mostNetworks) {
    Map<Kind, DenseBatch> open = new LinkedHashMap<>();
    List<DenseBatch> batches = new ArrayList<>();
    for (Unit unit : units) {
      Kind kind = Kind.of(unit);
      for (Map.Entry<Variant, List<Cell>> group : Variant.group(unit.cells()).entrySet()) {
        DenseBatch batch = open.get(kind);
        if (batch != null && batch.networks().size() < mostNetworks.applyAsInt(kind)) {
          batch.add(unit, group.getKey(), group.getValue());
          if (DenseLayout.of(batch).bytes() <= Math.min(most, MOST_BYTES)) {
            continue;
          }
          batch.removeLast();
        }
        batch = new DenseBatch(kind);
        batch.add(unit, group.getKey(), group.getValue());
        open.put(kind, batch);
        batches.add(batch);
      }
    }
    return batches;
  }
}
