package org.phasemap.network.architecture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a family: what specs may say of it, and what the texts of architectures and the
 * documents do.
 *
 * @param name of its field in specs, and in texts
 * @param type what it may be
 * @param usual its value where nothing is said
 * @param isSaid whether texts have it even then
 * @param need without which it says nothing; null where it always does
 * @param meaning one line, for the documents
 * @param example a value, or values, in YAML
 */
public record Parameter<T>(
    String name,
    ParameterType<T> type,
    T usual,
    boolean isSaid,
    @Nullable Need<?> need,
    String meaning,
    String example) {
  /**
   * Values of another parameter that it needs one of.
   *
   * @param of the other parameter
   * @param values one of which it must have
   */
  public record Need<U>(Parameter<U> of, List<U> values) {
    /** Copies the list. */
    public Need {
      values = List.copyOf(values);
    }

    /** What it needs, in the words of a message. */
    public String allowed() {
      return of.name() + " " + String.join(", ", values.stream().map(of.type()::written).toList());
    }
  }

  /** One that texts leave out where it is as usual, so that it may be new. */
  static <T> Parameter<T> of(
      String name, ParameterType<T> type, T usual, String meaning, String example) {
    return new Parameter<>(name, type, usual, false, null, meaning, example);
  }

  /** The same parameter, which texts always have. */
  Parameter<T> said() {
    return new Parameter<>(name, type, usual, true, need, meaning, example);
  }

  /** The same parameter, which says something only beside these values of another. */
  <U> Parameter<T> beside(Parameter<U> other, List<U> values) {
    return new Parameter<>(name, type, usual, isSaid, new Need<>(other, values), meaning, example);
  }

  @Override
  public String toString() {
    return name;
  }
}
