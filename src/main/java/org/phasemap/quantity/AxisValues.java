package org.phasemap.quantity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.Activation;
import org.phasemap.network.CellId;

/** Values on some axes, at most one on each, in the order in which they were put. */
public final class AxisValues {
  private final Map<Axis<?>, Object> values = new LinkedHashMap<>();

  /** The values that a row of columns has. */
  public static AxisValues of(Map<String, ? extends @Nullable Object> row) {
    AxisValues values = new AxisValues();
    Axis.all().forEach(axis -> values.read(axis, row));
    return values;
  }

  private <T> void read(Axis<T> axis, Map<String, ? extends @Nullable Object> row) {
    put(axis, axis.find(row));
  }

  /**
   * Sets a value.
   *
   * @param value null for none
   * @return these values
   */
  public <T> AxisValues put(Axis<T> axis, @Nullable T value) {
    if (value == null) {
      values.remove(axis);
    } else {
      values.put(axis, value);
    }
    return this;
  }

  /** Values of their own that are equal to these. */
  public AxisValues copy() {
    AxisValues copy = new AxisValues();
    copy.values.putAll(values);
    return copy;
  }

  /** The value on an axis, null where there is none. */
  @SuppressWarnings("unchecked") // put() takes values of the axis alone
  public <T> @Nullable T find(Axis<T> axis) {
    return (T) values.get(axis);
  }

  /**
   * The value on an axis.
   *
   * @throws NullPointerException that names an axis without one
   */
  public <T> T get(Axis<T> axis) {
    return Objects.requireNonNull(find(axis), axis.column());
  }

  /** The value on an axis as its column holds it, null where there is none. */
  public <T> @Nullable Object findStored(Axis<T> axis) {
    T value = find(axis);
    return value == null ? null : axis.toStored(value);
  }

  /** Adds them to a row of columns. */
  public void addTo(Map<String, @Nullable Object> row) {
    values.keySet().forEach(axis -> add(axis, row));
  }

  private <T> void add(Axis<T> axis, Map<String, @Nullable Object> row) {
    row.put(axis.column(), axis.toStored(get(axis)));
  }

  /**
   * The values in their order, as identifiers of cells are made from: numbers by their bits,
   * because their decimal text differs between JDKs, and whole numbers that follow each other as a
   * shape.
   */
  public String identity() {
    StringBuilder identity = new StringBuilder();
    Object before = "";
    for (Object value : values.values()) {
      boolean shape = before instanceof Integer && value instanceof Integer;
      identity.append(identity.isEmpty() ? "" : shape ? "x" : "|").append(identity(value));
      before = value;
    }
    return identity.toString();
  }

  private static String identity(Object value) {
    if (value instanceof Double number) {
      return CellId.bits(number);
    } else if (value instanceof Activation activation) {
      return CellId.text(activation);
    }
    return value instanceof Enum<?> constant ? constant.name() : value.toString();
  }
}
