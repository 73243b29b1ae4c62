package org.phasemap.cli.theory.architecture;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.phasemap.theory.OutsideDomainException;

/** A quantity of an architecture that theory computes from named parameters. */
public final class ArchitectureKey {
  private final String name;
  private final String family;
  private final String meaning;
  private final String source;
  private final List<Parameter> parameters;
  private final ToDoubleFunction<KeyParameters> formula;

  ArchitectureKey(
      String name,
      Family family,
      String meaning,
      List<Parameter> parameters,
      ToDoubleFunction<KeyParameters> formula) {
    this.name = name;
    this.family = family.title();
    this.meaning = meaning;
    this.source = family.source();
    this.parameters = parameters;
    this.formula = formula;
  }

  /**
   * Keys of one paper and one set of formulas.
   *
   * @param title of their section in the documents
   * @param source paper and equation
   */
  record Family(String title, String source) {}

  /** Its name in tables. */
  public String name() {
    return name;
  }

  /** The section that explains it. */
  public String family() {
    return family;
  }

  /** What it is, with its formula. */
  public String meaning() {
    return meaning;
  }

  /** Paper and equation. */
  public String source() {
    return source;
  }

  /** What it depends on. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /**
   * The value.
   *
   * @param given texts by name
   * @throws OutsideDomainException with the reason, where there is none
   */
  public double value(Map<String, String> given) {
    double value = formula.applyAsDouble(KeyParameters.of(parameters, given));
    OutsideDomainException.unless(
        !Double.isNaN(value) && !Double.isInfinite(value),
        "the value is beyond the range of doubles");
    return value;
  }
}
