package org.phasemap.network.architecture;

import java.util.List;
import java.util.Optional;
import org.phasemap.network.Architecture;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerMap;
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
  private static final Parameter<List<Integer>> SIZE = Common.SIZE.said();
  private static final Parameter<Integer> KERNEL = Common.KERNEL.said();
  private static final Parameter<Padding> PADDING = Common.PADDING.said();
  private static final Parameter<Groups> GROUPS =
      Parameter.of(
          "groups",
          new ParameterType.Grouping(
              new ParameterType.Whole(1, 1 << 20),
              new ParameterType.Name<>(
                  List.of(Groups.DEPTHWISE, Groups.SEPARABLE), Groups::toString)),
          Groups.of(1),
          "how channels mix after the first layer: in so many groups of equal size, each alone, or"
              + " each alone and then all of them at each position",
          "[1, depthwise]");
  private static final Parameter<Readout> READOUT =
      Parameter.of(
          "readout",
          ParameterType.Name.of(Readout.class),
          Readout.FLATTEN,
          "what the read-out sees: every position, or their mean",
          "average");

  static final Family FAMILY =
      new Family(
          "convolutional",
          "convolutions with stride 1",
          List.of(
              SIZE, KERNEL, PADDING, GROUPS, READOUT, Common.NORM, Common.PLACE, Common.WEIGHTS),
          Convolutional::of);

  /** Copies the size. Without a norm, its place says nothing. */
  public Convolutional {
    size = List.copyOf(size);
    place = norm == Norm.NONE ? Place.BEFORE : place;
  }

  private static Architecture of(Choices choices) {
    return new Convolutional(
        choices.get(SIZE),
        choices.get(KERNEL),
        choices.get(PADDING),
        choices.get(GROUPS),
        choices.get(READOUT),
        choices.get(Common.NORM),
        choices.get(Common.PLACE),
        choices.get(Common.WEIGHTS));
  }

  @Override
  public boolean hasPlainLayers() {
    return norm == Norm.NONE && weights != Parameterisation.SPECTRAL_NORM && groups.number() > 0;
  }

  @Override
  public Optional<LayerMap> layerMap() {
    boolean isUniform = kernel == 1 || padding != Padding.ZERO;
    return isUniform && groups.number() > 0
        ? new Normalised(norm, place, 1).layerMap(weights)
        : Optional.empty();
  }

  @Override
  public LayerGraph graph(int depth, int width, int dimension) {
    Images.check(size, kernel, dimension);
    if (groups.number() > 0 && width % groups.number() != 0) {
      throw new Misfit(
          GROUPS,
          "%d groups do not divide a width of %d; allowed: a divisor of it, depthwise, separable"
              .formatted(groups.number(), width));
    }
    LayerGraph.Builder builder = new LayerGraph.Builder(weights);
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
    return groups.isSeparable() ? builder.add(weighted(width, Taps.ONE, 1), spatial) : spatial;
  }

  private static Operation.Weighted weighted(int width, Taps taps, int groups) {
    return new Operation.Weighted(width, taps, groups, 1, true, Parameterisation.PLAIN);
  }

  @Override
  public String toString() {
    return Choices.NONE
        .with(SIZE, size)
        .with(KERNEL, kernel)
        .with(PADDING, padding)
        .with(GROUPS, groups)
        .with(READOUT, readout)
        .with(Common.NORM, norm)
        .with(Common.PLACE, place)
        .with(Common.WEIGHTS, weights)
        .text(FAMILY.kind());
  }
}
