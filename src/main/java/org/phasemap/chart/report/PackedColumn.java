package org.phasemap.chart.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A column of a table in as few characters as its values allow. */
sealed interface PackedColumn {
  /** Every row has one value, which may be null. */
  record Constant(@JsonProperty("const") @Nullable Object value) implements PackedColumn {}

  /**
   * Few texts in many rows.
   *
   * @param dict the texts
   * @param at which of them each row has; −1 for null
   */
  record Dictionary(List<String> dict, List<Integer> at) implements PackedColumn {}

  /** A value a row. */
  record Plain(@JsonValue List<@Nullable Object> values) implements PackedColumn {}

  static PackedColumn of(List<@Nullable Object> values) {
    if (values.size() > 1 && values.stream().allMatch(v -> Objects.equals(v, values.get(0)))) {
      return new Constant(values.get(0));
    }
    if (values.stream().noneMatch(String.class::isInstance)) {
      return new Plain(values);
    }
    Dictionary dictionary = dictionary(values);
    return dictionary.dict.size() == values.size() ? new Plain(values) : dictionary;
  }

  private static Dictionary dictionary(List<@Nullable Object> values) {
    Map<Object, Integer> places = new LinkedHashMap<>();
    List<Integer> at = new ArrayList<>();
    for (Object value : values) {
      at.add(value == null ? -1 : places.computeIfAbsent(value, v -> places.size()));
    }
    return new Dictionary(places.keySet().stream().map(Object::toString).toList(), at);
  }
}
