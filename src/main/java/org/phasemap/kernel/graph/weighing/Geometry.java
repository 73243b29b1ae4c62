package org.phasemap.kernel.graph.weighing;

import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Shape;
import org.phasemap.network.graph.Taps;

/**
 * What layers that are alike share.
 *
 * @param channels that come out
 * @param from an input
 */
public record Geometry(Taps taps, int groups, int channels, Shape from) {
  /** Of a layer. */
  public static Geometry of(Operation.Weighted operation, Shape from) {
    return new Geometry(operation.taps(), operation.groups(), operation.channels(), from);
  }

  /**
   * Numbers that transforms keep outside the heap, for signals or for gradients; 0 where products
   * are direct.
   *
   * @param batch inputs
   */
  public double transforms(int batch) {
    return taps.kernel() == Tiling.TAPS && taps.stride() == 1
        ? Batches.of(from.grid(), groups, from.channels(), channels, batch)
            .map(Batches::numbers)
            .orElse(0.0)
        : 0;
  }
}
