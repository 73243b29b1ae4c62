package org.phasemap.theory.dual;

import java.util.Map;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.activation.ExponentialLinear;

/** Where formulas for the moments of an activation are found. */
final class KnownMoments {
  /** Of activations that have closed forms for some. */
  private static final Map<Activation, Moments> CLOSED =
      Map.of(
          Activations.ERF, new Moments.OfErf(),
          Activations.SIN, new Moments.OfSin(),
          Activations.GELU, new Moments.OfGelu(),
          Activations.HARD_TANH, new Moments.OfHardTanh(),
          Activations.ELU, new Moments.OfExponentialLinear((ExponentialLinear) Activations.ELU),
          Activations.SELU, new Moments.OfExponentialLinear((ExponentialLinear) Activations.SELU),
          Activations.SIGMOID, new Moments.OfSigmoid());

  /** Those of an activation. */
  static Moments of(Activation activation) {
    Moments closed = CLOSED.get(activation);
    return closed == null ? new Moments.Integrated(activation) : closed;
  }

  private KnownMoments() {}
}
