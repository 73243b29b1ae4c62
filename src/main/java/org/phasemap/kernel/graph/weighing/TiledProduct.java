package org.phasemap.kernel.graph.weighing;

import java.util.Arrays;
import java.util.List;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.network.graph.Taps;

/**
 * Products by {@link Winograd}'s transforms of images that are cut into tiles, some inputs at a
 * time. What comes out is rounded to the largest entries of its tile, so that an output that sees
 * nothing would not stay 0: where all channels of a position are 0, products are direct. So they
 * are where a weight is 0, as those that a mask drops are: those that are left may see nothing. And
 * so they are near the end of float32's range, which the transforms reach earlier.
 */
final class TiledProduct implements TapProduct {
  /** Sizes from which products are direct. */
  private static final float LARGE = 0x1p100f;

  private final Kernel kernel;
  private final PatchProduct direct;
  private final Tiling tiling;
  private final int positions;
  private final int inputs;
  private final int in;
  private final int out;
  private final Winograd winograd = new Winograd();

  /** Of weights; for each plane, out × in. */
  private final Blocks taps;

  /** For each plane, channels × (inputs · tiles). */
  private final Blocks images;

  private final Blocks products;

  /** Entries of the weights. */
  private final float[] weights;

  /** Entries of the inputs that are taken. */
  private final float[] taken;

  /** What comes out of them. */
  private final float[] made;

  private TiledProduct(
      Kernel kernel, PatchProduct direct, Tiling tiling, int positions, Batches batches) {
    this.kernel = kernel;
    this.direct = direct;
    this.tiling = tiling;
    this.positions = positions;
    in = batches.in();
    out = batches.out();
    inputs = batches.inputs();
    int columns = batches.columns();
    taps = kernel.blocks(out, in, Winograd.PLANES);
    images = kernel.blocks(in, columns, Winograd.PLANES);
    products = kernel.blocks(out, columns, Winograd.PLANES);
    weights = new float[Tiling.TAPS * Tiling.TAPS * in * out];
    taken = new float[in * inputs * positions];
    made = new float[out * inputs * positions];
  }

  /**
   * The faster of two products.
   *
   * @param direct closed with what is returned
   * @param grid of an input
   * @param channels that come out
   */
  static TapProduct orDirect(
      Kernel kernel,
      PatchProduct direct,
      Patches patches,
      List<Integer> grid,
      int groups,
      int channels,
      int batch) {
    return Batches.of(grid, groups, patches.channels(), channels, batch)
        .flatMap(
            batches ->
                patches
                    .tiling(grid)
                    .<TapProduct>map(
                        tiling ->
                            new TiledProduct(kernel, direct, tiling, patches.positions(), batches)))
        .orElse(direct);
  }

  @Override
  public void multiply(Blocks weights, Matrix h, Matrix z) {
    weights.all().readInto(this.weights);
    if (hasZeros(this.weights)) {
      direct.multiply(weights, h, z);
      return;
    }
    transformTaps();
    int batch = h.columns() / positions;
    for (int first = 0; first < batch; first += inputs) {
      int count = Math.min(inputs, batch - first);
      h.view(first * positions, count * positions).readInto(taken);
      if (!isOrdinary(count * positions)) {
        direct.multiply(weights, h, z);
        return;
      }
      gather(count * tiling.tiles());
      multiply(count * tiling.tiles());
      scatter(count * tiling.tiles());
      z.view(first * positions, count * positions).writeFrom(made);
    }
  }

  private static boolean hasZeros(float[] numbers) {
    for (float number : numbers) {
      if (number == 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether no position is empty and no entry near the end of float32, nor beyond. */
  private boolean isOrdinary(int columns) {
    for (int first = 0; first < columns * in; first += in) {
      if (isEmpty(first)) {
        return false;
      }
    }
    for (int i = 0; i < columns * in; i++) {
      if (!(Math.abs(taken[i]) < LARGE)) {
        return false;
      }
    }
    return true;
  }

  /** Whether all channels of a position are 0. */
  private boolean isEmpty(int first) {
    for (int c = first; c < first + in; c++) {
      if (taken[c] != 0) {
        return false;
      }
    }
    return true;
  }

  private void transformTaps() {
    int columns = Winograd.LENGTH / out;
    for (int first = 0; first < in; first += columns) {
      int count = Math.min(columns, in - first);
      for (int tap = 0; tap < Tiling.TAPS * Tiling.TAPS; tap++) {
        float[] to = winograd.plane(tap / Tiling.TAPS * Tiling.PLACES + tap % Tiling.TAPS);
        System.arraycopy(weights, (tap * in + first) * out, to, 0, count * out);
      }
      winograd.transformTaps();
      for (int plane = 0; plane < Winograd.PLANES; plane++) {
        taps.block(plane).view(first, count).writeFrom(winograd.plane(plane));
      }
    }
  }

  /** What the tiles see, transformed, becomes images. */
  private void gather(int count) {
    int tiles = Winograd.LENGTH / in;
    for (int first = 0; first < count; first += tiles) {
      int end = Math.min(count, first + tiles);
      for (int plane = 0; plane < Winograd.PLANES; plane++) {
        gather(plane, first, end);
      }
      winograd.transformPlaces();
      for (int plane = 0; plane < Winograd.PLANES; plane++) {
        images.block(plane).view(first, end - first).writeFrom(winograd.plane(plane));
      }
    }
  }

  private void gather(int plane, int first, int end) {
    int[] seen = tiling.seen()[plane];
    float[] to = winograd.plane(plane);
    int tile = first % seen.length;
    int image = first / seen.length * positions;
    for (int at = 0; at < (end - first) * in; at += in) {
      int source = seen[tile];
      if (source == Taps.OUTSIDE) {
        Arrays.fill(to, at, at + in, 0);
      } else {
        System.arraycopy(taken, (image + source) * in, to, at, in);
      }
      if (++tile == seen.length) {
        tile = 0;
        image += positions;
      }
    }
  }

  private void multiply(int count) {
    for (int plane = 0; plane < Winograd.PLANES; plane++) {
      Blocks own = inputs(images.block(plane).view(0, count));
      Blocks to = inputs(products.block(plane).view(0, count));
      int of = tiling.mirrored() ? Winograd.mirrored(plane) : plane;
      kernel.multiply(taps.view(of, 1), own, to);
    }
  }

  /** Each by itself: equal inputs stay equal to the bit. */
  private Blocks inputs(Matrix columns) {
    return new Blocks(columns, tiling.tiles(), tiling.tiles());
  }

  /** The products, transformed, go to their outputs' places. */
  private void scatter(int count) {
    int tiles = Winograd.LENGTH / out;
    for (int first = 0; first < count; first += tiles) {
      int end = Math.min(count, first + tiles);
      for (int plane = 0; plane < Winograd.PLANES; plane++) {
        products.block(plane).view(first, end - first).readInto(winograd.plane(plane));
      }
      winograd.transformProducts();
      for (int output = 0; output < tiling.made().length; output++) {
        scatter(output, first, end);
      }
    }
  }

  private void scatter(int output, int first, int end) {
    int[] to = tiling.made()[output];
    float[] from = winograd.plane(Winograd.outputPlane(output));
    int tile = first % to.length;
    int image = first / to.length * positions;
    for (int at = 0; at < (end - first) * out; at += out) {
      if (to[tile] != Taps.OUTSIDE) {
        System.arraycopy(from, at, made, (image + to[tile]) * out, out);
      }
      if (++tile == to.length) {
        tile = 0;
        image += positions;
      }
    }
  }

  @Override
  public void close() {
    direct.close();
    taps.all().close();
    images.all().close();
    products.all().close();
  }
}
