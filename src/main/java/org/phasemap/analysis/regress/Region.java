package org.phasemap.analysis.regress;

import java.util.List;

/**
 * Cells that have changed and lie together in the grid.
 *
 * @param where such as {@code tanh, σ multiplier 1.2–1.6, depth L ≥ 32}; {@code everywhere}
 * @param cells how many have changed there
 * @param share of all cells of the sweep
 * @param effects what has changed, in most cells first
 */
public record Region(String where, int cells, double share, List<Effect> effects) {
  /**
   * What has changed.
   *
   * @param cells of the region in which it has
   * @param worse of these, for the worse
   * @param difference the median over these
   */
  public record Effect(Subject subject, int cells, int worse, double difference) {}
}
