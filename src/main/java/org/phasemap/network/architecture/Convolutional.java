package org.phasemap.network.architecture;

import java.util.Collections;
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
 * @param taps of layers 2 to L; layer 1 has the same kernel and padding, and keeps the size
 * @param pools after some of the layers
 * @param groups how channels mix
 * @param readout what the read-out sees
 * @param norm normalisation
 * @param place of it
 * @param weights how W comes from its numbers
 */
public record Convolutional(
    List<Integer> size,
    Taps taps,
    Pools pools,
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
  private static final Parameter<Integer> STRIDE =
      Parameter.of(
          "stride",
          new ParameterType.Whole(1, 64),
          1,
          "s of layers 2 to L: each makes the image s times smaller along each dimension, or larger"
              + " where it is `transposed`",
          "[1, 2]");
  private static final Parameter<Boolean> TRANSPOSED =
      Parameter.of(
          "transposed",
          new ParameterType.Truth(),
          false,
          "whether layers 2 to L are transposed convolutions: output s·a + b is reached from a by"
              + " tap b",
          "[false, true]");
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
          "convolutions",
          List.of(
              SIZE,
              KERNEL,
              PADDING,
              GROUPS,
              READOUT,
              Common.NORM,
              Common.PLACE,
              Common.WEIGHTS,
              STRIDE,
              TRANSPOSED,
              Pools.KIND,
              Pools.WINDOW,
              Pools.EVERY),
          Convolutional::of);

  /** Copies the size. Without a norm, its place says nothing. */
  public Convolutional {
    size = List.copyOf(size);
    place = norm == Norm.NONE ? Place.BEFORE : place;
  }

  /** Without pools. */
  public Convolutional(
      List<Integer> size,
      Taps taps,
      Groups groups,
      Readout readout,
      Norm norm,
      Place place,
      Parameterisation weights) {
    this(size, taps, Pools.NONE, groups, readout, norm, place, weights);
  }

  /** Of stride 1, without pools. */
  public Convolutional(
      List<Integer> size,
      int kernel,
      Padding padding,
      Groups groups,
      Readout readout,
      Norm norm,
      Place place,
      Parameterisation weights) {
    this(size, Taps.of(kernel, padding), groups, readout, norm, place, weights);
  }

  /** The same with pools. */
  public Convolutional pooled(Pools with) {
    return new Convolutional(size, taps, with, groups, readout, norm, place, weights);
  }

  private static Architecture of(Choices choices) {
    return new Convolutional(
        choices.get(SIZE),
        new Taps(
            choices.get(KERNEL),
            choices.get(STRIDE),
            choices.get(PADDING),
            choices.get(TRANSPOSED)),
        Pools.of(choices),
        choices.get(GROUPS),
        choices.get(READOUT),
        choices.get(Common.NORM),
        choices.get(Common.PLACE),
        choices.get(Common.WEIGHTS));
  }

  @Override
  public int period() {
    return pools.every();
  }

  @Override
  public boolean hasPlainLayers() {
    return hasAllTaps()
        && pools.isNone()
        && norm == Norm.NONE
        && weights != Parameterisation.SPECTRAL_NORM
        && groups.number() > 0;
  }

  @Override
  public Optional<LayerMap> layerMap() {
    boolean isUniform = taps.kernel() == 1 || taps.padding() != Padding.ZERO;
    return hasAllTaps() && pools.isNone() && isUniform && groups.number() > 0
        ? new Normalised(norm, place, 1).layerMap(weights)
        : Optional.empty();
  }

  /** Whether k^d taps reach each output, but for borders; larger strides leave some out. */
  private boolean hasAllTaps() {
    return !taps.transposed() || taps.stride() == 1;
  }

  @Override
  public LayerGraph graph(int depth, int width, int dimension) {
    Images.check(size, taps.kernel(), width, dimension);
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
      h = pools.after(builder, l, activation.activate(builder, z));
    }
    return Images.readout(builder, readout, h);
  }

  /** The first layer mixes all channels: an image has as many as it has. */
  private int layer(LayerGraph.Builder builder, int from, int layer, int width) {
    if (layer == 1) {
      return builder.add(weighted(width, Taps.of(taps.kernel(), taps.padding()), 1), from);
    }
    checkSize(builder.shape(from).grid(), layer, width);
    int spatial = builder.add(weighted(width, taps, groups.count(width)), from);
    return groups.isSeparable() ? builder.add(weighted(width, Taps.ONE, 1), spatial) : spatial;
  }

  /**
   * Taps that meet twice at a position of an image would not be independent; outside of one they
   * may be as many as they are where nothing lies there. What comes out of the last layer no kernel
   * reads.
   */
  private void checkSize(List<Integer> from, int layer, int width) {
    if (taps.padding() != Padding.ZERO && Collections.min(from) < taps.kernel()) {
      boolean isPooled = taps.stride() == 1;
      throw new Misfit(
          isPooled ? Pools.EVERY : STRIDE,
          "%d makes an image of %s, which layer %d reads; allowed: extents from %d, the kernel's"
              .formatted(isPooled ? pools.every() : taps.stride(), from, layer, taps.kernel()));
    }
    List<Integer> next = taps.out(from);
    if (Collections.max(next) > Common.LARGEST) {
      throw new Misfit(
          STRIDE,
          "%d makes an image of %s in layer %d; allowed: extents up to %d"
              .formatted(taps.stride(), next, layer, Common.LARGEST));
    }
    if (Images.numbers(next, width) > Images.MOST_NUMBERS) {
      throw new Misfit(
          STRIDE,
          "%d makes an image of %s with %d channels in layer %d; allowed: up to %d numbers"
              .formatted(taps.stride(), next, width, layer, Images.MOST_NUMBERS));
    }
  }

  private static Operation.Weighted weighted(int width, Taps taps, int groups) {
    return new Operation.Weighted(width, taps, groups, 1, true, Parameterisation.PLAIN);
  }

  @Override
  public String toString() {
    Choices before =
        Choices.NONE
            .with(SIZE, size)
            .with(KERNEL, taps.kernel())
            .with(PADDING, taps.padding())
            .with(GROUPS, groups)
            .with(READOUT, readout)
            .with(Common.NORM, norm)
            .with(Common.PLACE, place)
            .with(Common.WEIGHTS, weights)
            .with(STRIDE, taps.stride())
            .with(TRANSPOSED, taps.transposed());
    return pools.in(before).text(FAMILY.kind());
  }
}
