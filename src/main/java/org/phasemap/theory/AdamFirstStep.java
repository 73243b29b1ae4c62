package org.phasemap.theory;

/** The first bias-corrected step of Adam (Kingma and Ba 2015, algorithm 1), whatever β₁ and β₂. */
public final class AdamFirstStep {
  private AdamFirstStep() {}

  /** |update|/learning rate = |g|/(|g| + ε): 1 whatever the gradient, unless |g| ≲ ε. */
  public static double relativeUpdate(double gradient, double epsilon) {
    double size = Math.abs(gradient);
    return size == 0 ? 0 : size / (size + epsilon);
  }

  /** Second moment v₁ = (1 − β₂)g² before bias correction. */
  public static double rawSecondMoment(double gradient, double beta2) {
    return (1 - beta2) * gradient * gradient;
  }

  /** Learning rate over √v̂ + ε: what does shrink as gradients grow. */
  public static double effectiveRate(double gradient, double epsilon) {
    return 1 / (Math.abs(gradient) + epsilon);
  }

  /** |update|/RMS weight per unit learning rate: what an initialisation's scale does change. */
  public static double updateToWeight(double gradient, double epsilon, double weightStd) {
    return relativeUpdate(gradient, epsilon) / weightStd;
  }
}
