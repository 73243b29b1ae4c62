package org.phasemap.network.graph;

import java.io.Serializable;
import java.util.List;

/**
 * What one input is at a node: so many channels at each position. A batch of m inputs is a matrix
 * of channels × (m · positions); the positions of an input stand side by side, the last dimension
 * of the grid fastest.
 *
 * @param channels rows: units, channels of an image, components of a token
 * @param grid extent of each dimension; empty for a vector, one number for tokens or a line
 */
public record Shape(int channels, List<Integer> grid) implements Serializable {
  /** Copies the grid. */
  public Shape {
    grid = List.copyOf(grid);
    if (channels < 1 || grid.stream().anyMatch(extent -> extent < 1)) {
      throw new IllegalArgumentException("shape " + channels + " at " + grid);
    }
  }

  /** A vector. */
  public static Shape vector(int channels) {
    return new Shape(channels, List.of());
  }

  /** Positions of one input. */
  public int positions() {
    return grid.stream().reduce(1, Math::multiplyExact);
  }

  /** Numbers of one input. */
  public int size() {
    return Math.multiplyExact(channels, positions());
  }

  /** The same positions with other channels. */
  public Shape withChannels(int other) {
    return new Shape(other, grid);
  }
}
