package org.phasemap.network.architecture;

import java.util.List;
import java.util.Optional;
import org.phasemap.network.Architecture;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerMap;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.network.graph.Shape;

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
  static final Family FAMILY =
      new Family(
          "mlp",
          "fully connected layers",
          List.of(Common.NORM, Common.PLACE, Common.GAMMA, Common.WEIGHTS),
          Plain::of);

  /** Without a norm, its place and γ say nothing. */
  public Plain {
    place = norm == Norm.NONE ? Place.BEFORE : place;
    gamma = norm == Norm.NONE ? 1 : gamma;
  }

  private static Architecture of(Choices choices) {
    Plain plain =
        new Plain(
            choices.get(Common.NORM),
            choices.get(Common.PLACE),
            choices.get(Common.GAMMA),
            choices.get(Common.WEIGHTS));
    boolean bare = plain.norm == Norm.NONE && plain.weights == Parameterisation.PLAIN;
    return bare ? Architecture.MLP : plain;
  }

  @Override
  public boolean hasPlainLayers() {
    return norm == Norm.NONE && weights != Parameterisation.SPECTRAL_NORM;
  }

  @Override
  public Optional<LayerMap> layerMap() {
    return new Normalised(norm, place, gamma).layerMap(weights);
  }

  @Override
  public LayerGraph graph(int depth, int width, int dimension) {
    LayerGraph.Builder builder = new LayerGraph.Builder(weights);
    Normalised activation = new Normalised(norm, place, gamma);
    int h = builder.add(new Operation.Given(Shape.vector(dimension)));
    for (int l = 1; l <= depth; l++) {
      int z = builder.endLayer(builder.add(Operation.Weighted.dense(width), h));
      h = activation.activate(builder, z);
    }
    return builder.readout(Operation.Weighted.dense(1), h);
  }

  @Override
  public String toString() {
    return Choices.NONE
        .with(Common.NORM, norm)
        .with(Common.PLACE, place)
        .with(Common.GAMMA, gamma)
        .with(Common.WEIGHTS, weights)
        .text(FAMILY.kind());
  }
}
