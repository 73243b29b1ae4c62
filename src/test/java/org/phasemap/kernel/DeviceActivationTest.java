package org.phasemap.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.kernel.formula.ActivationFormulas;
import org.phasemap.kernel.formula.DeviceActivation;
import org.phasemap.network.Activation;
import org.phasemap.network.Bump;
import org.phasemap.network.activation.Activations;

/** {@code activation.cu} has the bits of {@link ActivationFormulas#both}. */
class DeviceActivationTest {
  /** Where a formula of some activation changes, on either side. */
  private static final float[] BORDERS = {
    0f, 0x1p-126f, 0.25f, 0.5f, 1f, 3.832507f, 7.905311f,
    9f, 13f, 14f, 15f, 20f, 37f, 43f,
    43.5f, 52f, 80f, 87f, 88f, 88.72f, 89f,
    104f, 105f, 110f, 1e19f, 1.8e19f, 1e30f, 0x1.fffffep127f
  };

  private static final int ULPS = 4;
  private static final int RANDOM = 1 << 20;

  /** Numbers that the campaign compares at a time, a divisor of all. */
  private static final int BATCH = 1 << 24;

  @TempDir static Path folder;
  private static DeviceProgram program;

  @BeforeAll
  static void compile() throws Exception {
    program = DeviceProgram.compile("activations", folder);
  }

  static List<Activation> activations() {
    return Stream.concat(
            Activations.all().stream(),
            Stream.of(
                Activations.prelu(-0.7), Activations.leakyRelu(1.3), Activations.leakyRelu(0)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("activations")
  void hasTheBitsOfTheCpu(Activation activation) throws Exception {
    compare(activation, points());
  }

  /** All of float32: {@code -Dphasemap.test.floats=all}. */
  @EnabledIfSystemProperty(named = "phasemap.test.floats", matches = "all")
  @ParameterizedTest
  @MethodSource("activations")
  void hasTheBitsOfTheCpuEverywhere(Activation activation) throws Exception {
    float[] z = new float[BATCH];
    int first = 0;
    do {
      for (int i = 0; i < BATCH; i++) {
        z[i] = Float.intBitsToFloat(first + i);
      }
      compare(activation, z);
      first += BATCH;
    } while (first != 0);
  }

  @Test
  void numbersItsKindsAsJavaDoes() throws Exception {
    String source = Files.readString(Path.of("src/main/cuda/activation.cu"));
    assertThat(
            Pattern.compile("(?m)^  X\\((\\w+), ").matcher(source).results().map(this::firstGroup))
        .containsExactlyElementsOf(
            Arrays.stream(DeviceActivation.Kind.values()).map(Enum::name).toList());
  }

  private String firstGroup(MatchResult match) {
    return match.group(1);
  }

  @Test
  void knowsEveryActivationOfTheProductAndNoOther() {
    assertThat(Activations.all())
        .allSatisfy(f -> assertThat(ActivationFormulas.onDevice(f)).as(f.name()).isPresent());
    assertThat(ActivationFormulas.onDevice(Bump.INSTANCE)).isEmpty();
  }

  private static void compare(Activation activation, float[] z) throws Exception {
    ByteBuffer input =
        ByteBuffer.allocate(DeviceActivation.BYTES + Float.BYTES * z.length)
            .order(ByteOrder.nativeOrder());
    ActivationFormulas.onDevice(activation).orElseThrow().put(input);
    input.asFloatBuffer().put(z);
    var result = program.run(input).asFloatBuffer();

    int block = 1 << 16;
    ActivationFormulas formulas = ActivationFormulas.of(activation);
    HeapElements elements = new HeapElements();
    float[] x = new float[Chunk.LENGTH];
    float[] slope = new float[Chunk.LENGTH];
    for (int first = 0; first < z.length; first += x.length) {
      int count = Math.min(x.length, z.length - first);
      System.arraycopy(z, first, x, 0, count);
      formulas.both(elements, x, x, slope);
      int start = first / block * block;
      int length = Math.min(block, z.length - start);
      for (int i = 0; i < count; i++) {
        int value = start + first + i;
        assertSame(result.get(value), x[i], activation, "", z[first + i]);
        assertSame(result.get(value + length), slope[i], activation, "'", z[first + i]);
      }
    }
  }

  /** The same bits; any NaN is as good as another. */
  private static void assertSame(float actual, float expected, Activation f, String mark, float z) {
    if (Float.floatToIntBits(actual) != Float.floatToIntBits(expected)) {
      assertThat(Float.toHexString(actual))
          .as("%s%s(%s = %s)", f, mark, z, Float.toHexString(z))
          .isEqualTo(Float.toHexString(expected));
    }
  }

  private static float[] points() {
    Random random = new Random(1);
    float[] special = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    int borders = 2 * BORDERS.length * (2 * ULPS + 1);
    int exponents = 512 * 256;
    float[] z = Arrays.copyOf(special, special.length + borders + exponents + RANDOM);
    int n = special.length;
    for (float border : BORDERS) {
      for (int ulp = -ULPS; ulp <= ULPS; ulp++) {
        float x = Float.intBitsToFloat(Math.max(0, Float.floatToRawIntBits(border) + ulp));
        z[n++] = x;
        z[n++] = -x;
      }
    }
    for (int i = 0; i < exponents; i++) {
      z[n++] = Float.intBitsToFloat(i % 512 << 23 | random.nextInt(1 << 23));
    }
    while (n < z.length) {
      z[n++] = (float) (random.nextGaussian() * (n % 2 == 0 ? 1 : 40));
    }
    return z;
  }
}
