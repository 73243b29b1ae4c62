package org.phasemap.network.architecture;

import java.util.Collections;
import java.util.List;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Shape;

/** What families of image networks have in common. */
final class Images {
  /** Of one input in one layer: 1 GiB. Machines hold no more, and matrices have int sizes. */
  static final long MOST_NUMBERS = 1 << 28;

  private Images() {}

  /** An input as an image. */
  static Shape shape(List<Integer> size, int dimension) {
    return new Shape(dimension / new Shape(1, size).positions(), size);
  }

  /** Numbers of an image; extents are at most {@link Common#LARGEST}. */
  static long numbers(List<Integer> size, int channels) {
    return size.stream().mapToLong(extent -> extent).reduce(channels, (a, b) -> a * b);
  }

  static void check(List<Integer> size, int kernel, int width, int dimension) {
    long positions = numbers(size, 1);
    if (dimension % positions != 0) {
      throw new Misfit(
          Common.SIZE,
          "%s has %d positions, which do not divide the %d numbers of an input; allowed: a size that"
                  .formatted(size, positions, dimension)
              + " does, or another inputs.dimension");
    }
    if (numbers(size, width) > MOST_NUMBERS) {
      throw new Misfit(
          Common.SIZE,
          "%s with %d channels has more than %d numbers; allowed: smaller images, or another width"
              .formatted(size, width, MOST_NUMBERS));
    }
    for (int extent : size) {
      if (kernel > extent) {
        throw new Misfit(
            Common.KERNEL,
            "%d is larger than the image, %s; allowed: 1 to %d"
                .formatted(kernel, size, Collections.min(size)));
      }
    }
  }

  /** The read-out of an image. */
  static LayerGraph readout(LayerGraph.Builder builder, Readout readout, int from) {
    int seen =
        builder.add(
            readout == Readout.AVERAGE ? new Operation.Average() : new Operation.Flatten(), from);
    return builder.readout(Operation.Weighted.dense(1), seen);
  }
}
