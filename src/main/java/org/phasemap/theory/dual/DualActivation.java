package org.phasemap.theory.dual;

/**
 * The dual activation of φ at variance q (Daniely, Frostig and Singer 2016): E φ(u)φ(v) and E
 * φ′(u)φ′(v) for Gaussian u, v of variance q and correlation c, as functions of 1 − c in [0, 2], so
 * that nothing is lost where c is within 1e-16 of 1 (REFERENCE A1, A5). {@link Duals} has one for
 * every φ.
 */
public interface DualActivation {
  /** V = E φ(u)², the value at c = 1. */
  double secondMoment();

  /** E φ(u)² − E φ(u)φ(v) = ½ E(φ(u) − φ(v))², without cancellation. */
  double deficit(double oneMinusC);

  /** E φ′(u)φ′(v). */
  double derivative(double oneMinusC);

  /** E φ(u)φ(v). */
  default double product(double oneMinusC) {
    return secondMoment() - deficit(oneMinusC);
  }
}
