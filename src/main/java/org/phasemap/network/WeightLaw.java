package org.phasemap.network;

/** Law of the entries of a weight matrix, at a given variance σ_w²/fan-in. */
public enum WeightLaw {
  /** Independent normal entries. */
  NORMAL,
  /** Independent entries, uniform on ±√(3σ_w²/fan-in). */
  UNIFORM,
  /** Haar-distributed with WᵀW = σ_w² I (tall) or WWᵀ = σ_w² · fan-out/fan-in · I (wide). */
  ORTHOGONAL
}
