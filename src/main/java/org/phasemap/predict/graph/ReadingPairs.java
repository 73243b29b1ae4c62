package org.phasemap.predict.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What chance of their channels any two readings of a network have in common. */
final class ReadingPairs {
  private final InputPairs inputs;
  private final List<Signal> signals;
  private final Map<Two, Pair> known = new HashMap<>();

  private record Two(Place first, Place second) {
    /** Names a reading. */
    private record Place(int stream, Reading.View view) {
      static Place of(Reading reading) {
        return new Place(reading.stream(), reading.view());
      }
    }

    static Two of(Reading s, Reading t) {
      return new Two(Place.of(s), Place.of(t));
    }
  }

  /**
   * Of the signals at all nodes.
   *
   * @param inputs exchangeable ones
   */
  ReadingPairs(InputPairs inputs, List<Signal> signals) {
    this.inputs = inputs;
    this.signals = signals;
  }

  /** Two readings, the second no later than the first. */
  Pair of(Reading s, Reading t) {
    return known.computeIfAbsent(Two.of(s, t), two -> compare(s, t));
  }

  private Pair compare(Reading s, Reading t) {
    Signal one = signals.get(s.stream());
    Covariance mutual = mutual(s, t);
    if (mutual == null) {
      return new Pair(one.pairs(), new double[0][], 0);
    }
    Covariance a = one.covariance();
    Covariance b = signals.get(t.stream()).covariance();
    double[][] covariance = new double[inputs.blocks()][one.pairs().classes()];
    double tilt = 0;
    for (int block = 0; block < covariance.length; block++) {
      for (int c = 0; c < covariance[block].length; c++) {
        double k = mutual.of(block, c);
        double first = a.first(block, c);
        double second = b.second(block, c);
        covariance[block][c] = s.covariance(t, first, second, k) / s.channels();
        tilt = inputs.isOwn(block) ? s.tilt(t, first, second, k) / s.channels() : tilt;
      }
    }
    return new Pair(one.pairs(), covariance, tilt);
  }

  /** Covariance of a channel in two streams: that of the weights which both have; null of none. */
  private @Nullable Covariance mutual(Reading s, Reading t) {
    if (s.stream() == t.stream()) {
      return signals.get(s.stream()).covariance();
    }
    Covariance sum = null;
    for (Map.Entry<Integer, Double> source : s.sources().entrySet()) {
      Double other = t.sources().get(source.getKey());
      if (other != null) {
        Signal made = signals.get(source.getKey());
        sum = sum == null ? Covariance.zero(inputs, made.pairs()) : sum;
        sum.add(source.getValue() * other, made.covariance());
      }
    }
    return sum;
  }

  /** Two readings. */
  final class Pair {
    private final PositionPairs pairs;
    private final double[][] covariance;
    private final double tilt;

    /** Where positions are alike, sums over all of them. */
    private final double all;

    private final double own;

    /**
     * @param covariance of their means over channels, [block][class]; empty where they have none
     * @param tilt covariance of the second's mean square and the first's θ, of one vector
     */
    private Pair(PositionPairs pairs, double[][] covariance, double tilt) {
      this.pairs = pairs;
      this.covariance = covariance;
      this.tilt = tilt;
      double[] one = new double[pairs.kinds()];
      Arrays.fill(one, 1);
      all = sum(one, one, false);
      own = sum(one, one, true);
    }

    double tilt() {
      return tilt;
    }

    /**
     * Covariance of sums over inputs and positions, with these weights of each kind of position.
     */
    double all(double[] v, double[] w) {
      return v.length == 1 ? v[0] * w[0] * all : sum(v, w, false);
    }

    /** The part of {@link #all} that inputs have with themselves. */
    double own(double[] v, double[] w) {
      return v.length == 1 ? v[0] * w[0] * own : sum(v, w, true);
    }

    private double sum(double[] v, double[] w, boolean alone) {
      double sum = 0;
      for (int block = 0; block < covariance.length; block++) {
        for (int c = 0; c < covariance[block].length; c++) {
          if (!alone || inputs.isOwn(block)) {
            int a = pairs.kind(pairs.first(c));
            int b = pairs.kind(pairs.second(c));
            double both = 0.5 * (v[a] * w[b] + v[b] * w[a]);
            double count = inputs.multiplicity(block) * pairs.multiplicity(c);
            sum += count * both * covariance[block][c];
          }
        }
      }
      return sum;
    }
  }
}
