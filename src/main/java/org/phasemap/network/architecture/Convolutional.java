package org.phasemap.network.architecture;

import java.util.List;
import org.phasemap.network.Architecture;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.network.graph.Taps;

/**
 * Convolutions of n channels: z_1 = W_1 * x, z_{l+1} = W_{l+1} * φ(z_l), and a read-out (Xiao 2018;
 * ARCHITECTURES 1).
 *
 * @param size of the image, one number for each dimension; they divide n₀
 * @param kernel taps along each dimension
 * @param padding what lies outside
 * @param groups how channels mix
 * @param readout what the read-out sees
 * @param norm normalisation
 * @param place of it
 * @param weights how W comes from its numbers
 */
public record Convolutional(
    List<Integer> size,
    int kernel,
    Padding padding,
    Groups groups,
    Readout readout,
    Norm norm,
    Place place,
    Parameterisation weights)
    implements Architecture.Layered {
  /** Copies the size. */
  public Convolutional {
    size = List.copyOf(size);
  }

  @Override
  public LayerGraph graph(int depth, int width, int dimension) {
    Images.check(size, kernel, dimension);
    groups.check(width);
    LayerGraph.Builder builder = new LayerGraph.Builder();
    Normalised activation = new Normalised(norm, place, 1);
    int h = builder.add(new Operation.Given(Images.shape(size, dimension)));
    for (int l = 1; l <= depth; l++) {
      int z = builder.endLayer(layer(builder, h, l, width));
      h = activation.activate(builder, z);
    }
    return Images.readout(builder, readout, h);
  }

  /** The first layer mixes all channels: an image has as many as it has. */
  private int layer(LayerGraph.Builder builder, int from, int layer, int width) {
    Taps taps = Taps.of(kernel, padding);
    if (layer == 1) {
      return builder.add(weighted(width, taps, 1), from);
    }
    int spatial = builder.add(weighted(width, taps, groups.count(width)), from);
    return groups.isSeparable()
        ? builder.add(weighted(width, Taps.ONE, 1), spatial)
        : spatial;
  }

  private Operation.Weighted weighted(int width, Taps taps, int groups) {
    return new Operation.Weighted(width, taps, groups, 1, true, weights);
  }

  @Override
  public String toString() {
    return Text.of("convolutional")
        .with("size", size)
        .with("kernel", kernel)
        .with("padding", padding)
        .with("groups", groups, Groups.of(1))
        .with("readout", readout, Readout.FLATTEN)
        .with("norm", norm, Norm.NONE)
        .with("place", place, Place.BEFORE)
        .with("weights", weights, Parameterisation.PLAIN)
        .toString();
  }
}
