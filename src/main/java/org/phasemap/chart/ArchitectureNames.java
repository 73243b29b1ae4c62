package org.phasemap.chart;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What architectures are called where they stand beside each other: by what they do not have in
 * common, such as {@code norm=pre} and {@code norm=post}.
 */
public final class ArchitectureNames {
  private ArchitectureNames() {}

  /** The short name of each, by its whole text, in their order. */
  public static Map<Object, String> of(Collection<?> architectures) {
    Set<String> common = new LinkedHashSet<>();
    architectures.stream().findFirst().ifPresent(first -> common.addAll(parts(first)));
    architectures.forEach(one -> common.retainAll(parts(one)));
    Map<Object, String> names = new LinkedHashMap<>();
    for (Object one : architectures) {
      List<String> own = parts(one).stream().filter(part -> !common.contains(part)).toList();
      boolean alone = own.isEmpty() || architectures.size() == 1;
      names.put(one, alone ? name(parts(one), architectures.size()) : String.join(", ", own));
    }
    return names;
  }

  private static String name(List<String> parts, int values) {
    return values == 1 ? String.join(", ", parts) : parts.get(0);
  }

  /** The kind, then its parameters: of {@code residual(order=pre1, scale=depth)} three. */
  private static List<String> parts(Object architecture) {
    String[] kind = architecture.toString().replace('_', ' ').split("[()]", -1);
    return kind.length == 1
        ? List.of(kind[0])
        : Arrays.asList((kind[0] + ", " + kind[1]).split(", ", -1));
  }
}
