package org.phasemap.spec;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.phasemap.quantity.Probe;

/**
 * A sweep as its user wrote it, every default filled in and every axis expanded to its values.
 *
 * @param name names the results folder
 * @param seed of every random number
 * @param replicates independent networks of each cell
 * @param network the grid
 * @param inputs what the networks are shown
 * @param probes what is measured at initialisation; none where the sweep only trains
 * @param outputs k, read-outs that tangent kernel and curvature are measured of
 * @param training what is trained, on a grid of its own; null where nothing is
 * @param sampler how networks are drawn
 * @param randomNumbers whether cells share them
 * @param backend which arithmetic
 * @param limits what a sweep must not exceed
 */
public record Spec(
    String name,
    long seed,
    Replicates replicates,
    NetworkAxes network,
    Inputs inputs,
    Set<Probe> probes,
    int outputs,
    @Nullable Training training,
    SamplerChoice sampler,
    RandomNumbers randomNumbers,
    BackendChoice backend,
    Limits limits) {

  /** How networks are drawn: {@code AUTO} is weight-free where that is exact, dense elsewhere. */
  public enum SamplerChoice {
    AUTO,
    DENSE,
    WEIGHT_FREE
  }

  /** Whether replicate r of every cell draws the same numbers, or no two cells share any. */
  public enum RandomNumbers {
    COMMON,
    INDEPENDENT
  }

  /** Which arithmetic: {@code AUTO} is OpenBLAS where its natives load and ND4J elsewhere. */
  public enum BackendChoice {
    AUTO,
    OPENBLAS,
    ND4J
  }

  /**
   * What a sweep must not exceed.
   *
   * @param maxCells most cells that it may have
   * @param cellSeconds longest that one replicate of a cell may take on one core
   */
  public record Limits(long maxCells, double cellSeconds) {}
}
