package org.phasemap.plan.cost;

import java.util.List;
import java.util.function.ToIntFunction;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Unit;

/**
 * What a plan costs, without a list of its units: replicates that want the same cells have the same
 * units, and there may be ten thousand of them, of a million cells each.
 *
 * @param units in all
 * @param seconds estimated on one core, of all units
 * @param longest estimated seconds of the longest unit
 * @param bytes outside the heap that the largest unit needs at its peak
 */
public record Bill(long units, double seconds, double longest, double bytes) {
  private static final Bill NOTHING = new Bill(0, 0, 0, 0);

  /** Of {@link Plan#rows}. */
  public static Bill most(Plan plan, Pace pace) {
    return of(plan, pace, cell -> plan.replicates(cell).max());
  }

  /** Of {@link Plan#fewestRows}. */
  public static Bill fewest(Plan plan, Pace pace) {
    return of(plan, pace, cell -> plan.replicates(cell).min());
  }

  private static Bill of(Plan plan, Pace pace, ToIntFunction<Cell> count) {
    Units batches = new Units(plan);
    Bill bill = NOTHING;
    int from = 0;
    for (int to : plan.cells().stream().mapToInt(count).sorted().distinct().toArray()) {
      int first = from;
      List<Cell> wanted =
          plan.cells().stream().filter(cell -> count.applyAsInt(cell) > first).toList();
      for (Unit unit : batches.of(wanted, first)) {
        bill = bill.plus(unit, to - from, pace);
      }
      from = to;
    }
    return bill;
  }

  private Bill plus(Unit unit, int times, Pace pace) {
    double more = pace.seconds(unit);
    return new Bill(
        units + times,
        seconds + times * more,
        Math.max(longest, more),
        Math.max(bytes, CostModel.bytes(unit)));
  }
}
