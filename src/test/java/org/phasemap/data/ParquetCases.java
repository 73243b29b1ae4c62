package org.phasemap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.phasemap.data.ParquetFiles.NONE;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The lines of docs/data.md on Parquet's types. Columns stand in pairs: a double, and the same
 * value as another type has it, which is to be read alike to the last bit.
 */
final class ParquetCases {
  private static final String LABEL = " required binary y (STRING);";

  private ParquetCases() {}

  static Map<String, DocCase> all() {
    Map<String, DocCase> cases = new HashMap<>(ParquetFileCases.all());
    addWholeNumbers(cases);
    addOtherNumbers(cases);
    addLabels(cases);
    addRefusedTypes(cases);
    return cases;
  }

  /** A file whose columns are pairs, and whose labels are such classes. */
  private static DocCase read(String fields, int[] labels, Object[]... rows) {
    return new DocCase(
        folder -> ParquetFiles.write(folder, fields, UnaryOperator.identity(), rows),
        read -> {
          assertPairs(read.train());
          assertThat(read.train().labels()).isEqualTo(labels);
        });
  }

  static void assertPairs(Examples read) {
    for (int i = 0; i < read.features().length; i += 2) {
      assertThat(read.features()[i + 1]).as("number " + i).isEqualTo(read.features()[i]);
    }
  }

  private static DocCase refused(String fields, Object[]... rows) {
    return DocCase.refused(
        folder -> ParquetFiles.write(folder, fields, UnaryOperator.identity(), rows));
  }

  private static Object[] row(Object... values) {
    return values;
  }

  private static void addWholeNumbers(Map<String, DocCase> cases) {
    int[] labels = {0, 1, 2};
    cases.put(
        "INT32, INT64",
        read(
            "required double a; required int32 b; required double c; required int64 d; required int64 y;",
            labels,
            row(-0x1p31, Integer.MIN_VALUE, -0x1p63, Long.MIN_VALUE, -7L),
            row(5.0, 5, 0x1p53 + 2, (1L << 53) + 2, 9L),
            row(0x1p31 - 1, Integer.MAX_VALUE, 7.0, 7L, 10L)));
    cases.put(
        "INT(8), INT(16), INT(32), INT(64), signed",
        read(
            pairs("true") + " required int32 y (INTEGER(8,true));",
            labels,
            row(-128.0, -128, -32768.0, -32768, -0x1p31, 1 << 31, -0x1p63, 1L << 63, -128),
            row(127.0, 127, 32767.0, 32767, 0x1p31 - 1, ~(1 << 31), 0x1p62, 1L << 62, 9),
            row(5.0, 5, 5.0, 5, 5.0, 5, 5.0, 5L, 10)));
    cases.put(
        "INT(8), INT(16), INT(32), INT(64), unsigned",
        read(
            pairs("false") + " required int32 y (INTEGER(32,false));",
            labels,
            row(0.0, 0, 0.0, 0, 0.0, 0, 0x1p63, 1L << 63, 5),
            row(255.0, 255, 65535.0, 65535, 3e9, (int) 3_000_000_000L, 0x1p64 - 2048, -2048L, 90),
            row(5.0, 5, 5.0, 5, 0x1p32 - 1, -1, 5.0, 5L, (int) 3_000_000_000L)));
    cases.put(
        "a whole number that has more bits than its type",
        refused("required int32 x (INTEGER(8,false));" + LABEL, row(255, "a"), row(300, "b")));
    cases.put(
        "a whole number that float64 does not hold",
        refused("required int64 x (INTEGER(64,false));" + LABEL, row(-2048L, "a"), row(-1L, "b")));
  }

  private static String pairs(String signed) {
    StringBuilder fields = new StringBuilder();
    for (int bits : new int[] {8, 16, 32, 64}) {
      fields.append(
          String.format(
              "required double d%d; required int%d w%d (INTEGER(%d,%s)); ",
              bits, Math.max(bits, 32), bits, bits, signed));
    }
    return fields.toString();
  }

  private static void addOtherNumbers(Map<String, DocCase> cases) {
    int[] labels = {0, 1, 0};
    cases.put(
        "BOOLEAN",
        read(
            "required double a; required boolean b; required boolean y;",
            labels,
            row(0.0, false, false),
            row(1.0, true, true),
            row(0.0, false, false)));
    cases.put(
        "FLOAT, DOUBLE",
        read(
            "required double a; required float b; required double c; required double d;" + LABEL,
            labels,
            row((double) 0.1f, 0.1f, 1e300, 1e300, "a"),
            row((double) Float.MAX_VALUE, Float.MAX_VALUE, -1e300, -1e300, "b"),
            row((double) Float.MIN_VALUE, Float.MIN_VALUE, 0.1, 0.1, "a")));
    cases.put(
        "FLOAT16",
        read(
            "required double a; required fixed_len_byte_array(2) b (FLOAT16);" + LABEL,
            new int[] {0, 1, 0, 1},
            row(0x1p-24, float16(0x0001), "a"),
            row(-2.0, float16(0xC000), "b"),
            row(65504.0, float16(0x7BFF), "a"),
            row(0.333251953125, float16(0x3555), "b")));
    cases.put(
        "DECIMAL on INT32, INT64, FIXED and BINARY",
        read(
            "required double a; required int32 b (DECIMAL(9,2)); required double c; required int64 d"
                + " (DECIMAL(18,4)); required double e; required fixed_len_byte_array(16) f"
                + " (DECIMAL(38,3)); required double g; required binary h (DECIMAL(38,10)); required"
                + " double i; required binary j (DECIMAL(38,0));"
                + LABEL,
            labels,
            decimals(-123.45, -12345, 0.0001, 1L, 1.5, 1500, 0.1, 1_000_000_000L, 0x1p63, "a"),
            decimals(0.07, 7, -9.9, -99000L, -0.001, -1, -2.5, -25_000_000_000L, -1, "b"),
            decimals(
                100.0,
                10000,
                7.0,
                70000L,
                1e12,
                1_000_000_000_000_000L,
                3.0,
                30_000_000_000L,
                5,
                "a")));
  }

  private static Object[] decimals(
      double a, int b, double c, long d, double e, long f, double g, long h, double i, String y) {
    byte[] wide = new byte[16];
    byte[] narrow = BigInteger.valueOf(f).toByteArray();
    Arrays.fill(wide, (byte) (f < 0 ? -1 : 0));
    System.arraycopy(narrow, 0, wide, 16 - narrow.length, narrow.length);
    byte[] whole = new BigDecimal(i).toBigIntegerExact().toByteArray();
    return row(a, b, c, d, e, wide, g, BigInteger.valueOf(h).toByteArray(), i, whole, y);
  }

  private static byte[] float16(int bits) {
    return ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN).putShort((short) bits).array();
  }

  private static void addLabels(Map<String, DocCase> cases) {
    cases.put(
        "STRING, ENUM",
        read(
            "required double a; required int32 b; required binary y (ENUM);",
            new int[] {1, 0, 1},
            row(1.0, 1, "ä"),
            row(2.0, 2, "a"),
            row(4.0, 4, " ä")));
    cases.put("STRING as a number", refused("required binary x (STRING);" + LABEL, row("1", "a")));
    cases.put(
        "text that is not UTF-8",
        refused(
            "required int32 x; required binary y (STRING);",
            row(1, "a"),
            row(2, new byte[] {(byte) 0xE9})));
    cases.put(
        "binary without a logical type",
        refused("required int32 x; required binary y;", row(1, "a")));
    cases.put("DOUBLE as a label", refused("required int32 x; required double y;", row(1, 1.0)));
    cases.put(
        "a label that is null",
        refused("required int32 x; optional binary y (STRING);", row(1, "a"), row(2, NONE)));
  }

  private static void addRefusedTypes(Map<String, DocCase> cases) {
    Map<String, String> types =
        Map.of(
            "DATE", "optional int32 x (DATE);",
            "TIME", "optional int32 x (TIME(MILLIS,true));",
            "TIMESTAMP", "optional int64 x (TIMESTAMP(MICROS,true));",
            "INT96", "optional int96 x;",
            "UUID", "optional fixed_len_byte_array(16) x (UUID);",
            "a list", "optional group x (LIST) { repeated group list { optional int32 element; } }",
            "a group", "optional group x { optional int32 z; }",
            "repeated values", "repeated int32 x;");
    types.forEach((name, type) -> cases.put(name, refused(type + LABEL, row(NONE, "a"))));
    cases.put("null", refused("optional int32 x;" + LABEL, row(1, "a"), row(NONE, "a")));
    cases.put("NaN", refused("required float x;" + LABEL, row(1f, "a"), row(Float.NaN, "a")));
    cases.put("no rows", refused("required int32 x;" + LABEL));
  }

  static Object[][] manyRows(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            j -> row(j % 7 - 2.5, j % 7 - 2.5f, (double) (j % 3), j % 3, j % 2 == 0 ? "a" : "b"))
        .toArray(Object[][]::new);
  }
}
