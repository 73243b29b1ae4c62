package org.phasemap.theory.limit;

/**
 * Eigenvalues of the kernel of m inputs that all have one diagonal and one off-diagonal entry:
 * λ_max = d + (m − 1)o once, λ_bulk = d − o otherwise (Xiao, Pennington and Schoenholz 2020, eq.
 * 10).
 *
 * @param diagonal d
 * @param offDiagonal o
 * @param inputs m
 */
public record TwoPointSpectrum(double diagonal, double offDiagonal, int inputs) {
  /** λ along the constant vector. */
  public double constantEigenvalue() {
    return diagonal + (inputs - 1) * offDiagonal;
  }

  /** λ of every vector that sums to 0. */
  public double bulkEigenvalue() {
    return diagonal - offDiagonal;
  }

  /** exp(−Σ p ln p) of the eigenvalues' shares p (Roy and Vetterli 2007, §2): 1 to m. */
  public double effectiveRank() {
    double trace = inputs * diagonal;
    return Math.exp(
        entropy(constantEigenvalue() / trace) + (inputs - 1) * entropy(bulkEigenvalue() / trace));
  }

  private static double entropy(double share) {
    return share > 0 ? -share * Math.log(share) : 0;
  }

  /** The larger over the smaller eigenvalue. */
  public double conditionNumber() {
    double a = constantEigenvalue();
    double b = bulkEigenvalue();
    return Math.max(a, b) / Math.min(a, b);
  }
}
