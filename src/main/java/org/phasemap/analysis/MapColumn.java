package org.phasemap.analysis;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.PhasePoint;

/**
 * The trained cells of a sweep that differ in depth alone.
 *
 * @param configuration what they have in common, by the names of docs/tables.md
 * @param law of their layers at infinite width, keep probability included
 * @param trials their networks, of all depths
 */
public record MapColumn(
    Map<String, @Nullable Object> configuration, LayerLaw law, List<Trial> trials) {
  /** The sides of the edge of chaos. */
  public enum Side {
    /** χ₁ &lt; 1. */
    ORDERED,
    /** χ₁ &gt; 1. */
    CHAOTIC
  }

  /** Which side of the edge of chaos the law is on; critical ones count as chaotic. */
  public Side side() {
    return point().chi1() < 1 ? Side.ORDERED : Side.CHAOTIC;
  }

  /** ξ_c, depth scale of correlations; infinite where there is none. */
  public double xiC() {
    return point().xiC();
  }

  /** ξ_∇ = 1/|ln χ₁|, depth scale of gradients; infinite at the edge of chaos. */
  public double xiGradient() {
    return point().xiGradient();
  }

  private PhasePoint point() {
    return PhasePoint.of(law);
  }
}
