package org.phasemap.kernel.graph.weighing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Taps;

/** Convolutions and their transposes beside sums in float64, of images tiled and not. */
class ConvolvingTest {
  private static final int IN = 16;
  private static final int OUT = 18;
  private static final int BATCH = 32;

  private final Random random = new Random(8);

  @ParameterizedTest
  @CsvSource({
    "3, 3, ZERO",
    "3, 3, REFLECT",
    "4, 7, CIRCULAR",
    "4, 7, ZERO",
    "9, 9, CIRCULAR",
    "9, 9, ZERO",
    "2, 2, CIRCULAR",
    "5, 5, ZERO"
  })
  void bothWaysAreSums(int lines, int length, Padding padding) {
    List<Integer> grid = List.of(lines, length);
    int positions = lines * length;
    int[][] sources = Taps.of(3, padding).sources(grid);
    float[] weights = gaussian(OUT * IN * 9);
    float[] h = gaussian(IN * positions * BATCH);
    float[] g = gaussian(OUT * positions * BATCH);
    double[] up = new double[g.length];
    double[] down = new double[h.length];
    for (int column = 0; column < positions * BATCH; column++) {
      for (int tap = 0; tap < sources.length; tap++) {
        int source = sources[tap][column % positions];
        int from = (column / positions * positions + source) * IN;
        for (int w = 0; source != Taps.OUTSIDE && w < IN * OUT; w++) {
          double weight = weights[tap * IN * OUT + w];
          up[column * OUT + w % OUT] += weight * h[from + w / OUT];
          down[from + w / OUT] += weight * g[column * OUT + w % OUT];
        }
      }
    }
    try (Kernel kernel = Backends.preferred().open();
        Convolving convolving =
            new Convolving(kernel, new Patches(sources, positions, IN, 1), grid, 1, OUT, BATCH);
        Matrix w = kernel.matrix(OUT, IN * 9);
        Matrix below = kernel.matrix(IN, positions * BATCH);
        Matrix above = kernel.matrix(OUT, positions * BATCH)) {
      w.write(weights);
      below.write(h);
      convolving.up(Blocks.of(w), below, above);
      assertThat(countOff(above.read(), up)).isZero();

      above.write(g);
      convolving.down(Blocks.of(w), above, below);
      assertThat(countOff(below.read(), down)).isZero();
    }
  }

  /** Entries that are off by more than float32's rounding. */
  private static long countOff(float[] found, double[] exact) {
    long count = 0;
    for (int i = 0; i < exact.length; i++) {
      count += Math.abs(found[i] - exact[i]) < 1e-4 ? 0 : 1;
    }
    return count;
  }

  private float[] gaussian(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}
