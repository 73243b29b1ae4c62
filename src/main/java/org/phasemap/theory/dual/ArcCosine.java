package org.phasemap.theory.dual;

/**
 * Arc-cosine kernels of ReLU (Cho and Saul 2009, eqs. 3–7): expectations over two standard normal
 * variables of correlation c = cos θ.
 */
public final class ArcCosine {
  private ArcCosine() {}

  /** 2 E relu(u) relu(v) = (sin θ + (π − θ) cos θ)/π. */
  public static double kappa1(double c) {
    double theta = Math.acos(Math.max(-1, Math.min(1, c)));
    return (Math.sin(theta) + (Math.PI - theta) * Math.cos(theta)) / Math.PI;
  }

  /** E relu²(u) relu²(v) = (3 sin θ cos θ + (π − θ)(1 + 2 cos² θ))/(2π): 3/2 at c = 1, ¼ at 0. */
  public static double squares(double c) {
    double theta = Math.acos(Math.max(-1, Math.min(1, c)));
    double cosine = Math.cos(theta);
    return (3 * Math.sin(theta) * cosine + (Math.PI - theta) * (1 + 2 * cosine * cosine))
        / (2 * Math.PI);
  }

  /** E θ(u) θ(v) of the step θ = relu′: (π − θ)/(2π). */
  public static double steps(double c) {
    return (Math.PI - Math.acos(Math.max(-1, Math.min(1, c)))) / (2 * Math.PI);
  }

  /** E θ(u) relu²(v) = (π − θ + sin θ cos θ)/(2π). */
  public static double stepSquare(double c) {
    double theta = Math.acos(Math.max(-1, Math.min(1, c)));
    return (Math.PI - theta + Math.sin(theta) * Math.cos(theta)) / (2 * Math.PI);
  }
}
