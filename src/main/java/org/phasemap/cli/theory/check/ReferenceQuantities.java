package org.phasemap.cli.theory.check;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.phasemap.cli.theory.architecture.ArchitectureKeys;

/**
 * Every quantity of the reference table by its key, as a function of the row's architecture and
 * parameters.
 */
public final class ReferenceQuantities {
  /** Keys of rows that were measured, not derived. */
  public static final String MEASURED_PREFIX = "measured_";

  private static final Map<String, ReferenceQuantity> ALL = new TreeMap<>();

  static {
    ALL.putAll(InitialisationQuantities.quantities());
    ALL.putAll(CriticalQuantities.quantities());
    ALL.putAll(MapQuantities.quantities());
    ALL.putAll(DualQuantities.quantities());
    ALL.putAll(NtkQuantities.quantities());
    ALL.putAll(JacobianQuantities.quantities());
    ALL.putAll(FiniteWidthQuantities.quantities());
    ALL.putAll(ArchitectureQuantities.quantities());
    ALL.putAll(PrecisionQuantities.quantities());
    ArchitectureKeys.all().forEach(key -> ALL.put(key.name(), q -> key.value(q.parameters().texts())));
  }

  private ReferenceQuantities() {}

  /** Every key there is a formula for, sorted. */
  public static Set<String> keys() {
    return Collections.unmodifiableSet(ALL.keySet());
  }

  /**
   * The value of a key, or empty where there is no such key.
   *
   * @throws IllegalArgumentException where the row lacks a parameter or the quantity does not exist
   */
  public static Optional<Double> compute(String key, ReferenceQuery query) {
    ReferenceQuantity quantity = ALL.get(key);
    return quantity == null ? Optional.empty() : Optional.of(quantity.of(query));
  }
}
