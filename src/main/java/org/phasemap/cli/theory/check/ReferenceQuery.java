package org.phasemap.cli.theory.check;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.phasemap.cli.theory.parameters.ActivationName;
import org.phasemap.cli.theory.parameters.ReferenceParameters;
import org.phasemap.network.Activation;
import org.phasemap.network.Fans;
import org.phasemap.network.InitScheme;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.limit.CriticalPoint;
import org.phasemap.theory.limit.DropoutMaps;
import org.phasemap.theory.limit.EdgeOfChaos;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.PhasePoint;

/**
 * One question of a reference table.
 *
 * @param arch an activation such as {@code tanh}, {@code lrelu0.1} or {@code pinn-tanh}, perhaps
 *     with a modifier as in {@code relu+mask}; or another architecture's name
 * @param parameters the row's parameters
 */
public record ReferenceQuery(String arch, ReferenceParameters parameters) {
  /** A share of the critical σ_w² that decimals may be off. */
  private static final double CRITICAL = 1e-9;

  /**
   * The activation of {@link #arch}.
   *
   * @throws IllegalArgumentException where arch names none
   */
  public Activation activation() {
    return activation(arch);
  }

  /** An activation by any of the names that tables use. */
  static Activation activation(String arch) {
    String name = arch.strip().toLowerCase(Locale.ROOT);
    int plus = name.indexOf('+');
    name = plus >= 0 ? name.substring(0, plus) : name;
    name = name.startsWith("pinn-") ? name.substring(5) : name;
    return ActivationName.parse(name);
  }

  /** Slope a on the negative side: the parameter, else that of arch, else 0. */
  double slope() {
    if (parameters.has("a")) {
      return parameters.number("a");
    }
    try {
      Activation activation = activation();
      return activation.isHomogeneous() ? activation.homogeneousSlope() : 0;
    } catch (IllegalArgumentException namesNoActivation) {
      return 0;
    }
  }

  /**
   * The slope a of a critical homogeneous φ.
   *
   * @throws OutsideDomainException where the row's σ_w² is another than the critical one
   */
  double criticalSlope() {
    double critical = heGain2();
    double given = parameters.numberOr(critical, "sigma_w2", "sw2");
    OutsideDomainException.unless(
        Math.abs(given / critical - 1) < CRITICAL,
        "sigma_w2=" + given + "; allowed: the critical " + critical);
    return slope();
  }

  /** He's σ_w² for the slope a. */
  double heGain2() {
    return InitScheme.HE_NORMAL.gain2(Activations.leakyRelu(slope()), Fans.dense(1, 1));
  }

  /** The activation with the parameter {@code a} as its slope, where there is one. */
  Activation activationWithSlope() {
    return parameters.has("a") ? Activations.leakyRelu(parameters.number("a")) : activation();
  }

  /** σ_b², 0 where the row names none. */
  double sigmaB2() {
    return parameters.numberOr(0, "sigma_b2", "sb2");
  }

  /** The row's law: σ_w² as given, or critical where it is not; times the keep probability p. */
  LayerLaw law() {
    Activation activation = activationWithSlope();
    double sigmaB2 = sigmaB2();
    boolean given = parameters.has("sigma_w2") || parameters.has("sw2");
    double sigmaW2 =
        given
            ? parameters.number("sigma_w2", "sw2") * parameters.numberOr(1, "p")
            : critical().sigmaW2();
    return new LayerLaw(activation, sigmaW2, sigmaB2);
  }

  /**
   * The critical point with the smallest q* at the row's σ_b².
   *
   * @throws IllegalArgumentException where there is none
   */
  CriticalPoint critical() {
    Activation activation = activationWithSlope();
    List<CriticalPoint> points = EdgeOfChaos.points(activation, sigmaB2());
    return points.stream()
        .min(Comparator.comparingDouble(CriticalPoint::qStar))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    activation + " has no critical point at sigma_b2 = " + sigmaB2()));
  }

  /** The phase point of the row's law, dropout included, that q0 (else 1) flows to. */
  PhasePoint phasePoint() {
    if (parameters.has("rho")) {
      return new DropoutMaps(law(), parameters.number("rho"))
          .phasePoint(parameters.numberOr(1, "q0"));
    }
    return PhasePoint.of(law(), parameters.numberOr(1, "q0"));
  }

  /** q* of a critical law where σ_w² is not given, else of the row's law; or the parameter q. */
  double fixedPoint() {
    if (parameters.has("q")) {
      return parameters.number("q");
    }
    if (activationWithSlope().isHomogeneous()) {
      return 1;
    }
    boolean given = parameters.has("sigma_w2") || parameters.has("sw2");
    return given ? phasePoint().qStar() : critical().qStar();
  }

  /** Number of layers. */
  int depth() {
    return parameters.integer("L", "depth", "l", "d", "layers", "blocks");
  }
}
