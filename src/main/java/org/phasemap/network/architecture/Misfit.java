package org.phasemap.network.architecture;

/**
 * A value of a parameter that does not go with a network's width or inputs, such as a kernel larger
 * than the image. Its message says what is allowed.
 */
public final class Misfit extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String parameter;

  Misfit(Parameter<?> parameter, String problem) {
    super(problem);
    this.parameter = parameter.name();
  }

  /** The parameter's name. */
  public String parameter() {
    return parameter;
  }
}
