package org.phasemap.chart.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.phasemap.chart.explore.selection.Columns;

/** A column of a table in as few characters as its values allow. */
sealed interface PackedColumn {
  /** Every row has one value, which may be null. */
  record Constant(@JsonProperty("const") @Nullable Object value) implements PackedColumn {}

  /**
   * Few values in many rows.
   *
   * @param dict the values
   * @param at which of them each row has; −1 for null
   */
  record Dictionary(List<Object> dict, List<Integer> at) implements PackedColumn {}

  /** A value a row. */
  record Plain(@JsonValue List<@Nullable Object> values) implements PackedColumn {}

  /** More values are no few: it is not looked on whether they repeat. */
  int MOST = 1_000;

  /** A column of numbers, or of texts, which may be few. */
  static PackedColumn of(List<@Nullable Object> values) {
    if (values.size() > 1 && isConstant(values)) {
      return new Constant(values.get(0));
    }
    return Columns.isOfNumbers(values)
            || Columns.isOfIds(values)
            || values.stream().noneMatch(String.class::isInstance)
        ? new Plain(values)
        : dictionary(values, values.size() - 1);
  }

  private static boolean isConstant(List<@Nullable Object> values) {
    Object first = values.get(0);
    for (Object value : values) {
      if (!Objects.equals(value, first)) {
        return false;
      }
    }
    return true;
  }

  /** A column of places on an axis: few, in many rows, and with many digits. */
  static PackedColumn ofPlaces(List<@Nullable Object> values) {
    PackedColumn packed = of(values);
    return packed instanceof Plain ? dictionary(values, values.size() / 2) : packed;
  }

  /** If the values are not more than these, else plain. */
  private static PackedColumn dictionary(List<@Nullable Object> values, int most) {
    Map<Object, Integer> places = new HashMap<>();
    List<Object> dict = new ArrayList<>();
    List<Integer> at = new ArrayList<>(values.size());
    int place = -1;
    for (Object value : values) {
      if (value == null) {
        place = -1;
      } else if (place < 0 || !value.equals(dict.get(place))) {
        // Tables are sorted: a row has the former's value, or the one that came after it before.
        int next = place + 1 < dict.size() ? place + 1 : 0;
        if (next < dict.size() && value.equals(dict.get(next))) {
          place = next;
        } else {
          place = places.computeIfAbsent(value, v -> dict.size());
          if (place == dict.size()) {
            dict.add(value);
          }
        }
      }
      at.add(place);
      if (dict.size() > Math.min(most, MOST)) {
        return new Plain(values);
      }
    }
    return new Dictionary(List.copyOf(dict), at);
  }
}
