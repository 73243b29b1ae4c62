package org.phasemap.rows;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.phasemap.quantity.Axis;
import org.phasemap.store.table.Column;

/** Rows in the order in which tables are sorted: by the axes, then by replicate; null first. */
public final class AxisOrder implements Comparator<@Nullable Object[]>, Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] indices;

  /** Of the columns that a row has. */
  public AxisOrder(List<Column> columns) {
    List<String> names = columns.stream().map(Column::name).toList();
    Stream<String> axes = Axis.in(Axis.Order.GRID).stream().map(Axis::column);
    indices =
        Stream.concat(axes, Stream.of("cell_id", "replicate"))
            .mapToInt(names::indexOf)
            .filter(i -> i >= 0)
            .toArray();
  }

  @Override
  public int compare(@Nullable Object[] a, @Nullable Object[] b) {
    for (int i : indices) {
      int order = compareValues(a[i], b[i]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  @SuppressWarnings("unchecked") // A column's values are all of one comparable type.
  private static int compareValues(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    return ((Comparable<Object>) a).compareTo(b);
  }
}
