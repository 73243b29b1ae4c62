package org.phasemap.network;

/** Law of the entries of a weight matrix, at a given variance σ_w²/fan-in. */
public enum WeightLaw {
  /** Independent normal entries. */
  NORMAL(0),
  /** Independent entries, uniform on ±√(3σ_w²/fan-in). */
  UNIFORM(-1.2),
  /**
   * Independent normal entries, drawn again until they are within two standard deviations, and
   * widened to the variance that this takes away: what Keras and JAX call normal.
   */
  TRUNCATED(-0.6344632828703),
  /** Haar-distributed orthogonal columns, or rows where there are fewer; WᵀW = σ_w² I if square. */
  ORTHOGONAL(0);

  /** Standard deviation of a standard normal number within ±2: √(1 − 4 φ(2)/erf √2). */
  public static final double TRUNCATED_DEVIATION = 0.8796256610342398;

  private final double excessKurtosis;

  WeightLaw(double excessKurtosis) {
    this.excessKurtosis = excessKurtosis;
  }

  /** Of independent entries; 0 for orthogonal weights, whose entries are not. */
  public double excessKurtosis() {
    return excessKurtosis;
  }

  /** Whether the law stays the same when inputs are rotated: only their Gram matrix matters. */
  public boolean isIsotropic() {
    return excessKurtosis == 0;
  }
}
