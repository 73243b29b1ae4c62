package org.phasemap.rows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.AxisValues;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.Quantity;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

/** Makes rows of {@code replicates}. */
public final class ReplicateRow {
  private static final List<Column> COLUMNS = Tables.replicates();

  /** Where the columns of {@link Quantity#all} stand, and those of the profiles. */
  private static final int[] QUANTITIES =
      Quantity.all().stream().mapToInt(q -> place(q.column())).toArray();

  private static final List<Axis<?>> AXES = Axis.all();
  private static final int[] AXIS_PLACES =
      AXES.stream().mapToInt(axis -> place(axis.column())).toArray();

  private static final int CELL_ID = place("cell_id");
  private static final int REPLICATE = place("replicate");
  private static final int SAMPLER = place("sampler");
  private static final int BACKEND = place("backend");
  private static final int STATUS = place("status");
  private static final int CATEGORY = place("category");
  private static final int ERROR_CLASS = place("error_class");
  private static final int ERROR_MESSAGE = place("error_message");
  private static final int UNIT_SECONDS = place("unit_seconds");
  private static final int UNIT_ROWS = place("unit_rows");
  private static final int OUTPUTS = place("outputs");

  private static final List<Quantity> ALL = Quantity.all();
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
    @Nullable Object[] row = own(cell, circumstances);
    row[STATUS] = "measured";
    row[CATEGORY] = measurement.category().id();
    if (cell.task() instanceof Task.Propagation task) {
      row[OUTPUTS] = task.outputs();
    }
    for (int i = 0; i < QUANTITIES.length; i++) {
      row[QUANTITIES[i]] = value(ALL.get(i), measurement);
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
    @Nullable Object[] row = own(cell, circumstances);
    row[STATUS] = "failed";
    row[ERROR_CLASS] = fault.getClass().getName();
    row[ERROR_MESSAGE] = storable(String.valueOf(fault.getMessage()));
    return row;
  }

  /** UTF-8 has nothing for one half of a pair of surrogates: "?" is stored for it. */
  private static String storable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static @Nullable Object[] own(Cell cell, Circumstances circumstances) {
    @Nullable Object[] row = new Object[COLUMNS.size()];
    row[CELL_ID] = cell.id();
    AxisValues values = RecordedCell.values(cell);
    for (int i = 0; i < AXIS_PLACES.length; i++) {
      Object value = values.findStored(AXES.get(i));
      // One input has no cosine.
      row[AXIS_PLACES[i]] = value instanceof Double d && !Double.isFinite(d) ? null : value;
    }
    row[REPLICATE] = circumstances.replicate();
    row[SAMPLER] = circumstances.sampler();
    row[BACKEND] = circumstances.backend();
    row[UNIT_SECONDS] = circumstances.seconds();
    row[UNIT_ROWS] = circumstances.unitRows();
    return row;
  }
}
