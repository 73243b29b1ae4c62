package org.phasemap.theory.dual;

import java.util.Map;
import java.util.function.DoubleFunction;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;

/** The fastest exact method for each dual activation. What has no closed form is integrated. */
public final class Duals {
  /** Above this the Hermite series of arctan, with poles at ±i, is long. */
  private static final double LARGE_FOR_SERIES = 2;

  private static final Map<Activation, DoubleFunction<DualActivation>> KNOWN =
      Map.of(
          Activations.ERF, ErfDual::new,
          Activations.SIN, SinDual::new,
          Activations.GELU, GeluDual::new,
          Activations.HARD_TANH, HardTanhDual::new,
          Activations.ELU, q -> new ExponentialLinearDual(Activations.ELU, q),
          Activations.SELU, q -> new ExponentialLinearDual(Activations.SELU, q),
          Activations.SOFTSIGN, SoftsignDual::new,
          // Half of tanh, at half the argument and ½ up.
          Activations.SIGMOID, q -> new SigmoidDual(of(Activations.TANH, q / 4)),
          Activations.ARCTAN,
              q -> q > LARGE_FOR_SERIES ? new ArctanDual(q) : integrated(Activations.ARCTAN, q));

  private Duals() {}

  /** The dual of φ at q &gt; 0. */
  public static DualActivation of(Activation activation, double q) {
    if (activation.isHomogeneous()) {
      return new HomogeneousDual(activation.homogeneousSlope(), 1, q);
    }
    if (activation.isRectifier() && !(q < GaussianMoments.HOMOGENEOUS_LIMIT)) {
      return new HomogeneousDual(0, activation.derivative(Double.MAX_VALUE), q);
    }
    DoubleFunction<DualActivation> known = KNOWN.get(activation);
    return known == null ? integrated(activation, q) : known.apply(q);
  }

  private static DualActivation integrated(Activation activation, double q) {
    if (LocalDual.covers(activation, q)) {
      return new LocalDual(activation, q);
    }
    return HermiteDual.covers(activation, q)
        ? new HermiteDual(activation, q)
        : new PolarDual(activation, q);
  }
}
