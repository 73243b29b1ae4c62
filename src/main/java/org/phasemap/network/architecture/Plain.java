package org.phasemap.network.architecture;

import org.phasemap.network.Architecture;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.network.graph.Shape;
import org.phasemap.network.graph.Taps;

/**
 * Fully connected layers with what the bare MLP does not have: a normalisation, or weights over
 * their norm.
 *
 * @param norm normalisation
 * @param place before or after φ
 * @param gamma γ of the normalisation
 * @param weights how W comes from its numbers
 */
public record Plain(Norm norm, Place place, double gamma, Parameterisation weights)
    implements Architecture.Layered {
  @Override
  public LayerGraph graph(int depth, int width, int dimension) {
    LayerGraph.Builder builder = new LayerGraph.Builder();
    Normalised activation = new Normalised(norm, place, gamma);
    int h = builder.add(new Operation.Given(Shape.vector(dimension)));
    for (int l = 1; l <= depth; l++) {
      int z = builder.endLayer(builder.add(dense(width), h));
      h = activation.activate(builder, z);
    }
    return builder.readout(Operation.Weighted.dense(1), h);
  }

  private Operation.Weighted dense(int width) {
    return new Operation.Weighted(width, Taps.ONE, 1, 1, true, weights);
  }

  @Override
  public String toString() {
    return Text.of("mlp")
        .with("norm", norm, Norm.NONE)
        .with("place", place, Place.BEFORE)
        .with("gamma", gamma, 1.0)
        .with("weights", weights, Parameterisation.PLAIN)
        .toString();
  }
}
