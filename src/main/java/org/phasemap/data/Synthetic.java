package org.phasemap.data;

import java.util.List;
import java.util.stream.IntStream;
import org.phasemap.network.SplitMix64;

/** Makes examples up. Every number depends on the seed, its use and its place alone. */
final class Synthetic {
  private final long seed;

  Synthetic(long seed) {
    this.seed = seed;
  }

  /** What a random number is for. */
  enum Use {
    EXAMPLES(0),
    LABELS(1),
    CENTRES(2),
    HIDDEN_WEIGHTS(3),
    OUTPUT_WEIGHTS(4),
    SYMBOLS(5),
    STARTS(6),
    KEYS(7),
    ORDER(8);

    private final int stream;

    Use(int stream) {
      this.stream = stream;
    }
  }

  static DataSet clusters(DataSource.Clusters source) {
    Synthetic numbers = new Synthetic(source.seed());
    int n0 = source.dimension();
    float[] features = new float[Math.multiplyExact(n0, source.examples())];
    int[] labels = new int[source.examples()];
    for (int j = 0; j < labels.length; j++) {
      labels[j] = numbers.below(Use.LABELS, source.classes(), j);
      for (int i = 0; i < n0; i++) {
        double centre = source.separation() * numbers.at(Use.CENTRES, labels[j], n0, i);
        features[j * n0 + i] = (float) (centre + numbers.at(Use.EXAMPLES, j, n0, i));
      }
    }
    return HeldOut.everyFifth(source.name(), classes(source.classes()), raw(n0, features, labels));
  }

  static DataSet teacherStudent(DataSource.TeacherStudent source) {
    Synthetic numbers = new Synthetic(source.seed());
    int n0 = source.dimension();
    float[] features = new float[Math.multiplyExact(n0, source.examples())];
    int[] labels = new int[source.examples()];
    double[][] hidden = numbers.weights(Use.HIDDEN_WEIGHTS, n0, n0);
    double[][] output = numbers.weights(Use.OUTPUT_WEIGHTS, source.classes(), n0);
    double[] x = new double[n0];
    for (int j = 0; j < labels.length; j++) {
      for (int i = 0; i < n0; i++) {
        x[i] = numbers.at(Use.EXAMPLES, j, n0, i);
        features[j * n0 + i] = (float) x[i];
      }
      double[] h = product(hidden, x);
      for (int i = 0; i < n0; i++) {
        h[i] = StrictMath.tanh(h[i]);
      }
      labels[j] = largest(product(output, h));
    }
    return HeldOut.everyFifth(source.name(), classes(source.classes()), raw(n0, features, labels));
  }

  static DataSet sequences(DataSource.Sequences source) {
    Synthetic numbers = new Synthetic(source.seed());
    int size = source.dimension() / source.tokens();
    float[] features = new float[Math.multiplyExact(source.dimension(), source.examples())];
    int[] labels = new int[source.examples()];
    for (int j = 0; j < labels.length; j++) {
      labels[j] = numbers.below(Use.LABELS, source.classes(), j);
      int[] symbols = numbers.symbols(source, j, labels[j]);
      for (int i = 0; i < source.dimension(); i++) {
        double component = numbers.at(Use.CENTRES, symbols[i / size], size, i % size);
        features[j * source.dimension() + i] = (float) component;
      }
    }
    return HeldOut.everyFifth(
        source.name(), classes(source.classes()), raw(source.dimension(), features, labels));
  }

  /** Symbols at random, one after the other made the label's until no other is as frequent. */
  private int[] symbols(DataSource.Sequences source, int example, int label) {
    int[] symbols = new int[source.tokens()];
    int[] counts = new int[source.classes()];
    for (int t = 0; t < symbols.length; t++) {
      long place = (long) example * symbols.length + t;
      symbols[t] = below(Use.SYMBOLS, source.classes(), place);
      counts[symbols[t]]++;
    }
    int t = below(Use.STARTS, symbols.length, example);
    while (!isMostFrequent(counts, label)) {
      counts[symbols[t]]--;
      symbols[t] = label;
      counts[label]++;
      t = (t + 1) % symbols.length;
    }
    return symbols;
  }

  private static boolean isMostFrequent(int[] counts, int label) {
    return IntStream.range(0, counts.length)
        .allMatch(symbol -> symbol == label || counts[symbol] < counts[label]);
  }

  /** Components were float32 from the first version on, and so they stay: they have no offset. */
  static RawExamples raw(int n0, float[] features, int[] labels) {
    return new RawExamples(n0, labels, (j, i) -> features[j * n0 + i]);
  }

  /** Rows of N(0, 1/columns). */
  private double[][] weights(Use use, int rows, int columns) {
    double[][] weights = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        weights[i][j] = at(use, i, columns, j) / Math.sqrt(columns);
      }
    }
    return weights;
  }

  double at(Use use, long row, int columns, int column) {
    return SplitMix64.gaussian(SplitMix64.at(seed, use.stream), row * columns + column);
  }

  /** Uniform on 0, 1, …, count − 1. */
  int below(Use use, int count, long place) {
    long bits = SplitMix64.at(SplitMix64.at(seed, use.stream), place);
    return (int) Long.remainderUnsigned(bits, count);
  }

  private static double[] product(double[][] rows, double[] x) {
    double[] y = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < x.length; j++) {
        y[i] += rows[i][j] * x[j];
      }
    }
    return y;
  }

  private static int largest(double[] y) {
    int best = 0;
    for (int i = 1; i < y.length; i++) {
      best = y[i] > y[best] ? i : best;
    }
    return best;
  }

  static List<String> classes(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }
}
