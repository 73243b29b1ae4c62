package org.phasemap.quantity;

import static org.phasemap.quantity.Look.PLAIN;
import static org.phasemap.quantity.Theory.LIMIT;

/**
 * What networks u(x) are along their input x, of those that are to solve an equation u″ = f; null
 * of others. Squares of outputs are averaged over the read-out's weights and bias: a single u″ has
 * a random size at any width.
 */
public enum DerivativeQuantity implements Quantity {
  LN_U(
      Facts.at(9, 91, Probe.SIGNAL, Domain.LN)
          .named(
              "ln mean square of u",
              "ln E u²",
              "ln of the mean over inputs x of E u², E over the read-out's weights and bias")
          .has(LIMIT)),
  LN_DU(
      Facts.at(9, 92, Probe.SIGNAL, Domain.LN)
          .named(
              "ln mean square of u′",
              "ln E u′²",
              "ln of the mean over inputs x of E (du/dx)², E over the read-out's weights")
          .has(LIMIT)
          .looks(PLAIN)),
  LN_D2U(
      Facts.at(9, 93, Probe.SIGNAL, Domain.LN)
          .named(
              "ln mean square of u″",
              "ln E u″²",
              "ln of the mean over inputs x of E (d²u/dx²)², E over the read-out's weights")
          .has(LIMIT)
          .looks(PLAIN)),
  LN_RESIDUAL(
      Facts.at(9, 94, Probe.SIGNAL, Domain.LN)
          .named(
              "ln mean square of the residual",
              "ln E r²",
              "ln of the mean over inputs x of E r², the equation's residual r = u″ − f, E over the"
                  + " read-out's weights")
          .has(LIMIT)
          .looks(PLAIN)
          .worse(Worse.HIGHER)),
  LN_RESIDUAL_NTK(
      Facts.at(9, 95, Probe.GRADIENT, Domain.LN)
          .named(
              "ln NTK scale of the residual",
              "ln ‖∂u″/∂θ‖²",
              "ln of the mean over inputs of ‖∂u″/∂θ‖² = ‖∂r/∂θ‖², all weights and biases, NTK"
                  + " parameterisation")
          .has(LIMIT)
          .looks(PLAIN)),
  LN_RESIDUAL_GRADIENT(
      Facts.at(9, 96, Probe.GRADIENT, Domain.LN)
          .named(
              "ln gradient of the residual's square",
              "ln ‖∂(r²/2)/∂θ‖²",
              "ln of the mean over inputs of ‖∂(r²/2)/∂θ‖² = E r² ‖∂r/∂θ‖², E as in ln_residual,"
                  + " NTK parameterisation")
          .has(LIMIT)
          .looks(PLAIN));

  @SuppressWarnings("ImmutableEnumChecker") // facts are not changed once they are said
  private final Facts facts;

  DerivativeQuantity(Facts facts) {
    this.facts = facts;
  }

  @Override
  public Facts facts() {
    return facts;
  }

  /** A cell without an equation would wait for it in vain. */
  @Override
  public boolean mayDecide() {
    return false;
  }
}
