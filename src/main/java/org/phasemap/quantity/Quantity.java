package org.phasemap.quantity;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A number that is measured of a network. Tables, predictions, maps and documents ask it what they
 * need to know; none keeps a list of its own.
 */
public sealed interface Quantity extends Measured
    permits SignalQuantity,
        KernelQuantity,
        StepQuantity,
        FormatQuantity,
        JacobianQuantity,
        TrainedQuantity,
        TokenQuantity,
        DerivativeQuantity {
  /** What is known of it. */
  Facts facts();

  /** The constant's name. */
  String name();

  /** Every quantity, in the order of the columns. */
  static List<Quantity> all() {
    return Catalogue.ALL;
  }

  /**
   * The quantity of a column.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Quantity of(String column) {
    Quantity quantity = Catalogue.BY_COLUMN.get(column);
    if (quantity == null) {
      throw new IllegalArgumentException("no quantity: " + column);
    }
    return quantity;
  }

  @Override
  default String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  default int place() {
    return facts().place;
  }

  @Override
  default int since() {
    return facts().since;
  }

  @Override
  default @Nullable Probe probe() {
    return facts().probe;
  }

  @Override
  default String meaning() {
    return facts().meaning;
  }

  @Override
  default String symbol() {
    return facts().symbol;
  }

  /** What a menu or an axis calls it. */
  default String label() {
    return facts().label;
  }

  /** What numbers it takes, and so how it is averaged. */
  default Domain domain() {
    return facts().domain;
  }

  /** What {@code cells} keeps of it. */
  default Statistics statistics() {
    return facts().statistics;
  }

  /** What theory says of it. */
  default Theory theory() {
    return facts().theory;
  }

  /** How maps show it. */
  default Look look() {
    return facts().look;
  }

  /** Which way is worse. */
  default Worse worse() {
    return facts().worse;
  }

  /** How far two means of it may lie apart and still say the same. */
  default Tolerance tolerance() {
    return facts().tolerance;
  }

  /** Whether {@code cells} has its average over replicates. */
  default boolean isAveraged() {
    return statistics() != Statistics.NONE;
  }

  /** Whether the width of its confidence interval may decide how many replicates a cell has. */
  default boolean mayDecide() {
    return isAveraged() && probe() != null;
  }

  /** Whether these probes measure it on so many inputs and outputs. */
  default boolean isMeasured(Set<Probe> probes, int inputs, int outputs) {
    Probe probe = probe();
    return probe != null
        && probes.contains(probe)
        && inputs >= facts().fewestInputs
        && outputs >= facts().fewestOutputs;
  }

  /**
   * Every quantity. No fields of the interface: an enum that is touched first starts it, and that
   * would find no constants yet.
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
}
