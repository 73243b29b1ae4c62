package org.phasemap.theory.limit;

import org.phasemap.network.WeightLaw;

/**
 * Squared singular values of a wide square weight matrix of mean square 1: orthogonal weights times
 * √(1 − r) plus independent ones times √r.
 *
 * <p>Independent weights of any law have r = 1. A mask that keeps a share p of orthogonal weights
 * leaves p O + O ∘ (M − p), and the second part is free of the first and circular, of variance p(1
 * − p): r = 1 − p. Both are R-diagonal, so the symmetrised law of singular values is that of ±√(1 −
 * r) free-convolved with a semicircle of variance r (Haagerup and Schultz 2007, prop. 3.5), whence
 * the S-transform below; its ends are Gaussian and orthogonal weights (Pennington, Schoenholz and
 * Ganguli 2018, §3.2).
 *
 * @param independentShare r, from 0 to 1
 */
public record WeightSpectrum(double independentShare) {
  /** Independent weights. */
  public static final WeightSpectrum INDEPENDENT = new WeightSpectrum(1);

  /** Orthogonal weights, all of them kept. */
  public static final WeightSpectrum ORTHOGONAL = new WeightSpectrum(0);

  /** Of weights of which a mask keeps a share. */
  public static WeightSpectrum of(WeightLaw law, double keepProbability) {
    return law == WeightLaw.ORTHOGONAL ? new WeightSpectrum(1 - keepProbability) : INDEPENDENT;
  }

  /** The variance: r(2 − r). */
  double variance() {
    return independentShare * (2 - independentShare);
  }

  /** ln 1/S(z), 1/S = (1 + 2rz + √(1 + 4r(1 − r)z))/2. */
  double lnInverseS(double z) {
    double r = independentShare;
    // Written so that it keeps its digits where z is small.
    return Math.log1p(r * z + 2 * r * (1 - r) * z / (1 + root(z)));
  }

  /** z(1 + z) d ln(1/S)/dz. */
  double growth(double z) {
    double r = independentShare;
    double inverse = 1 + r * z + 2 * r * (1 - r) * z / (1 + root(z));
    return (1 + z) / inverse * (r + r * (1 - r) / root(z)) * z;
  }

  private double root(double z) {
    return Math.sqrt(1 + 4 * independentShare * (1 - independentShare) * z);
  }
}
