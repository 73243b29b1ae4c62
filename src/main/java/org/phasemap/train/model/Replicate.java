package org.phasemap.train.model;

import org.phasemap.kernel.Stream;
import org.phasemap.kernel.Stream.Purpose;

/**
 * One random network's share of the random numbers.
 *
 * @param seed of the spec
 * @param number of the random network, from 0
 */
public record Replicate(long seed, int number) {
  /** Random numbers of a layer, for a purpose. */
  public Stream stream(int layer, Purpose purpose) {
    return new Stream(seed, number, layer, purpose);
  }
}
