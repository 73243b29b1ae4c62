package org.phasemap.kernel.graph.weighing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Taps;

/** Winograd's convolutions beside sums in float64. */
class TiledProductTest {
  private static final List<Integer> GRID = List.of(9, 14);
  private static final int POSITIONS = 9 * 14;
  private static final int IN = 24;
  private static final int OUT = 20;
  private static final int BATCH = 3;

  private final Random random = new Random(5);

  /** Root mean squares: a sum of 216 products in float32 is off by 1e-7 to 3e-7. */
  @ParameterizedTest
  @EnumSource(Padding.class)
  void errorsAreFloat32sRounding(Padding padding) {
    int[][] sources = Taps.of(3, padding).sources(GRID);
    float[] weights = gaussian(OUT * IN * 9);
    float[] h = gaussian(IN * POSITIONS * BATCH);
    double[] exact = convolved(sources, weights, h);
    float[] found = product(sources, weights, h);
    double error = 0;
    double square = 0;
    for (int i = 0; i < exact.length; i++) {
      error += (found[i] - exact[i]) * (found[i] - exact[i]);
      square += exact[i] * exact[i];
    }

    assertThat(Math.sqrt(error / square)).isBetween(1e-8, 1e-6);
  }

  /** Both on the way down: each tap sees the place that the one across the centre saw. */
  @Test
  void mirroredTapsAreTheSameConvolutionWithTapsInReverse() {
    int[][] sources = Taps.of(3, Padding.CIRCULAR).sources(GRID);
    int[][] mirrored = new int[9][];
    Arrays.setAll(mirrored, tap -> sources[8 - tap]);
    float[] weights = gaussian(OUT * IN * 9);
    float[] h = gaussian(IN * POSITIONS * BATCH);
    double[] exact = convolved(mirrored, weights, h);
    float[] found = product(mirrored, weights, h);

    assertThat(Tiling.of(mirrored, GRID).orElseThrow().mirrored()).isTrue();
    for (int i = 0; i < exact.length; i++) {
      assertThat((double) found[i]).isCloseTo(exact[i], within(1e-4));
    }
  }

  @Test
  void outputsThatSeeNothingStayZero() {
    int[][] sources = Taps.of(3, Padding.ZERO).sources(GRID);
    float[] h = gaussian(IN * POSITIONS * BATCH);
    for (int position = 0; position < 4 * 14; position++) {
      Arrays.fill(h, position * IN, (position + 1) * IN, 0);
    }
    float[] found = product(sources, gaussian(OUT * IN * 9), h);

    assertThat(Arrays.copyOf(found, 3 * 14 * OUT)).containsOnly(0);
    assertThat(found[3 * 14 * OUT]).isNotZero();
  }

  /** A unit's few weights may all see 0, where its other channels do not. */
  @Test
  void outputsWhoseMaskedWeightsSeeNothingStayZero() {
    int[][] sources = Taps.of(3, Padding.CIRCULAR).sources(GRID);
    float[] weights = gaussian(OUT * IN * 9);
    float[] h = gaussian(IN * POSITIONS * BATCH);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextDouble() < 0.05 ? weights[i] : 0;
    }
    for (int i = 0; i < h.length; i++) {
      h[i] = Math.max(h[i], 0);
    }
    double[] exact = convolved(sources, weights, h);
    float[] found = product(sources, weights, h);

    assertThat(exact).contains(0);
    for (int i = 0; i < exact.length; i++) {
      assertThat(found[i] == 0).as("%d", i).isEqualTo(exact[i] == 0);
    }
  }

  /** The first channels of each position are small; the last is at the end. */
  @Test
  void oneLargeChannelIsEnoughForDirectProducts() {
    int[][] sources = Taps.of(3, Padding.CIRCULAR).sources(GRID);
    float[] weights = gaussian(OUT * IN * 9);
    for (int i = 0; i < weights.length; i++) {
      boolean ofLast = i / OUT % IN == IN - 1;
      weights[i] = !ofLast ? weights[i] : i / (IN * OUT) == 4 ? 1 : 1e-30f;
    }
    float[] h = gaussian(IN * POSITIONS * BATCH);
    for (int i = IN - 1; i < h.length; i += IN) {
      h[i] = 0x1p127f;
    }

    for (float z : product(sources, weights, h)) {
      assertThat(z / 0x1p127f).isBetween(0.999f, 1.001f);
    }
  }

  @Test
  void numbersThatAreNoneReachOnlyTheirOutputs() {
    int[][] sources = Taps.of(3, Padding.CIRCULAR).sources(GRID);
    float[] h = gaussian(IN * POSITIONS * BATCH);
    h[(5 * 14 + 5) * IN + 7] = Float.NaN;
    float[] found = product(sources, gaussian(OUT * IN * 9), h);

    for (int i = 0; i < found.length; i++) {
      int position = i / OUT;
      boolean near = Math.abs(position / 14 - 5) <= 1 && Math.abs(position % 14 - 5) <= 1;
      assertThat(Float.isNaN(found[i])).isEqualTo(near);
    }
  }

  /** Tiles of 4 × 4 outputs that are half full, or fuller, and not too many for the memory. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, false",
    "2, 2, false",
    "3, 3, true",
    "4, 4, true",
    "5, 5, false",
    "2, 8, true",
    "1, 64, false",
    "8, 8, true",
    "9, 14, true",
    "128, 128, true",
    "129, 129, false"
  })
  void imagesAreTiledWhereItPays(int lines, int length, boolean tiled) {
    List<Integer> grid = List.of(lines, length);

    assertThat(Batches.of(grid, 1, IN, OUT, 64).isPresent()).isEqualTo(tiled);
  }

  @Test
  void smallImagesGetDirectProducts() {
    List<Integer> grid = List.of(2, 2);
    Patches patches = new Patches(Taps.of(3, Padding.ZERO).sources(grid), 4, IN, 1);
    try (Kernel kernel = Backends.preferred().open()) {
      PatchProduct direct = new PatchProduct(kernel, patches, 1, OUT, 64);

      assertThat(TiledProduct.orDirect(kernel, direct, patches, grid, 1, OUT, 64)).isSameAs(direct);
    }
  }

  @Test
  void numbersNearTheEndOfFloat32DoNotOverflowEarly() {
    int[][] sources = Taps.of(3, Padding.CIRCULAR).sources(GRID);
    float[] weights = new float[OUT * IN * 9];
    Arrays.fill(weights, 4 * IN * OUT, 5 * IN * OUT, 1f / IN);
    float[] h = new float[IN * POSITIONS * BATCH];
    Arrays.fill(h, 0x1p127f);

    for (float z : product(sources, weights, h)) {
      assertThat(z / 0x1p127f).isBetween(0.999f, 1.001f);
    }
  }

  @Test
  void equalInputsStayEqualToTheBit() {
    int[][] sources = Taps.of(3, Padding.REFLECT).sources(GRID);
    float[] one = gaussian(IN * POSITIONS);
    float[] h = new float[one.length * BATCH];
    for (int input = 0; input < BATCH; input++) {
      System.arraycopy(one, 0, h, input * one.length, one.length);
    }
    float[] found = product(sources, gaussian(OUT * IN * 9), h);
    int size = OUT * POSITIONS;

    assertThat(Arrays.copyOfRange(found, size, 2 * size)).isEqualTo(Arrays.copyOf(found, size));
    assertThat(Arrays.copyOfRange(found, 2 * size, 3 * size)).isEqualTo(Arrays.copyOf(found, size));
  }

  @Test
  void stridesHaveNoTiles() {
    int[][] sources = new Taps(3, 2, Padding.ZERO, false).sources(List.of(8, 8));

    assertThat(Tiling.of(sources, List.of(4, 4))).isEmpty();
  }

  private float[] gaussian(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private static float[] product(int[][] sources, float[] weights, float[] h) {
    try (Kernel kernel = Backends.preferred().open();
        Matrix w = kernel.matrix(OUT, weights.length / OUT);
        Matrix in = kernel.matrix(IN, h.length / IN);
        Matrix out = kernel.matrix(OUT, h.length / IN)) {
      Patches patches = new Patches(sources, POSITIONS, IN, 1);
      PatchProduct direct = new PatchProduct(kernel, patches, 1, OUT, BATCH);
      w.write(weights);
      in.write(h);
      try (TapProduct tiled = TiledProduct.orDirect(kernel, direct, patches, GRID, 1, OUT, BATCH)) {
        assertThat(tiled).isInstanceOf(TiledProduct.class);
        tiled.multiply(Blocks.of(w), in, out);
      }
      return out.read();
    }
  }

  private static double[] convolved(int[][] sources, float[] weights, float[] h) {
    double[] z = new double[OUT * POSITIONS * BATCH];
    for (int column = 0; column < POSITIONS * BATCH; column++) {
      for (int tap = 0; tap < sources.length; tap++) {
        int source = sources[tap][column % POSITIONS];
        int from = (column / POSITIONS * POSITIONS + source) * IN;
        for (int c = 0; source != Taps.OUTSIDE && c < IN; c++) {
          for (int o = 0; o < OUT; o++) {
            z[column * OUT + o] += (double) weights[(tap * IN + c) * OUT + o] * h[from + c];
          }
        }
      }
    }
    return z;
  }
}
