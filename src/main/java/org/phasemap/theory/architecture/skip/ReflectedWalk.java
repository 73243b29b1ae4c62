package org.phasemap.theory.architecture.skip;

/**
 * ResNet-v1 with ReLU after the sum: x′ = relu(x + BN(…)), stem relu(BN), infinite batch and width.
 * The stream is Lindley's walk with normal steps, x_L = max(0, S₁, …, S_{L+1}) in law (Spitzer 1956).
 */
public final class ReflectedWalk {
  private ReflectedWalk() {}

  /** E x_L = Σ_{k ≤ L+1} E S_k⁺/k = Σ 1/√(2πk). */
  public static double mean(int blocks) {
    double sum = 0;
    for (int k = 1; k <= blocks + 1; k++) {
      sum += 1 / Math.sqrt(2 * Math.PI * k);
    }
    return sum;
  }

  /** E x_L² = (L + 1)/2 + (1/2π) Σ_{j+k ≤ L+1} 1/√(jk). */
  public static double secondMoment(int blocks) {
    double[] roots = new double[blocks + 2];
    for (int k = 1; k <= blocks + 1; k++) {
      roots[k] = roots[k - 1] + 1 / Math.sqrt(k);
    }
    double sum = 0;
    for (int j = 1; j <= blocks; j++) {
      sum += roots[blocks + 1 - j] / Math.sqrt(j);
    }
    return 0.5 * (blocks + 1) + sum / (2 * Math.PI);
  }
}
