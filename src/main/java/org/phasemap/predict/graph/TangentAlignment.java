package org.phasemap.predict.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation;

/**
 * By how much tangents that start at a layer come to lie along the signals, since the same weights
 * carry both. A tangent v has the covariance C with x, of order 1/√n: E φφ′v is dE φ²/dq times what
 * it was below, and the chance of n channels. Where C is not 0, φ′² weighs v by its length there,
 * by dE φ′²/dq · 2C²; along a residual stream a channel also meets its own share of C again. A norm
 * takes the part of v along x away.
 */
final class TangentAlignment {
  private final Fluctuations means;
  private final LayerGraph graph;
  private final UnitLaws units;
  private final Map<Integer, Tangent> tangents = new HashMap<>();

  /** n⁻¹ E of the products of two readings' φφ′v; null or NaN where none has asked. */
  private final double[] @Nullable [] products;

  /**
   * At a stream.
   *
   * @param square E v², 1 at the layer where it starts
   * @param along dC by the chance of each reading's channels
   */
  @SuppressWarnings("ArrayRecordComponent") // read-only
  private record Tangent(double square, double[] along) {}

  /**
   * From a layer up.
   *
   * @param bottom its node
   */
  TangentAlignment(Fluctuations means, int bottom) {
    this.means = means;
    graph = means.graph();
    units = means.setting().units();
    products = new double[means.readings().size()][];
    tangents.put(bottom, new Tangent(1, new double[means.readings().size()]));
    for (int at = bottom + 1; at < graph.readout(); at++) {
      Tangent own = at(at);
      if (own != null) {
        tangents.put(at, own);
      }
    }
  }

  private @Nullable Tangent at(int number) {
    Node node = graph.nodes().get(number);
    if (node.operation() instanceof Operation.Sum sum) {
      double square = 0;
      double[] along = new double[means.readings().size()];
      for (int i = 0; i < node.from().size(); i++) {
        Tangent term = through(node.from().get(i));
        double factor = sum.factors().get(i) * sum.factors().get(i);
        square += term == null ? 0 : factor * term.square;
        add(along, factor, term);
      }
      return square > 0 ? new Tangent(square, along) : null;
    }
    return means.seen(number).map(seen -> weighted(number, seen)).orElse(null);
  }

  /** Of a stream, or what a norm that ends a branch makes of it. */
  private @Nullable Tangent through(int number) {
    Node node = graph.nodes().get(number);
    if (!(node.operation() instanceof Operation.Normalise normalise)) {
      return tangents.get(number);
    }
    int stream = node.from().get(0);
    Tangent below = tangents.get(stream);
    double ratio = normalise.gamma() * normalise.gamma() / q(stream);
    return below == null
        ? null
        : new Tangent(ratio * below.square, new double[means.readings().size()]);
  }

  private static void add(double[] along, double factor, @Nullable Tangent term) {
    for (int r = 0; term != null && r < along.length; r++) {
      along[r] += factor * term.along[r];
    }
  }

  private @Nullable Tangent weighted(int number, Fluctuations.Seen seen) {
    double gain = means.signals().get(number).weights().gain();
    double square = 0;
    double[] along = new double[means.readings().size()];
    for (int i = 0; i < seen.readings().length; i++) {
      Reading read = means.readings().get(seen.readings()[i]);
      Tangent below = tangents.get(read.stream());
      if (below != null) {
        double q = q(read.stream());
        double factor = gain * seen.shares()[i];
        square += factor * below.square * slope(read, q);
        // Tangents at other positions are others.
        double own = factor / seen.count();
        add(along, own * units.growth(read, q), below);
        along[seen.readings()[i]] += own;
      }
    }
    return square > 0 ? new Tangent(square, along) : null;
  }

  private double q(int stream) {
    return means.signals().get(stream).covariance().meanSquare();
  }

  /** E φ′² by the stream's own number. */
  private double slope(Reading read, double q) {
    if (read.view() != Reading.View.SQUARE) {
      return 1;
    }
    Reading slope = new Reading(Reading.View.SLOPE, read.stream(), read.channels());
    return read.isNormed()
        ? units.mean(slope, read.gamma2()) * read.gamma2() / q
        : units.mean(slope, q);
  }

  /** Var C over E v² E x². */
  private double aligned(int stream) {
    Tangent own = tangents.get(stream);
    if (own == null) {
      return 0;
    }
    double variance = 0;
    for (int s = 0; s < own.along.length; s++) {
      for (int t = 0; own.along[s] != 0 && t <= s; t++) {
        double both = own.along[s] * own.along[t];
        variance += both == 0 ? 0 : (t < s ? 2 : 1) * both * product(s, t);
      }
    }
    return variance / own.square / q(stream);
  }

  private double product(int s, int t) {
    double[] row = products[s];
    if (row == null) {
      row = new double[s + 1];
      Arrays.fill(row, Double.NaN);
      products[s] = row;
    }
    if (Double.isNaN(row[t])) {
      row[t] = 0.25 * shared(means.readings().get(s), means.readings().get(t));
    }
    return row[t];
  }

  /** n⁻¹ E f′(x) g′(y) v_x v_y of two readings. */
  private double shared(Reading s, Reading t) {
    Reading early = s.stream() < t.stream() ? s : t;
    Tangent tangent = tangents.get(early.stream());
    return tangent == null
        ? 0
        : tangent.square * means.pairs().own(s, t, units::derivative) / early.channels();
  }

  /** What it adds to the mean of φ′² v² behind an activation, relative. */
  double ofSlopes(Reading slopes) {
    int stream = slopes.stream();
    Tangent own = tangents.get(stream);
    if (own == null) {
      return 0;
    }
    double seen = slopes.isNormed() ? slopes.gamma2() : q(stream);
    Reading free = new Reading(Reading.View.SLOPE, stream, slopes.channels());
    double growth = units.growth(free, seen) * seen;
    double aligned = slopes.isNormed() ? -1.0 / slopes.channels() : aligned(stream);
    double met = 0;
    for (int t = 0; t < own.along.length; t++) {
      Reading read = means.readings().get(t);
      if (own.along[t] != 0 && read.stream() != stream) {
        met += own.along[t] * shared(slopes, read);
      }
    }
    return (2 * growth * aligned + met / own.square) / units.mean(free, seen);
  }

  /**
   * What a norm takes from v², relative. A layer norm also takes the mean of v, and makes up for
   * it, since it divides by the length of x without its mean.
   */
  double ofNorm(int stream) {
    return -1.0 / means.signals().get(stream).channels() - aligned(stream);
  }
}
