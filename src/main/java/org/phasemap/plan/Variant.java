package org.phasemap.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.phasemap.network.Activation;

/**
 * Cells of a unit that differ in depth alone: one forward pass to the deepest serves them all.
 *
 * @param activation φ
 * @param sigmaW2 σ_w²
 * @param sigmaB2 σ_b²
 */
public record Variant(Activation activation, double sigmaW2, double sigmaB2) {

  /** Groups cells, in the order in which variants first appear. */
  public static Map<Variant, List<Cell>> group(List<Cell> cells) {
    Map<Variant, List<Cell>> groups = new LinkedHashMap<>();
    for (Cell cell : cells) {
      groups.computeIfAbsent(of(cell), v -> new ArrayList<>()).add(cell);
    }
    return Collections.unmodifiableMap(groups);
  }

  static Variant of(Cell cell) {
    return new Variant(
        cell.network().activation(), cell.network().sigmaW2(), cell.network().sigmaB2());
  }
}
