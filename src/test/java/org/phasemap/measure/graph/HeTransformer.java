package org.phasemap.measure.graph;

import java.util.List;
import org.phasemap.network.Architecture;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.network.graph.Shape;
import org.phasemap.network.graph.Taps;

/** Pre-LN blocks whose first feed-forward weights have twice the variance of all others. */
record HeTransformer(int tokens, int heads, double cosine) implements Architecture.Layered {
  @Override
  public LayerGraph graph(int depth, int width, int dimension) {
    LayerGraph.Builder builder = new LayerGraph.Builder();
    int given = builder.add(new Operation.Given(Shape.vector(dimension)));
    int embedded = builder.add(new Operation.Tokens(tokens, cosine), given);
    int x = builder.add(Weighted.dense(width).unbiased(), embedded);
    Weighted projection = Weighted.dense(width).unbiased();
    for (int block = 0; block < depth; block++) {
      int y = builder.add(new Operation.Normalise(Norm.LAYER, 1), x);
      int attended =
          builder.add(
              new Operation.Attend(heads),
              builder.add(projection, y),
              builder.add(projection, y),
              builder.add(projection, y));
      x = sum(builder, x, builder.add(projection, attended));
      int normed = builder.add(new Operation.Normalise(Norm.LAYER, 1), x);
      int hidden =
          builder.add(
              new Weighted(4 * width, Taps.ONE, 1, 2, true, Parameterisation.PLAIN), normed);
      int active = builder.add(new Operation.Activate(), hidden);
      x = sum(builder, x, builder.add(projection, active));
      builder.endLayer(x);
    }
    return builder.readout(Weighted.dense(1), builder.add(new Operation.Average(), x));
  }

  private static int sum(LayerGraph.Builder builder, int x, int branch) {
    return builder.add(new Operation.Sum(List.of(1.0, 1.0)), x, branch);
  }
}
