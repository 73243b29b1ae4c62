package org.phasemap.spec;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Backend;
import org.phasemap.quantity.Probe;

/**
 * A sweep as its user wrote it, every default filled in and every axis expanded to its values.
 *
 * @param name names the results folder
 * @param draws how networks are drawn
 * @param replicates independent networks of each cell
 * @param initialisation what is measured at initialisation
 * @param training what is trained, on a grid of its own; null where nothing is
 * @param backend which arithmetic
 * @param limits what a sweep must not exceed
 */
public record Spec(
    String name,
    Draws draws,
    Replicates replicates,
    Initialisation initialisation,
    @Nullable Training training,
    Optional<Backend> backend,
    Limits limits) {

  /**
   * How networks are drawn.
   *
   * @param seed of every random number
   * @param sampler with which weights or without
   * @param randomNumbers whether cells share them
   */
  public record Draws(long seed, SamplerChoice sampler, RandomNumbers randomNumbers) {}

  /**
   * What is measured at initialisation.
   *
   * @param network the grid
   * @param inputs what the networks are shown
   * @param probes what is measured; none where the sweep only trains
   * @param outputs k, read-outs that tangent kernel and curvature are measured of
   */
  public record Initialisation(
      NetworkAxes network, Inputs inputs, Set<Probe> probes, int outputs) {}

  /** How networks are drawn: {@code AUTO} is weight-free for MLPs where that is exact. */
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

  /**
   * What a sweep must not exceed.
   *
   * @param maxCells most cells that it may have
   * @param cellSeconds longest that one replicate of a cell may take on one core
   */
  public record Limits(long maxCells, double cellSeconds) {}

  /** The seed of every random number. */
  public long seed() {
    return draws.seed();
  }

  /** How networks are drawn. */
  public SamplerChoice sampler() {
    return draws.sampler();
  }

  /** Whether cells share their random numbers. */
  public RandomNumbers randomNumbers() {
    return draws.randomNumbers();
  }

  /** The grid that is measured at initialisation. */
  public NetworkAxes network() {
    return initialisation.network();
  }

  /** What the networks are shown at initialisation. */
  public Inputs inputs() {
    return initialisation.inputs();
  }

  /** What is measured at initialisation; none where the sweep only trains. */
  public Set<Probe> probes() {
    return initialisation.probes();
  }

  /** k, read-outs that tangent kernel and curvature are measured of. */
  public int outputs() {
    return initialisation.outputs();
  }
}
