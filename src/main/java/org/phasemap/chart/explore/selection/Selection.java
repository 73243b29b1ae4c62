package org.phasemap.chart.explore.selection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.phasemap.quantity.Axis;
import org.phasemap.query.Condition;

/**
 * Cells by their places on the axes.
 *
 * @param choices what is chosen on each axis; all cells on the others
 */
public record Selection(Map<Axis<?>, Choice> choices) {

  /** Some places on an axis. */
  public sealed interface Choice {
    /** The cells {@code c} that stand there. */
    Condition on(Axis<?> axis);

    /** Whether it is a single place. */
    default boolean isSingle() {
      return false;
    }
  }

  /**
   * Some values, as the axis' column holds them. Of whole numbers too: DuckDB would turn every
   * cell's into a real one to compare it, and could not skip cells by their least and largest.
   */
  public record OneOf(List<Object> values) implements Choice {
    @Override
    public Condition on(Axis<?> axis) {
      String marks = String.join(", ", values.stream().map(v -> "?").toList());
      List<Object> bound = values.stream().map(value -> stored(axis, value)).toList();
      return new Condition("c." + axis.column() + " in (" + marks + ")", bound);
    }

    private static Object stored(Axis<?> axis, Object value) {
      boolean whole =
          axis.stored() == Integer.class
              && value instanceof Double number
              && number == number.intValue();
      return whole ? (Object) ((Double) value).intValue() : value;
    }

    @Override
    public boolean isSingle() {
      return values.size() == 1;
    }
  }

  /** A range of a numeric axis, its ends included; of whole numbers as {@link OneOf}. */
  public record Between(double low, double high) implements Choice {
    @Override
    public Condition on(Axis<?> axis) {
      String between = "c." + axis.column() + " between ? and ?";
      return axis.stored() == Integer.class
          ? Condition.of(between, (int) Math.ceil(low), (int) Math.floor(high))
          : Condition.of(between, low, high);
    }
  }

  public Selection {
    choices = Collections.unmodifiableMap(new LinkedHashMap<>(choices));
  }

  /** These and a value of another axis. */
  public Selection and(Axis<?> axis, Object value) {
    Map<Axis<?>, Choice> more = new LinkedHashMap<>(choices);
    more.put(axis, new OneOf(List.of(value)));
    return new Selection(more);
  }

  /** The cells {@code c} that are meant. */
  public Condition condition() {
    List<Condition> all = new ArrayList<>();
    choices.forEach((axis, choice) -> all.add(choice.on(axis)));
    return Condition.allOf(all);
  }

  /** Whether an axis is held to one value. */
  boolean isSingle(Axis<?> axis) {
    Choice choice = choices.get(axis);
    return choice != null && choice.isSingle();
  }
}
