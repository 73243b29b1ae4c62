package org.phasemap.network.architecture;

import java.util.Collections;
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
 * Fully connected layers whose widths follow a shape (ARCHITECTURES 7). Layer l of L has the width
 * at the shape's place ⌊(l − 1) k/L⌋ of k, scaled so that the widest is n: of {@code [64, 32, 8,
 * 32, 64]}, depth 5 and width 64 are the shape itself, and depth 10 has each of its widths twice.
 *
 * @param widths the shape
 * @param weights how W comes from its numbers
 */
public record Autoencoder(List<Integer> widths, Parameterisation weights)
    implements Architecture.Layered {
  private static final int MOST_WIDTHS = 1000;
  private static final Parameter<List<Integer>> WIDTHS =
      Parameter.of(
              "widths",
              new ParameterType.Wholes(MOST_WIDTHS, new ParameterType.Whole(1, 1 << 20)),
              List.of(64, 32, 8, 32, 64),
              "widths along the depth, in units of the widest, which has the network's width; a list"
                  + " of lists is several shapes",
              "[64, 32, 8, 32, 64]")
          .said();

  static final Family FAMILY =
      new Family(
          "autoencoder",
          "fully connected layers whose widths follow a shape",
          List.of(WIDTHS, Common.WEIGHTS),
          choices -> new Autoencoder(choices.get(WIDTHS), choices.get(Common.WEIGHTS)));

  /** Of plain weights. */
  public Autoencoder(List<Integer> widths) {
    this(widths, Parameterisation.PLAIN);
  }

  /** Copies the widths. */
  public Autoencoder {
    widths = List.copyOf(widths);
  }

  @Override
  public boolean hasPlainLayers() {
    return weights != Parameterisation.SPECTRAL_NORM;
  }

  @Override
  public Optional<LayerMap> layerMap() {
    return Normalised.before(Norm.NONE).layerMap(weights);
  }

  @Override
  public LayerGraph graph(int depth, int width, int dimension) {
    LayerGraph.Builder builder = new LayerGraph.Builder(weights);
    int h = builder.add(new Operation.Given(Shape.vector(dimension)));
    for (int l = 1; l <= depth; l++) {
      int units = units(l, depth, width);
      int z = builder.endLayer(builder.add(Operation.Weighted.dense(units), h));
      h = builder.add(new Operation.Activate(), z);
    }
    return builder.readout(Operation.Weighted.dense(1), h);
  }

  /** Units of layer l = 1 … L. */
  public int units(int layer, int depth, int width) {
    int place = (int) ((long) (layer - 1) * widths.size() / depth);
    double share = (double) widths.get(place) / Collections.max(widths);
    return Math.max(1, (int) Math.round(share * width));
  }

  @Override
  public String toString() {
    return Choices.NONE.with(WIDTHS, widths).with(Common.WEIGHTS, weights).text(FAMILY.kind());
  }
}
