package org.phasemap.kernel.graph;

import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.graph.parameter.NodeParameters;
import org.phasemap.kernel.graph.parameter.UnseenWeights;
import org.phasemap.kernel.graph.weighing.Weighing;

/** What the weights W of a node do in one geometry, whether they are there or not. */
sealed interface Product {
  /** Overwrites z with W h. */
  void up(Matrix h, Matrix z);

  /** Overwrites {@code out} with Wᵀ g. */
  void down(Matrix g, Matrix out);

  /** As {@link Weighing#addGradient}. */
  void addGradient(double alpha, Matrix g, Matrix h, int first, int count, Blocks gradient);

  /** Of parameters that the geometry fits. */
  static Product of(NodeParameters parameters, Weighing geometry) {
    return parameters instanceof UnseenWeights unseen
        ? new Unseen(unseen, geometry)
        : new Explicit(parameters.weights(), geometry);
  }

  /** Of weights that are there. */
  record Explicit(Blocks weights, Weighing geometry) implements Product {
    @Override
    public void up(Matrix h, Matrix z) {
      geometry.up(weights, h, z);
    }

    @Override
    public void down(Matrix g, Matrix out) {
      geometry.down(weights, g, out);
    }

    @Override
    public void addGradient(
        double alpha, Matrix g, Matrix h, int first, int count, Blocks gradient) {
      geometry.addGradient(alpha, g, h, first, count, gradient);
    }
  }

  /** Of weights that are never formed. */
  record Unseen(UnseenWeights weights, Weighing geometry) implements Product {
    @Override
    public void up(Matrix h, Matrix z) {
      weights.up(h, z);
    }

    @Override
    public void down(Matrix g, Matrix out) {
      weights.down(g, out);
    }

    @Override
    public void addGradient(
        double alpha, Matrix g, Matrix h, int first, int count, Blocks gradient) {
      try (Matrix coordinates = weights.coordinates(h)) {
        geometry.addGradient(alpha, g, coordinates, first, count, gradient);
      }
    }
  }
}
