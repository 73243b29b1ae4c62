package org.phasemap.network.architecture;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.phasemap.network.Architecture;

/**
 * A kind of architecture that specs can name. Reading, its messages, docs/spec.md and the texts in
 * tables all come from this.
 *
 * @param kind its name
 * @param meaning one line, for the documents
 * @param parameters in the order of texts
 * @param make the architecture with these values
 */
public record Family(
    String kind,
    String meaning,
    List<Parameter<?>> parameters,
    Function<Choices, Architecture> make) {
  /** The parameter of a name. */
  public Optional<Parameter<?>> parameter(String name) {
    return parameters.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** The architecture that {@link Choices#text} calls so, without the kind's name. */
  Architecture parse(String inParentheses) {
    Choices choices = Choices.NONE;
    for (String assignment : inParentheses.split(",", -1)) {
      int equals = assignment.indexOf('=');
      String name = assignment.substring(0, Math.max(0, equals)).strip();
      Parameter<?> parameter =
          parameter(name)
              .filter(known -> equals > 0)
              .orElseThrow(() -> new IllegalArgumentException(noParameter(assignment.strip())));
      if (choices.has(parameter)) {
        throw new IllegalArgumentException(name + " is given twice");
      }
      try {
        choices = choices.parsed(parameter, assignment.substring(equals + 1).strip());
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(refused(name, assignment, equals, parameter), e);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(name + " must not be " + e.getMessage(), e);
      }
    }
    for (Parameter<?> parameter : parameters) {
      Parameter.Need<?> need = parameter.need();
      if (choices.has(parameter) && need != null && !need.isMet(choices)) {
        throw new IllegalArgumentException(parameter + " needs " + need.allowed());
      }
    }
    return make.apply(choices);
  }

  private static String refused(
      String name, String assignment, int equals, Parameter<?> parameter) {
    return name
        + (" must not be '" + assignment.substring(equals + 1).strip())
        + ("'; allowed: " + parameter.type().allowed());
  }

  private String noParameter(String text) {
    return "'%s' is no parameter=value of %s; allowed: %s"
        .formatted(
            text, kind, parameters.stream().map(Parameter::name).collect(Collectors.joining(", ")));
  }
}
