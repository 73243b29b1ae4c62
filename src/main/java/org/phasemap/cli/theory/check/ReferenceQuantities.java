package org.phasemap.cli.theory.check;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.phasemap.cli.theory.architecture.ArchitectureKeys;
import org.phasemap.theory.OutsideDomainException;

/**
 * Every quantity of the reference table by its key, as a function of the row's architecture and
 * parameters.
 */
public final class ReferenceQuantities {
  /** Keys of rows that were measured, not derived. */
  public static final String MEASURED_PREFIX = "measured_";

  /** Keys that may be infinite: where nothing decays, signals grow, or a kernel is singular. */
  private static final Pattern BOUNDLESS =
      Pattern.compile("q_star|(dropout_)?xi_.*|fp16_depth_.*|ntk_condition_.*");

  /** NaN where every c is a fixed point. */
  private static final String ANY_CORRELATION = "c_star";

  private static final Map<String, ReferenceQuantity> ALL = new TreeMap<>();

  static {
    put(InitialisationQuantities.quantities());
    put(CriticalQuantities.quantities());
    put(MapQuantities.quantities());
    put(DualQuantities.quantities());
    put(NtkQuantities.quantities());
    put(JacobianQuantities.quantities());
    put(FiniteWidthQuantities.quantities());
    put(ArchitectureQuantities.quantities());
    put(PrecisionQuantities.quantities());
    ArchitectureKeys.all()
        .forEach(key -> ALL.put(key.name(), q -> key.value(q.parameters().texts())));
  }

  private ReferenceQuantities() {}

  private static void put(Map<String, ReferenceQuantity> quantities) {
    quantities.forEach((key, quantity) -> ALL.put(key, q -> checked(key, quantity, q)));
  }

  /** The value, if the row's numbers are in their domains and the formula has read all of them. */
  private static double checked(String key, ReferenceQuantity quantity, ReferenceQuery query) {
    RowDomain.check(query.parameters());
    double value = quantity.of(query);
    for (String name : query.parameters().unread()) {
      throw new OutsideDomainException(
          String.format(
              "%s=%s is no parameter of this key", name, query.parameters().text(name).orElse("")));
    }
    OutsideDomainException.unless(
        !Double.isInfinite(value) || BOUNDLESS.matcher(key).matches(),
        "the value is beyond the range of doubles");
    OutsideDomainException.unless(
        !Double.isNaN(value) || key.equals(ANY_CORRELATION), "there is no such value");
    return value;
  }

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
