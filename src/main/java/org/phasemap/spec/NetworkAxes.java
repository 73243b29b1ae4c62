package org.phasemap.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.AxisValues;

/**
 * A grid of networks: a cell for each element of the Cartesian product of the axes' values. No list
 * is empty and none has a value twice. σ_w² is either given itself, of normal weights, or comes
 * from {@code init} and {@code sigma_multiplier}.
 *
 * @param lists the values of each axis
 * @param rescaleForSparsity whether σ_w² is divided by p, so that masking keeps p σ_w²
 */
public record NetworkAxes(Map<Axis<?>, List<?>> lists, boolean rescaleForSparsity) {
  /** Orders the axes as the tables' columns are. */
  public NetworkAxes {
    Map<Axis<?>, List<?>> ordered = new LinkedHashMap<>();
    for (Axis<?> axis : Axis.all()) {
      List<?> values = lists.get(axis);
      if (values != null) {
        ordered.put(axis, List.copyOf(values));
      }
    }
    lists = Collections.unmodifiableMap(ordered);
  }

  /** The same grid with other values on an axis. */
  public <T> NetworkAxes with(Axis<T> axis, List<T> values) {
    Map<Axis<?>, List<?>> changed = new LinkedHashMap<>(lists);
    changed.put(axis, values);
    return new NetworkAxes(changed, rescaleForSparsity);
  }

  /** The values on an axis, in the order given; empty where the grid does not have the axis. */
  @SuppressWarnings("unchecked") // with() and the reader put an axis's own values
  public <T> List<T> values(Axis<T> axis) {
    return (List<T>) lists.getOrDefault(axis, List.of());
  }

  /**
   * Shows every combination of the values, the last of {@link Axis#sorted} fastest, one after the
   * other: there may be millions.
   */
  public void forEachPoint(Consumer<AxisValues> visitor) {
    visit(
        Axis.in(Axis.Order.GRID).stream().filter(lists::containsKey).toList(),
        new AxisValues(),
        visitor);
  }

  private void visit(List<Axis<?>> left, AxisValues at, Consumer<AxisValues> visitor) {
    if (left.isEmpty()) {
      visitor.accept(at.copy());
    } else {
      along(left.get(0), left.subList(1, left.size()), at, visitor);
    }
  }

  private <T> void along(
      Axis<T> axis, List<Axis<?>> left, AxisValues at, Consumer<AxisValues> visitor) {
    for (T value : values(axis)) {
      visit(left, at.put(axis, value), visitor);
    }
  }
}
