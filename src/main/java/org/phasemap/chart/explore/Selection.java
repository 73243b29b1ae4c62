package org.phasemap.chart.explore;

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

  /** Some values, as the axis' column holds them. */
  public record OneOf(List<Object> values) implements Choice {
    @Override
    public Condition on(Axis<?> axis) {
      String marks = String.join(", ", values.stream().map(v -> "?").toList());
      return new Condition("c." + axis.column() + " in (" + marks + ")", values);
    }

    @Override
    public boolean isSingle() {
      return values.size() == 1;
    }
  }

  /** A range of a numeric axis, its ends included. */
  public record Between(double low, double high) implements Choice {
    @Override
    public Condition on(Axis<?> axis) {
      return Condition.of("c." + axis.column() + " between ? and ?", low, high);
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
