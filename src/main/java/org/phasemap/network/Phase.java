package org.phasemap.network;

import java.util.Locale;

/** Where mean-field theory puts a network. */
public enum Phase {
  /** χ₁ &lt; 1: gradients vanish, inputs become alike. */
  ORDERED,
  /** χ₁ = 1 at a fixed point that attracts. */
  CRITICAL,
  /** χ₁ &gt; 1: gradients explode, inputs become unlike. */
  CHAOTIC,
  /** χ₁ = 1 at a q* that repels (χ_q &gt; 1). */
  UNSTABLE_EOC,
  /** The variance has no fixed point that attracts: it vanishes or diverges with depth. */
  NO_FIXED_POINT;

  /** The name that tables use, such as {@code unstable_eoc}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
