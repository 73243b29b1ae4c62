package org.phasemap.network.architecture;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.network.Architecture;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.network.graph.Shape;

/**
 * A DenseNet of fully connected layers: f_0 = W_0 x of n channels, z_l = W_l φ(norm(f_0, z_1, …,
 * z_{l−1})) of k channels each; the read-out sees φ of them all (ARCHITECTURES 4).
 *
 * @param growth k
 * @param norm normalisation before each φ
 * @param weights how W comes from its numbers
 */
public record DenselyConnected(int growth, Norm norm, Parameterisation weights)
    implements Architecture.Layered {
  private static final Parameter<Integer> GROWTH =
      Parameter.of(
              "growth",
              new ParameterType.Whole(1, 1 << 20),
              12,
              "k, channels that each layer adds to the width's",
              "[12, 24]")
          .said();

  static final Family FAMILY =
      new Family(
          "densenet",
          "fully connected layers that see all layers before them",
          List.of(GROWTH, Common.NORM, Common.WEIGHTS),
          choices ->
              new DenselyConnected(
                  choices.get(GROWTH), choices.get(Common.NORM), choices.get(Common.WEIGHTS)));

  /** Of plain weights. */
  public DenselyConnected(int growth, Norm norm) {
    this(growth, norm, Parameterisation.PLAIN);
  }

  @Override
  public LayerGraph graph(int depth, int width, int dimension) {
    LayerGraph.Builder builder = new LayerGraph.Builder(weights);
    Normalised activation = Normalised.before(norm);
    int x = builder.add(new Operation.Given(Shape.vector(dimension)));
    List<Integer> features = new ArrayList<>();
    features.add(builder.add(Operation.Weighted.dense(width), x));
    for (int l = 1; l <= depth; l++) {
      int h = activation.activate(builder, joined(builder, features));
      features.add(builder.endLayer(builder.add(Operation.Weighted.dense(growth), h)));
    }
    int top = activation.activate(builder, joined(builder, features));
    return builder.readout(Operation.Weighted.dense(1), top);
  }

  private static int joined(LayerGraph.Builder builder, List<Integer> features) {
    return features.size() == 1
        ? features.get(0)
        : builder.add(new Operation.Concatenate(), features);
  }

  @Override
  public String toString() {
    return Choices.NONE
        .with(GROWTH, growth)
        .with(Common.NORM, norm)
        .with(Common.WEIGHTS, weights)
        .text(FAMILY.kind());
  }
}
