package org.phasemap.analysis;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.phasemap.theory.limit.PhasePoint;

/**
 * The trained cells of a sweep that differ in depth alone.
 *
 * @param configuration what they have in common, by the names of docs/tables.md
 * @param law of their networks
 * @param trials their networks, of all depths
 */
public record MapColumn(
    Map<String, @Nullable Object> configuration, NetworkLaw law, List<Trial> trials) {
  /** The sides of the edge of chaos. */
  public enum Side {
    /** χ₁ &lt; 1. */
    ORDERED,
    /** χ₁ &gt; 1. */
    CHAOTIC
  }

  /**
   * Which side of the edge of chaos the law is on; critical ones count as chaotic. Empty of
   * architectures that have no such edge.
   */
  public Optional<Side> side() {
    return law.point().map(point -> point.chi1() < 1 ? Side.ORDERED : Side.CHAOTIC);
  }

  /** ξ_c, depth scale of correlations; infinite where there is none, NaN where no map is known. */
  public double xiC() {
    return law.point().map(PhasePoint::xiC).orElse(Double.NaN);
  }

  /** ξ_∇ = 1/|ln χ₁|, depth scale of gradients; infinite at the edge of chaos, NaN as above. */
  public double xiGradient() {
    return law.point().map(PhasePoint::xiGradient).orElse(Double.NaN);
  }
}
