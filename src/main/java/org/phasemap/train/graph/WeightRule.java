package org.phasemap.train.graph;

/**
 * Weights W as a function of the numbers V that are trained (ARCHITECTURES 6). Groups of a
 * convolution stand side by side, as in {@link org.phasemap.kernel.graph.parameter.NodeWeights}.
 */
interface WeightRule {
  /** W of V. */
  float[] weights(float[] numbers);

  /**
   * Replaces the gradient by W with that by V, at the V of the last {@link #weights}.
   *
   * @param gradient by W
   */
  void pullBack(float[] gradient);
}
