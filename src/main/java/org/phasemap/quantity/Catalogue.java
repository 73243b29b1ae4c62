package org.phasemap.quantity;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Every {@link Quantity}. Not a field of it: an enum that is touched first starts its interface,
 * and that would find no constants yet.
 */
final class Catalogue {
  /** In the order of the columns. */
  static final List<Quantity> ALL =
      Arrays.stream(Quantity.class.getPermittedSubclasses())
          .flatMap(family -> Arrays.stream(family.getEnumConstants()))
          .map(Quantity.class::cast)
          .sorted(Comparator.comparingInt(Measured::place))
          .toList();

  static final Map<String, Quantity> BY_COLUMN =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Measured::column, q -> q));

  private Catalogue() {}
}
