package org.phasemap.quantity;

import static org.phasemap.quantity.Look.CENTRED;
import static org.phasemap.quantity.Look.GAIN;
import static org.phasemap.quantity.Look.SHARE;
import static org.phasemap.quantity.Statistics.QUANTILES;
import static org.phasemap.quantity.Theory.BAND;

/** What signals on their way up and gradients on their way down come to. */
public enum SignalQuantity implements Quantity {
  LN_Q(
      Facts.at(1, 1, Probe.SIGNAL, Domain.LN)
          .named("ln q_L", "ln q_L", "ln of the mean of z_L² over units and inputs")
          .keeps(QUANTILES)
          .has(BAND)
          .looks(GAIN)
          .worse(Worse.FARTHER)),
  C(
      Facts.at(1, 2, Probe.SIGNAL, Domain.NUMBER)
          .named(
              "correlation c_L",
              "c_L",
              "cosine of z_L of two inputs, averaged over pairs; 1 where they are alike")
          .keeps(QUANTILES)
          .has(BAND)
          .looks(SHARE)
          .needs(2, 1)),
  MEAN(
      Facts.at(1, 3, Probe.SIGNAL, Domain.NUMBER)
          .named("mean activation", "E φ(z_L)", "mean of φ(z_L) over units and inputs")
          .has(BAND)
          .looks(CENTRED)),
  DEAD_SHARE(
      Facts.at(1, 4, Probe.SIGNAL, Domain.SHARE)
          .named(
              "dead share",
              "P(dead)",
              "share of units of layer L with φ′(z_L) = 0 for all inputs; profile_dead has every"
                  + " layer's")
          .looks(SHARE)
          .worse(Worse.HIGHER)),
  SATURATED_SHARE(
      Facts.at(1, 5, Probe.SIGNAL, Domain.SHARE)
          .named(
              "saturated share",
              "P(|φ′| < 0.01)",
              "share of |φ′(z_L)| < 0.01 over units and inputs")
          .looks(SHARE)
          .worse(Worse.HIGHER)),
  LN_GRADIENT_GAIN(
      Facts.at(1, 6, Probe.GRADIENT, Domain.LN)
          .named(
              "ln gradient gain",
              "ln ‖δ_1‖²/‖δ_L‖²",
              "ln ‖∂f/∂z_1‖²/‖∂f/∂z_L‖², averaged over inputs: below 0 gradients vanish on the way"
                  + " back, above 0 they explode")
          .keeps(QUANTILES)
          .has(BAND)
          .looks(GAIN)
          .worse(Worse.FARTHER)),
  LN_NORM_RATIO(
      Facts.at(3, 29, Probe.SIGNAL, Domain.LN)
          .named(
              "ln norm ratio",
              "ln ‖h_L‖²n₀/(n‖x‖²)",
              "ln (‖h_L‖²/n)/(‖x‖²/n₀), averaged over inputs")
          .has(BAND)
          .worse(Worse.FARTHER)),
  LN_WEIGHT_GRADIENT_RATIO(
      Facts.at(3, 30, Probe.GRADIENT, Domain.LN)
          .named(
              "ln weight gradient ratio",
              "ln ‖∂f/∂W_1‖²/‖∂f/∂W_L‖²",
              "ln ‖∂f/∂W_1‖²/‖∂f/∂W_L‖², averaged over inputs")
          .has(BAND)
          .worse(Worse.FARTHER));

  @SuppressWarnings("ImmutableEnumChecker") // facts are not changed once they are said
  private final Facts facts;

  SignalQuantity(Facts facts) {
    this.facts = facts;
  }

  @Override
  public Facts facts() {
    return facts;
  }
}
