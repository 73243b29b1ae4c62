package org.phasemap.train;

import org.phasemap.kernel.Stream;
import org.phasemap.kernel.Stream.Purpose;

/**
 * One random network's share of the random numbers.
 *
 * @param seed of the spec
 * @param number of the random network, from 0
 */
record Replicate(long seed, int number) {
  Stream stream(int layer, Purpose purpose) {
    return new Stream(seed, number, layer, purpose);
  }
}
