package org.phasemap.cli.theory.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.phasemap.cli.theory.architecture.ArchitectureKey.Family;
import org.phasemap.theory.architecture.pinn.PinnDerivatives;
import org.phasemap.theory.architecture.pinn.PinnTangentKernel;

/** Derivatives along the input of networks u(x). */
final class PinnKeys {
  private static final Family JETS = new Family("PINN derivatives", "derived: Gaussian jets");
  private static final Parameter X = Parameter.number("x", "numbers", x -> Math.abs(x) < 1e6);
  private static final Parameter INPUTS = Parameter.choice("inputs", "1").or("1");
  private static final Parameter READOUT = Parameter.choice("readout", "1").or("1");
  private static final List<Parameter> PARAMETERS =
      List.of(
          Laws.ACTIVATION, Laws.SIGMA_W2, Laws.SIGMA_B2, X, Laws.DEPTH, INPUTS, READOUT);

  private PinnKeys() {}

  static List<ArchitectureKey> keys() {
    List<ArchitectureKey> keys = new ArrayList<>();
    keys.add(jet("u_variance", "Var u: depth hidden layers, read-out 1/n", PinnDerivatives::zz));
    keys.add(jet("du_variance", "Var u'", PinnDerivatives::dd));
    keys.add(jet("d2u_variance", "Var u''", PinnDerivatives::ss));
    keys.add(jet("u_d2u_covariance", "Cov(u, u'')", PinnDerivatives::zs));
    keys.add(
        new ArchitectureKey(
            "pinn_residual_ntk",
            JETS,
            "E|d u''/d theta|^2, NTK parameterisation, all weights and biases",
            PARAMETERS,
            p ->
                PinnTangentKernel.ofSecondDerivative(
                    p.law(), p.number(X), p.count(Laws.DEPTH))));
    return keys;
  }

  private static ArchitectureKey jet(
      String name, String meaning, ToDoubleFunction<PinnDerivatives> value) {
    return new ArchitectureKey(
        "pinn_" + name,
        JETS,
        meaning,
        PARAMETERS,
        p ->
            value.applyAsDouble(
                PinnDerivatives.plainInput(p.law(), p.number(X))
                    .propagate(p.law(), p.count(Laws.DEPTH) - 1)
                    .readout(p.activation(Laws.ACTIVATION))));
  }
}
