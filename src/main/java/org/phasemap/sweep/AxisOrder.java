package org.phasemap.sweep;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.store.Column;

/** Rows in the order in which tables are sorted: by the axes, then by replicate; null first. */
final class AxisOrder implements Comparator<@Nullable Object[]>, Serializable {
  private static final long serialVersionUID = 1L;

  private static final List<String> AXES =
      List.of(
          "task",
          "activation",
          "width",
          "keep_probability",
          "sigma_b2",
          "init",
          "sigma_w2",
          "depth",
          "cell_id",
          "replicate");

  private final int[] indices;

  AxisOrder(List<Column> columns) {
    List<String> names = columns.stream().map(Column::name).toList();
    indices = AXES.stream().mapToInt(names::indexOf).filter(i -> i >= 0).toArray();
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
