package org.phasemap.train.law;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * The bundled digits: rows 5, 10, 15, … are the test set; over all pixels of the training set the
 * mean is 0 and the mean square 1.
 *
 * @param x examples × 64
 * @param y their classes, 0 to 9
 */
record Digits(double[][] x, int[] y) {
  static final int CLASSES = 10;
  static final int PIXELS = 64;

  /** Both parts. */
  record Split(Digits training, Digits test) {}

  /** Some of the examples. */
  Digits of(int... examples) {
    return new Digits(
        Arrays.stream(examples).mapToObj(i -> x[i]).toArray(double[][]::new),
        Arrays.stream(examples).map(i -> y[i]).toArray());
  }

  static Split read() {
    List<double[]> rows = new ArrayList<>();
    try (InputStream file = Digits.class.getResourceAsStream("/org/phasemap/data/digits.csv.gz");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Objects.requireNonNull(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        rows.add(Arrays.stream(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<double[]> training = new ArrayList<>();
    List<double[]> test = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      ((i + 1) % 5 == 0 ? test : training).add(rows.get(i));
    }
    double[] pixels = training.stream().flatMapToDouble(r -> Arrays.stream(r, 0, PIXELS)).toArray();
    double mean = Arrays.stream(pixels).average().orElseThrow();
    double square = Arrays.stream(pixels).map(p -> (p - mean) * (p - mean)).average().orElseThrow();
    double scale = Math.sqrt(square);
    return new Split(part(training, mean, scale), part(test, mean, scale));
  }

  private static Digits part(List<double[]> rows, double mean, double scale) {
    double[][] x = new double[rows.size()][];
    int[] y = new int[rows.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = Arrays.stream(rows.get(i), 0, PIXELS).map(p -> (p - mean) / scale).toArray();
      y[i] = (int) rows.get(i)[PIXELS];
    }
    return new Digits(x, y);
  }
}
