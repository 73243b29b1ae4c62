package org.phasemap.theory.dual;

/**
 * Dual activation for two inputs of different norms: E φ(u)φ(v) and E φ′(u)φ′(v), Var u = q_a, Var
 * v = q_b, correlation c (REFERENCE A1, A5). {@link CrossDuals} has one for every φ. Absolute error
 * 1e-12.
 */
public interface CrossDual {
  /** E φ(u)φ(v). */
  double product(double oneMinusC);

  /** E φ′(u)φ′(v). */
  double derivative(double oneMinusC);
}
