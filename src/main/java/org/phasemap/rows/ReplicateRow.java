package org.phasemap.rows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.Quantity;
import org.phasemap.store.Column;
import org.phasemap.store.Tables;

/** Makes rows of {@code replicates}. */
public final class ReplicateRow {
  private static final List<Column> COLUMNS = Tables.replicates();

  /** Where the columns of {@link Quantity#all} stand, and those of the profiles. */
  private static final int[] QUANTITIES =
      Quantity.all().stream().mapToInt(q -> place(q.column())).toArray();

  private static final Profile[] PROFILES = Profile.values();
  private static final int[] LISTS =
      List.of(PROFILES).stream().mapToInt(p -> place(p.column())).toArray();

  private ReplicateRow() {}

  private static int place(String column) {
    return COLUMNS.indexOf(Tables.replicatesColumn(column));
  }

  /**
   * How a network was measured.
   *
   * @param replicate its number
   * @param sampler that drew it
   * @param backend that did the arithmetic
   * @param seconds of the whole unit
   * @param unitRows rows of the unit
   */
  public record Circumstances(
      int replicate, String sampler, String backend, double seconds, long unitRows) {}

  /** The row of a network that was measured. */
  public static @Nullable Object[] measured(
      Cell cell, Circumstances circumstances, Measurement measurement) {
    Map<String, @Nullable Object> own = own(cell, circumstances);
    own.put("status", "measured");
    own.put("category", measurement.category().id());
    if (cell.task() instanceof Task.Propagation task) {
      own.put("outputs", task.outputs());
    }
    @Nullable Object[] row = NamedValues.row(COLUMNS, own);
    for (int i = 0; i < QUANTITIES.length; i++) {
      row[QUANTITIES[i]] = value(Quantity.all().get(i), measurement);
    }
    for (int i = 0; i < LISTS.length; i++) {
      row[LISTS[i]] = list(PROFILES[i], measurement);
    }
    return row;
  }

  /** NaN and infinite numbers are null. */
  private static @Nullable Object value(Quantity quantity, Measurement measurement) {
    double number = measurement.number(quantity);
    if (!Double.isFinite(number)) {
      return null;
    }
    return quantity.domain().isWhole() ? (Object) (int) number : (Object) number;
  }

  private static @Nullable Object list(Profile profile, Measurement measurement) {
    double[] list = measurement.profile(profile);
    if (list.length == 0) {
      return null;
    }
    if (!profile.isWhole()) {
      return list;
    }
    int[] whole = new int[list.length];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = (int) list[i];
    }
    return whole;
  }

  /** The row of a network that could not be measured. */
  public static @Nullable Object[] failed(Cell cell, Circumstances circumstances, Throwable fault) {
    Map<String, @Nullable Object> own = own(cell, circumstances);
    own.put("status", "failed");
    own.put("error_class", fault.getClass().getName());
    own.put("error_message", String.valueOf(fault.getMessage()));
    return NamedValues.row(COLUMNS, own);
  }

  private static Map<String, @Nullable Object> own(Cell cell, Circumstances circumstances) {
    Map<String, @Nullable Object> own = new HashMap<>(RecordedCell.row(cell));
    own.put("replicate", circumstances.replicate());
    own.put("sampler", circumstances.sampler());
    own.put("backend", circumstances.backend());
    own.put("unit_seconds", circumstances.seconds());
    own.put("unit_rows", circumstances.unitRows());
    return own;
  }
}
