package org.phasemap.quantity;

import static org.phasemap.quantity.Look.GAIN;
import static org.phasemap.quantity.Look.PLAIN;
import static org.phasemap.quantity.Theory.BAND;
import static org.phasemap.quantity.Theory.LIMIT;

/** Singular values and eigenvalues of J = ∂z_L/∂z_1. */
public enum JacobianQuantity implements Quantity {
  LN_JACOBIAN_MEAN(
      Facts.at(3, 60, Probe.JACOBIAN, Domain.LN)
          .named(
              "ln mean σ² of the Jacobian",
              "ln mean σ²",
              "ln ‖J v‖²/‖v‖², J = ∂z_L/∂z_1, a random v for each input, averaged over inputs: ln"
                  + " of the mean squared singular value")
          .has(BAND)
          .looks(GAIN)
          .worse(Worse.FARTHER)),
  JACOBIAN_RELATIVE_VARIANCE(
      Facts.at(3, 61, Probe.JACOBIAN, Domain.NUMBER)
          .named(
              "spread of the Jacobian’s σ²",
              "Var σ²/(mean σ²)²",
              "‖JᵀJ v‖² ‖v‖²/‖J v‖⁴ − 1, averaged over inputs: variance of the squared singular"
                  + " values over their squared mean; null where JᵀJ v is too small for float32")
          .has(LIMIT)
          .looks(PLAIN)
          .worse(Worse.HIGHER)),
  LN_JACOBIAN_LARGEST(
      Facts.at(4, 63, Probe.JACOBIAN_LARGEST, Domain.LN)
          .named(
              "ln largest σ² of the Jacobian",
              "ln max σ²",
              "ln of the largest squared singular value of ∂z_L/∂z_1, averaged over inputs")
          .has(LIMIT)
          .looks(PLAIN)
          .worse(Worse.HIGHER)),
  JACOBIAN_EFFECTIVE_RANK(
      Facts.at(4, 65, Probe.JACOBIAN_SPECTRUM, Domain.NUMBER)
          .named(
              "effective rank of the Jacobian",
              "exp H(σ²)",
              "exp(−Σ p_i ln p_i), p_i shares of jacobian_spectrum's sum: from 1 to n")
          .worse(Worse.LOWER)),
  LN_JACOBIAN_SPECTRAL_RADIUS(
      Facts.at(10, 104, Probe.JACOBIAN_EIGENVALUES, Domain.LN)
          .named(
              "ln largest |λ|² of the Jacobian",
              "ln max |λ|²",
              "ln of the largest squared modulus of ∂z_L/∂z_1's eigenvalues at the first input;"
                  + " null where all are 0, or where QR steps do not find it")
          .has(LIMIT)
          .looks(GAIN)
          .worse(Worse.FARTHER));

  @SuppressWarnings("ImmutableEnumChecker") // facts are not changed once they are said
  private final Facts facts;

  JacobianQuantity(Facts facts) {
    this.facts = facts;
  }

  @Override
  public Facts facts() {
    return facts;
  }
}
