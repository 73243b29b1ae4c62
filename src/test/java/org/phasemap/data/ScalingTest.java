package org.phasemap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Standardising, held to the same in decimals of 400 digits. */
class ScalingTest {
  private static final MathContext DIGITS = new MathContext(400);

  private static RawExamples columns(double[]... columns) {
    return new RawExamples(columns.length, new int[columns[0].length], (j, i) -> columns[i][j]);
  }

  private static double[] exact(double[] x) {
    BigDecimal n = BigDecimal.valueOf(x.length);
    BigDecimal mean =
        sum(Arrays.stream(x).mapToObj(BigDecimal::new).toArray(BigDecimal[]::new))
            .divide(n, DIGITS);
    BigDecimal[] d =
        Arrays.stream(x)
            .mapToObj(v -> new BigDecimal(v).subtract(mean, DIGITS))
            .toArray(BigDecimal[]::new);
    BigDecimal[] squares =
        Arrays.stream(d).map(v -> v.multiply(v, DIGITS)).toArray(BigDecimal[]::new);
    BigDecimal deviation = sum(squares).divide(n, DIGITS).sqrt(DIGITS);
    return Arrays.stream(d).mapToDouble(v -> v.divide(deviation, DIGITS).doubleValue()).toArray();
  }

  private static BigDecimal sum(BigDecimal[] terms) {
    return Arrays.stream(terms).reduce(BigDecimal.ZERO, (a, b) -> a.add(b, DIGITS));
  }

  /** Beside it stands a column without offset, so that one map does not take the other's. */
  @ParameterizedTest(name = "{0} + {1} g")
  @CsvSource({
    "0, 1",
    "1.7e9, 1", // Unix times
    "5.4e6, 0.01", // map coordinates
    "1e15, 0.5",
    "-9007199254740992, 1", // every second whole number
    "1e300, 1e299",
    "1e308, 1e292",
    "0, 1e-47",
    "0, 1e-290",
    "1e-200, 1e-214",
  })
  void isThatOfExactArithmetic(double offset, double spread) {
    Random random = new Random(3);
    double[] plain = random.doubles(1000, -4, 4).toArray();
    double[] shifted = Arrays.stream(plain).map(g -> offset + spread * g).toArray();
    RawExamples raw = columns(plain, shifted);
    float[] scaled = Scaling.ofEach(raw).applied(raw).features();
    double[] first = exact(plain);
    double[] second = exact(shifted);
    for (int j = 0; j < plain.length; j++) {
      // Half of float32's spacing, and float64's rounding of a difference and a quotient.
      assertThat((double) scaled[2 * j]).isCloseTo(first[j], within(half(first[j])));
      assertThat((double) scaled[2 * j + 1]).isCloseTo(second[j], within(half(second[j])));
    }
  }

  /** What the mean may be off by, unseen, and half of a float32's spacing. */
  private static double half(double x) {
    return 0x1p-26 + 0.5001 * Math.ulp((float) x);
  }

  /** Rounding the sum of a million equal offsets puts a plain mean many deviations off. */
  @Test
  void aMeanOfManyIsCorrected() {
    double[] x = IntStream.range(0, 1 << 20).mapToDouble(j -> 1e15 + 0.125 + (j & 1)).toArray();
    RawExamples raw = columns(x);
    float[] scaled = Scaling.ofAll(raw).applied(raw).features();
    assertThat(scaled[0]).isEqualTo(-1);
    assertThat(scaled[1]).isEqualTo(1);
    double plain = Arrays.stream(x).reduce(0, Double::sum) / x.length;
    assertThat(Math.abs(plain - 1e15 - 0.625)).as("what it is worth").isGreaterThan(0.5);
  }

  @Test
  void whatDoesNotChangeBecomesZero() {
    double[] constant = new double[1000];
    Arrays.fill(constant, 0.1);
    double[] changing = IntStream.range(0, 1000).asDoubleStream().toArray();
    Scaling scaling = Scaling.ofEach(columns(constant, changing));
    assertThat(scaling.changing()).isEqualTo(1);
    float[] scaled = scaling.applied(columns(constant, changing)).features();
    for (int j = 0; j < 1000; j++) {
      assertThat(scaled[2 * j]).isZero();
    }
  }

  /**
   * Bits of sets that were right before columns were scaled in float64, from commit 606f262: small
   * whole numbers, made-up examples in float32, and whole numbers in a table.
   */
  @Test
  void setsThatFloat32HoldsKeepTheirBits() throws Exception {
    assertThat(hash(Digits.load())).isEqualTo("e8b2e96aa68f522d");
    assertThat(hash(Synthetic.clusters(new DataSource.Clusters(4, 37, 2000, 0.3, 7))))
        .isEqualTo("896b128fcce8075b");
    assertThat(hash(Synthetic.teacherStudent(new DataSource.TeacherStudent(3, 20, 2000, 3))))
        .isEqualTo("859cb02c05e5fdf0");
    Random random = new Random(1);
    Table table = new Table("t", List.of("a", "b", "c", "d"));
    for (int j = 0; j < 5000; j++) {
      table.add(random.nextInt(10_000_000), j);
      table.add(1990 + random.nextInt(30), j);
      table.add(-7.25, j);
      table.add((float) (1000 + random.nextGaussian()), j);
      table.endRow("c" + j % 3, j);
    }
    assertThat(hash(table.split("t"))).isEqualTo("f96d873c953a890a");
    assertThat(table.isChangedWith(table)).isFalse();
  }

  private static String hash(DataSet data) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Examples examples : new Examples[] {data.train(), data.test()}) {
      ByteBuffer bits = ByteBuffer.allocate(4 * examples.features().length);
      for (float x : examples.features()) {
        bits.putFloat(x);
      }
      digest.update(bits.array());
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
  }
}
