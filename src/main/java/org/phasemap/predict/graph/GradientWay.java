package org.phasemap.predict.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All paths from the top of a graph down to a layer, and by how much ln of the squared gradient
 * there is larger on average than at infinite width.
 *
 * <p>The mean is that of tangents: J and Jᵀ make one law of lengths of what does not depend on
 * them, and tangents go the way of the signals. What means of φ′² have in common counts once for
 * each path that goes through both, and comes back with the logarithm.
 */
final class GradientWay {
  /** A stream with what its gradient is the sum of. */
  record Stream(int node, List<GradientTerms.Term> terms) {}

  private final Fluctuations means;
  private final int bottom;
  private final Reaches reach;
  private final double total;
  private final List<Stream> streams;

  /**
   * Of paths.
   *
   * @param bottom node of the layer
   * @param total ln of its squared gradient, in the unit of the streams' terms
   * @param streams with their terms, from the top
   */
  GradientWay(Fluctuations means, int bottom, Reaches reach, double total, List<Stream> streams) {
    this.means = means;
    this.bottom = bottom;
    this.reach = reach;
    this.total = total;
    this.streams = streams;
  }

  /** How much ln of the squared gradient grows with one at a stream, by kind of position. */
  double[] at(int stream) {
    return at(reach, stream);
  }

  private double[] at(Reaches paths, int stream) {
    double[][] own = paths.at(stream);
    double[] each = new double[means.signals().get(stream).pairs().kinds()];
    for (int k = 0; own != null && k < each.length; k++) {
      each[k] = Math.exp(-total) * own[0][k];
    }
    return each;
  }

  /** Adds how a mean over inputs of ln of a squared gradient grows with the readings of a term. */
  static void add(
      Fluctuations means,
      ReadingWeights weights,
      int stream,
      double[] at,
      GradientTerms.Term term) {
    double[] sizes = sizes(means, stream, at, term);
    double inputs = means.setting().inputs().count();
    if (term.slopes().isPresent()) {
      double[] slopes = slopes(means, term, sizes.length);
      double[] each = new double[sizes.length];
      for (int k = 0; k < each.length; k++) {
        each[k] = sizes[k] == 0 ? 0 : sizes[k] / slopes[k] / inputs;
      }
      ReadingWeights.add(weights.readings(), means.index(term.slopes().get()), 1, each);
    }
    if (term.normalise() >= 0) {
      double[] each = new double[sizes.length];
      double[] q = means.signals().get(stream).covariance().q()[0];
      for (int k = 0; k < each.length; k++) {
        each[k] = -sizes[k] / q[k] / inputs;
      }
      ReadingWeights.add(weights.readings(), means.index(length(means, stream)), 1, each);
    }
  }

  /** The squared length of a stream. */
  static Reading length(Fluctuations means, int stream) {
    return new Reading(Reading.View.ITSELF, stream, means.signals().get(stream).channels());
  }

  /** E φ′² by kind of position. */
  private static double[] slopes(Fluctuations means, GradientTerms.Term term, int kinds) {
    double[][] slopes = means.signals().get(term.active()).parts().get(term.part()).slopes();
    PositionPairs pairs = means.signals().get(term.active()).pairs();
    double[] each = new double[kinds];
    for (int k = 0; k < kinds; k++) {
      each[k] = slopes == null ? 1 : slopes[means.setting().inputs().own(0)][pairs.diagonal(k)];
    }
    return each;
  }

  /** What share of the squared gradient goes through a term, at each position of a kind. */
  private static double[] sizes(
      Fluctuations means, int stream, double[] at, GradientTerms.Term term) {
    Signal signal = means.signals().get(stream);
    double[] own = term.moments()[means.setting().inputs().own(0)];
    double[] sizes = new double[at.length];
    for (int k = 0; k < sizes.length; k++) {
      sizes[k] = at[k] * signal.channels() * own[signal.pairs().diagonal(k)];
    }
    return sizes;
  }

  private static double sum(Fluctuations means, int stream, double[] sizes) {
    PositionPairs pairs = means.signals().get(stream).pairs();
    double sum = 0;
    for (int k = 0; k < sizes.length; k++) {
      sum += pairs.share(k) * sizes[k];
    }
    return sum;
  }

  /** What share of the squared gradient weights below the read-out hand down to a stream. */
  record Share(int stream, int weights, boolean isNormed, double size) {}

  /** Of all weights. */
  List<Share> shares() {
    List<Share> shares = new ArrayList<>();
    for (Stream stream : streams) {
      double[] at = at(stream.node());
      for (GradientTerms.Term term : stream.terms()) {
        if (term.isFresh() && term.weights() < means.graph().readout()) {
          double size = sum(means, stream.node(), sizes(means, stream.node(), at, term));
          shares.add(new Share(stream.node(), term.weights(), term.normalise() >= 0, size));
        }
      }
    }
    return shares;
  }

  /** A term that a reading is a factor of, and where it is. */
  private record Held(int stream, GradientTerms.Term term) {}

  /** A reading, and the part of the squared gradient that goes through it. */
  private static final class Factor {
    private final boolean isLength;
    private final ReadingWeights weights;
    private final List<Held> held = new ArrayList<>();
    private double share;

    Factor(boolean isLength, ReadingWeights weights) {
      this.isLength = isLength;
      this.weights = weights;
    }

    /** Whether it stands at a node, of a part. */
    private boolean isAt(int node, int part) {
      return held.stream()
          .map(Held::term)
          .anyMatch(t -> isLength ? t.normalise() == node : t.active() == node && t.part() == part);
    }
  }

  /**
   * How ln of the squared gradient is larger on average than at infinite width, to first order.
   *
   * @param all of all that makes it so
   * @param aligned of tangents that lie along the signals
   */
  record Shift(double all, double aligned) {}

  /** Of these paths. */
  Shift shift() {
    GradientVariance chance = new GradientVariance(means);
    Map<Integer, Factor> factors = new TreeMap<>();
    for (Stream stream : streams) {
      double[] at = at(stream.node());
      chance.add(stream.node(), at, stream.terms());
      for (GradientTerms.Term term : stream.terms()) {
        addFactors(stream.node(), at, term, factors);
      }
    }
    return shift(List.copyOf(factors.values()), -0.5 * chance.alone());
  }

  private void addFactors(
      int stream, double[] at, GradientTerms.Term term, Map<Integer, Factor> factors) {
    double size = sum(means, stream, sizes(means, stream, at, term));
    if (size == 0) {
      return;
    }
    if (term.slopes().isPresent()) {
      hold(term.slopes().get(), false, new Held(stream, term), size, factors);
    }
    if (term.normalise() >= 0) {
      hold(length(means, stream), true, new Held(stream, term), size, factors);
    }
  }

  private void hold(
      Reading reading, boolean isLength, Held held, double size, Map<Integer, Factor> factors) {
    int number = means.index(reading);
    Factor factor = factors.computeIfAbsent(number, r -> new Factor(isLength, means.weights()));
    factor.share += size;
    factor.held.add(held);
    ReadingWeights all = means.weights();
    add(means, all, held.stream, at(held.stream), held.term);
    double[] own = all.readings()[number];
    if (own != null) {
      ReadingWeights.add(factor.weights.readings(), number, means.setting().inputs().count(), own);
    }
  }

  private Shift shift(List<Factor> factors, double ofChance) {
    double shift = ofChance;
    double aligned = 0;
    TangentAlignment alignment = new TangentAlignment(means, bottom);
    for (Factor factor : factors) {
      means.descend(means.graph().readout(), factor.weights);
      aligned += factor.share * along(alignment, factor);
      shift += means.shift(factor.weights);
    }
    double[][] covariance = means.ofOne(factors.stream().map(f -> f.weights).toList());
    List<Reaches> through = factors.stream().map(f -> reach.through(bottom, f::isAt)).toList();
    for (int i = 0; i < factors.size(); i++) {
      Factor one = factors.get(i);
      shift += (one.isLength ? 1 / one.share - 0.5 : -0.5) * covariance[i][i];
      for (int j = 0; j < i; j++) {
        Factor other = factors.get(j);
        // The one may lie above the other or below.
        double both =
            share(through.get(i), other) + share(through.get(j), one) + common(one, other);
        shift += (both / (one.share * other.share) - 1) * covariance[i][j];
      }
    }
    return new Shift(shift + aligned, aligned);
  }

  private double along(TangentAlignment alignment, Factor factor) {
    Held held = factor.held.get(0);
    return factor.isLength
        ? alignment.ofNorm(held.stream)
        : alignment.ofSlopes(held.term.slopes().orElseThrow());
  }

  private double share(Reaches paths, Factor factor) {
    double sum = 0;
    for (Held held : factor.held) {
      sum += size(held, at(paths, held.stream));
    }
    return sum;
  }

  private double size(Held held, double[] at) {
    return sum(means, held.stream, sizes(means, held.stream, at, held.term));
  }

  /** Of what is behind a norm and an activation. */
  private double common(Factor one, Factor other) {
    double sum = 0;
    for (Held held : one.held) {
      sum += other.held.contains(held) ? size(held, at(held.stream)) : 0;
    }
    return sum;
  }
}
