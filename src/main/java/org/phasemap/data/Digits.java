package org.phasemap.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * The bundled digits: 1,797 images of 8 × 8 grey levels, Alpaydin and Kaynak, doi 10.24432/C50P49.
 *
 * <p>Examples 4, 9, 14, … of the file are the test set (359), all others the training set (1,438).
 */
public final class Digits {
  /** What specs call this data set. */
  public static final String NAME = "digits";

  private static final int PIXELS = 64;
  private static final int CLASSES = 10;

  private Digits() {}

  /**
   * Reads the digits. Features are (x − μ)/s with μ and s² the mean and variance of all pixels of
   * all training examples, so that ‖x‖²/n₀ averages to 1 over the training set.
   */
  public static DataSet load() {
    return Once.DIGITS;
  }

  /** Read once, when first asked for: every training unit wants them. */
  private static final class Once {
    static final DataSet DIGITS = read();
  }

  private static DataSet read() {
    List<int[]> rows = rows();
    int[] labels = rows.stream().mapToInt(row -> row[PIXELS]).toArray();
    List<String> classes = IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList();
    return HeldOut.everyFifth(
        NAME, classes, new RawExamples(PIXELS, labels, (j, i) -> rows.get(j)[i]));
  }

  private static List<int[]> rows() {
    try (InputStream file = Digits.class.getResourceAsStream("digits.csv.gz");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Objects.requireNonNull(file, "digits.csv.gz is missing")),
                    StandardCharsets.US_ASCII))) {
      return lines.lines().map(Digits::row).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int[] row(String line) {
    int[] row = Arrays.stream(line.split(",", -1)).mapToInt(Integer::parseInt).toArray();
    if (row.length != PIXELS + 1) {
      throw new IllegalStateException("digits.csv.gz: a line of " + row.length + " numbers");
    }
    return row;
  }
}
