package org.phasemap.chart.figure;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.phasemap.network.UserException;
import org.phasemap.spec.yaml.Wording;

/** One of several, by the name that an option gives. */
final class Choice {
  private Choice() {}

  /**
   * The choice of a name.
   *
   * @throws UserException naming the option and what is allowed
   */
  static <T> T of(String option, String name, List<T> choices, Function<T, String> id) {
    return choices.stream()
        .filter(choice -> id.apply(choice).equals(name))
        .findFirst()
        .orElseThrow(() -> refused(option, name, choices.stream().map(id).toList()));
  }

  /** The choice of a name, or what is usual where none is given. */
  static <T> T of(
      String option, Optional<String> name, T usual, List<T> choices, Function<T, String> id) {
    return name.isEmpty() ? usual : of(option, name.get(), choices, id);
  }

  /** A mistake in an option. */
  static UserException refused(String option, String value, List<String> allowed) {
    return Wording.refused(option, value, allowed);
  }

  /** A mistake in an option. */
  static UserException refused(String option, String value, String allowed) {
    return new UserException(option + ": " + value + " is not allowed; allowed: " + allowed);
  }
}
