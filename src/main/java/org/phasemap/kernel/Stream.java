package org.phasemap.kernel;

/**
 * Names one stream of random numbers. Equal names give equal numbers wherever and whenever they are
 * drawn, and different names independent ones.
 *
 * @param seed of the spec
 * @param replicate number of the random network
 * @param layer 1 for the first hidden layer; 0 where there is none; below 2²⁴
 * @param purpose what the numbers are for
 */
public record Stream(long seed, int replicate, int layer, Purpose purpose) {
  /** What random numbers are for. The order is part of every result: append only. */
  public enum Purpose {
    WEIGHTS,
    BIASES,
    MASK,
    READOUT,
    READOUT_BIAS,
    READOUT_MASK,
    INPUTS,
    BATCHES,
    /** What a layer's weights do to the columns that come up, and to those that come down. */
    FORWARD,
    FORWARD_REST,
    BACKWARD,
    /** Where the tangents start that probe a Jacobian. */
    TANGENTS,
    /** Of the outputs of a batch whose gradients are added up. */
    SIGNS
  }
}
