package org.phasemap.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code random.cu} draws the bits of {@link RandomNumbers} and {@link TruncatedNormal}. */
class DeviceRandomTest {
  private static final int STREAMS = 3;

  @TempDir static Path folder;
  private static DeviceProgram program;

  /** Kernels, and what the CPU does instead. */
  private enum Law {
    GAUSSIAN,
    UNIFORM,
    TRUNCATED;

    void fill(Kernel kernel, Matrix out, Stream stream) {
      switch (this) {
        case GAUSSIAN -> kernel.fillGaussian(out, stream);
        case UNIFORM -> kernel.fillUniform(out, stream);
        case TRUNCATED -> kernel.fillTruncated(out, stream);
      }
    }

    String kernel() {
      return "draw_" + name().toLowerCase(Locale.ROOT);
    }
  }

  @BeforeAll
  static void compile() throws Exception {
    program = DeviceProgram.compile("random", folder);
  }

  /** Columns side by side, and rows with gaps; a column of less than half a chunk; odd lengths. */
  @ParameterizedTest
  @CsvSource({"1024, 16, 0", "1024, 16, 1", "1000, 7, 2", "37, 3, 3", "37, 61, 0", "1, 1, 0"})
  void drawsIntoAnyShape(int rows, int columns, int order) throws Exception {
    for (Law law : Law.values()) {
      compare(law, rows, columns, 1, rows, order);
      compare(law, rows, columns, columns + 3, 1, order);
    }
  }

  @ParameterizedTest
  @EnumSource
  void drawsAMillionNumbers(Law law) throws Exception {
    compare(law, 512, 683, 1, 512, 0);
  }

  private static void compare(Law law, int rows, int columns, int down, int right, int order)
      throws Exception {
    int stride = (rows - 1) * down + (columns - 1) * right + 5;
    ByteBuffer draws =
        ByteBuffer.allocate(40 + STREAMS * 6 * Integer.BYTES).order(ByteOrder.nativeOrder());
    draws.putLong(stride).putLong((long) rows * columns);
    draws.putInt(STREAMS).putInt(rows).putInt(down).putInt(right).putInt(order).putInt(0);
    for (int s = 0; s < STREAMS; s++) {
      draws.asIntBuffer().put(Philox.start(stream(s)));
      draws.position(draws.position() + 6 * Integer.BYTES);
    }
    float[] out = new float[STREAMS * stride];
    program.run(draws, law.kernel()).asFloatBuffer().get(out);

    float[] expected = new float[out.length];
    Arrays.fill(expected, Float.NaN);
    try (Kernel kernel = Backends.find("openblas").orElseThrow().open();
        Matrix matrix = kernel.matrix(rows, columns)) {
      for (int s = 0; s < STREAMS; s++) {
        law.fill(kernel, matrix, stream(s));
        float[] numbers = matrix.read();
        for (int i = 0; i < numbers.length; i++) {
          expected[s * stride + i % rows * down + i / rows * right] = numbers[i];
        }
      }
    }
    assertSame(out, expected, "%s %d × %d".formatted(law, rows, columns));
  }

  private static Stream stream(int s) {
    return new Stream(0x123456789abcdefL * (s + 1), s - 1, s + 1, Stream.Purpose.FORWARD);
  }

  @Test
  void keepsWhatTheCpuKeeps() throws Exception {
    int count = 5000;
    Random random = new Random(1);
    for (float p : new float[] {0, 0.25f, 0.3f, Math.nextUp(0.9f), 1}) {
      float[] uniforms = new float[count];
      float[] weights = new float[count];
      for (int i = 0; i < count; i++) {
        uniforms[i] =
            i < 20 ? ((int) (p * 0x1p23f)) * 0x1p-23f : random.nextInt(1 << 23) * 0x1p-23f;
        weights[i] = (float) random.nextGaussian();
      }
      ByteBuffer input = ByteBuffer.allocate(8 + 8 * count).order(ByteOrder.nativeOrder());
      input.putFloat(p).putInt(count).asFloatBuffer().put(uniforms).put(weights);
      float[] kept = new float[count];
      program.run(input, "keep_below").asFloatBuffer().get(kept);
      try (Kernel kernel = Backends.find("openblas").orElseThrow().open();
          Matrix u = kernel.matrix(count, 1);
          Matrix w = kernel.matrix(count, 1)) {
        u.write(uniforms);
        w.write(weights);
        kernel.keepBelow(p, u, w);
        assertSame(kept, w.read(), "p = " + p);
      }
    }
  }

  private static void assertSame(float[] actual, float[] expected, String what) {
    for (int i = 0; i < expected.length; i++) {
      if (Float.floatToIntBits(actual[i]) != Float.floatToIntBits(expected[i])) {
        assertThat(Float.toHexString(actual[i]))
            .as("%s: number %d", what, i)
            .isEqualTo(Float.toHexString(expected[i]));
      }
    }
  }
}
