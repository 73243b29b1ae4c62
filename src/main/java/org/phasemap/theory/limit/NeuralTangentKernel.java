package org.phasemap.theory.limit;

/**
 * The infinite-width neural tangent kernel of networks with L hidden layers and a linear scalar
 * read-out of the same law (Jacot, Gabriel and Hongler 2018, theorem 1; Lee et al. 2019), for two
 * inputs of equal norm and for every L = 1 … depth at once (index L − 1).
 */
public final class NeuralTangentKernel {
  private NeuralTangentKernel() {}

  /**
   * Two entries of the kernel, by depth.
   *
   * @param diagonal Θ(x, x) by depth
   * @param offDiagonal Θ(x, x′) by depth
   */
  @SuppressWarnings("ArrayRecordComponent") // read-only, and made once for thousands of reads
  public record Pair(double[] diagonal, double[] offDiagonal) {}

  /**
   * NTK parameterisation: Θ₁ = K₁, Θ_{l+1} = K_{l+1} + σ_w² E[φ′φ′] Θ_l, with the read-out's
   * K_{L+1}.
   *
   * @param t signals of the same law, q0 and c0
   */
  public static Pair ntkParameterisation(LayerLaw law, Trajectory t, double q0, double c0) {
    int depth = t.depth();
    double[] ownDiagonal = new double[depth + 1];
    double[] ownOff = new double[depth + 1];
    ownDiagonal[0] = law.sigmaW2() * q0 + law.sigmaB2();
    ownOff[0] = law.sigmaW2() * c0 * q0 + law.sigmaB2();
    for (int l = 1; l <= depth; l++) {
      ownDiagonal[l] = law.sigmaW2() * t.secondMomentPhi()[l - 1] + law.sigmaB2();
      ownOff[l] = law.sigmaW2() * productPhi(law, t, l) + law.sigmaB2();
    }
    return accumulate(t, ownDiagonal, ownOff);
  }

  /**
   * NTK parameterisation, at the pre-activations of the hidden layers themselves: Θ₁ = K₁ at index
   * 0, with no read-out.
   */
  public static Pair hiddenLayers(Trajectory t) {
    int depth = t.depth();
    Pair theta = new Pair(new double[depth], new double[depth]);
    double diagonal = t.q()[0];
    double off = t.q()[0] * t.c(1);
    for (int l = 0; l < depth; l++) {
      theta.diagonal()[l] = diagonal;
      theta.offDiagonal()[l] = off;
      if (l + 1 < depth) {
        diagonal = t.q()[l + 1] + t.chi1()[l] * diagonal;
        off = t.q()[l + 1] * t.c(l + 2) + t.chiC()[l] * off;
      }
    }
    return theta;
  }

  /**
   * Standard parameterisation, that of a finite network trained by gradient descent: layer l adds
   * E[δ_l·δ_l] (n_{l−1} E[φφ] + 1), the 1 where there are biases.
   *
   * @param width n of every hidden layer
   * @param inputDimension n₀
   */
  public static Pair standardParameterisation(
      LayerLaw law, Trajectory t, double q0, double c0, double width, double inputDimension) {
    int depth = t.depth();
    double bias = law.sigmaB2() > 0 ? 1 : 0;
    double[] ownDiagonal = new double[depth + 1];
    double[] ownOff = new double[depth + 1];
    ownDiagonal[0] = inputDimension * q0 + bias;
    ownOff[0] = inputDimension * q0 * c0 + bias;
    for (int l = 1; l <= depth; l++) {
      ownDiagonal[l] = width * t.secondMomentPhi()[l - 1] + bias;
      ownOff[l] = width * productPhi(law, t, l) + bias;
    }
    return accumulate(t, ownDiagonal, ownOff);
  }

  /** E φ(u)φ(v) at layer l &gt;= 1: read off the next layer's covariance where there is one. */
  public static double productPhi(LayerLaw law, Trajectory t, int l) {
    if (l < t.depth() && law.sigmaW2() > 0) {
      double deficit = t.q()[l] * t.oneMinusC()[l] / law.sigmaW2();
      return t.secondMomentPhi()[l - 1] - deficit;
    }
    return LayerStatistics.of(law, t.q()[l - 1]).productPhi(t.oneMinusC()[l - 1]);
  }

  private static Pair accumulate(Trajectory t, double[] ownDiagonal, double[] ownOff) {
    int depth = t.depth();
    Pair theta = new Pair(new double[depth], new double[depth]);
    double diagonal = ownDiagonal[0];
    double off = ownOff[0];
    for (int l = 0; l < depth; l++) {
      diagonal = ownDiagonal[l + 1] + t.chi1()[l] * diagonal;
      off = ownOff[l + 1] + t.chiC()[l] * off;
      theta.diagonal()[l] = diagonal;
      theta.offDiagonal()[l] = off;
    }
    return theta;
  }
}
