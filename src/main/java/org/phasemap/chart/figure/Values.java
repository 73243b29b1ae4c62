package org.phasemap.chart.figure;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.phasemap.quantity.Axis;

/**
 * What values of an axis are called where they stand beside each other. Architectures are told
 * apart by what they do not have in common: {@code norm=pre} and {@code norm=post}.
 */
final class Values {
  private Values() {}

  /** The name of each value. */
  static Map<Object, String> named(Axis<?> axis, Collection<?> values) {
    Map<Object, String> names = new LinkedHashMap<>();
    if (!axis.equals(Axis.ARCHITECTURE)) {
      values.forEach(value -> names.put(value, Numbers.of(axis, value)));
      return names;
    }
    Set<String> common = new LinkedHashSet<>();
    values.stream().findFirst().ifPresent(first -> common.addAll(parts(first)));
    values.forEach(value -> common.retainAll(parts(value)));
    for (Object value : values) {
      List<String> own = parts(value).stream().filter(part -> !common.contains(part)).toList();
      boolean alone = own.isEmpty() || values.size() == 1;
      names.put(value, alone ? name(parts(value), values.size()) : String.join(", ", own));
    }
    return names;
  }

  private static String name(List<String> parts, int values) {
    return values == 1 ? String.join(", ", parts) : parts.get(0);
  }

  /** The kind, then its parameters: of {@code residual(order=pre1, scale=depth)} three. */
  private static List<String> parts(Object value) {
    String[] kind = value.toString().replace('_', ' ').split("[()]", -1);
    return kind.length == 1
        ? List.of(kind[0])
        : Arrays.asList((kind[0] + ", " + kind[1]).split(", ", -1));
  }
}
