package org.phasemap.network;

/** Law of the entries of a weight matrix, at a given variance σ_w²/fan-in. */
public enum WeightLaw {
  /** Independent normal entries. */
  NORMAL,
  /** Independent entries, uniform on ±√(3σ_w²/fan-in). */
  UNIFORM,
  /** Haar-distributed orthogonal columns, or rows where there are fewer; WᵀW = σ_w² I if square. */
  ORTHOGONAL
}
