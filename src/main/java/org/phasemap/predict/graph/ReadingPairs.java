package org.phasemap.predict.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.Activation;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Shape;
import org.phasemap.network.graph.Taps;

/** What chance of their channels any two readings of a network have in common. */
final class ReadingPairs {
  private final Setting setting;
  private final InputPairs inputs;
  private final LayerGraph graph;
  private final List<Signal> signals;
  private final double sigmaB2;
  private final Activation activation;
  private final LawExcess law;

  /** By the view of a norm and its γ². */
  private final Map<Normed, NormedSquares> normed = new HashMap<>();

  /** By the numbers of two readings; null where none has asked. */
  private final List<@Nullable Pair[]> known = new ArrayList<>();

  /** By the nodes of two streams. */
  private final Map<Long, Optional<Covariance>> mutual = new HashMap<>();

  /**
   * Of the signals at all nodes.
   *
   * @param setting of inputs that are exchangeable, or given
   */
  ReadingPairs(Setting setting, LayerGraph graph, List<Signal> signals) {
    this.setting = setting;
    inputs = setting.inputs();
    sigmaB2 = setting.network().sigmaB2();
    activation = setting.network().activation();
    law = new LawExcess(graph, setting.network());
    this.graph = graph;
    this.signals = signals;
  }

  private record Normed(Reading.View view, double gamma2) {}

  /** What a norm leaves to chance of what is read behind it. */
  NormedSquares normed(Reading reading) {
    return normed.computeIfAbsent(
        new Normed(reading.view(), reading.gamma2()),
        n ->
            new NormedSquares(activation, Math.sqrt(n.gamma2()), n.view() == Reading.View.CENTRED));
  }

  /** Of readings s and t ≤ s of a list, the stream of t no later than that of s. */
  Pair of(List<Reading> readings, int s, int t) {
    while (known.size() <= s) {
      known.add(new Pair[known.size() + 1]);
    }
    @Nullable Pair[] row = known.get(s);
    Pair pair = row[t];
    if (pair == null) {
      pair = compare(readings.get(s), readings.get(t));
      row[t] = pair;
    }
    return pair;
  }

  private Pair compare(Reading s, Reading t) {
    Signal one = signals.get(s.stream());
    if (s.view() == Reading.View.APART || t.view() == Reading.View.APART) {
      // On average over weights a channel is what it reads: beyond that it shares nothing.
      return new Pair(one.pairs(), s.equals(t) ? apart(s) : new double[0][], new double[0][], 0);
    }
    Optional<Covariance> shared = mutual(s.stream(), t.stream());
    if (shared.isEmpty()) {
      return new Pair(one.pairs(), new double[0][], new double[0][], 0);
    }
    Covariance mutual = shared.get();
    Covariance a = one.covariance();
    Covariance b = signals.get(t.stream()).covariance();
    Optional<ImageChance> images = s.stream() == t.stream() ? images(s.stream()) : Optional.empty();
    double[][] covariance = new double[inputs.blocks()][one.pairs().classes()];
    double tilt = 0;
    for (int block = 0; block < covariance.length; block++) {
      for (int c = 0; c < covariance[block].length; c++) {
        double k = mutual.of(block, c);
        double first = a.first(block, c);
        double second = b.second(block, c);
        double v = 0;
        if (images.isPresent()) {
          v = images.get().variance(block, c);
        }
        covariance[block][c] = covariance(s, t, new Moments(first, second, k, v)) / s.channels();
        tilt = inputs.isOwn(block) ? s.tilt(t, first, second, k) / s.channels() : tilt;
      }
    }
    return new Pair(one.pairs(), covariance, ofLaw(s, t, mutual), tilt);
  }

  /** Of what two streams share, seen as these readings see it; empty where it is 0. */
  private double[][] ofLaw(Reading s, Reading t, Covariance mutual) {
    return law.isNone()
        ? new double[0][]
        : BlockArrays.map(
            mutual.deficit(), (block, c, deficit) -> ofLaw(s, t, mutual, block, c) / s.channels());
  }

  private double ofLaw(Reading s, Reading t, Covariance mutual, int block, int c) {
    double squares = mutual.first(block, c) * mutual.second(block, c);
    if (squares == 0) {
      return 0;
    }
    double cosine = mutual.of(block, c) / Math.sqrt(squares);
    return Math.sqrt(s.view().ofFourth() * t.view().ofFourth())
        * squares
        * law.of(s.stream(), cosine);
  }

  /** Of two streams: their variances, their covariance, and by how much that varies over images. */
  private record Moments(double first, double second, double both, double ofImages) {}

  private double covariance(Reading s, Reading t, Moments at) {
    double squares = at.first * at.second;
    boolean areNormed = s.view().isNormed() && t.view() == s.view() && s.gamma2() == t.gamma2();
    if (!areNormed || squares == 0) {
      return s.covariance(t, at.first, at.second, at.both)
          + at.ofImages * s.curvature(t, at.first, at.second, at.both);
    }
    NormedSquares law = normed(s);
    double c = at.both / Math.sqrt(squares);
    boolean isItself = at.both * at.both >= squares;
    return law.covariance(c) + (isItself ? 0 : at.ofImages / squares * law.curvature(c));
  }

  /** What images leave to chance; empty where a stream is not made of images that are drawn. */
  private Optional<ImageChance> images(int stream) {
    Node node = graph.nodes().get(stream);
    Shape shape = graph.nodes().get(node.from().get(0)).shape();
    boolean areDrawn = inputs.areExchangeable() && shape.positions() > 1;
    if (node.from().get(0) != 0 || !areDrawn) {
      return Optional.empty();
    }
    Taps taps = ((Weighted) node.operation()).taps();
    double perTap = signals.get(stream).weights().gain() / taps.fan(shape.grid());
    return Optional.of(
        new ImageChance(
            signals.get(0).covariance(),
            shape.channels(),
            setting.shared(taps, shape.grid()),
            perTap));
  }

  private double[][] apart(Reading s) {
    SeparateChannels channels = new SeparateChannels(inputs, graph, signals, s.stream(), sigmaB2);
    double[][] covariance = new double[inputs.blocks()][signals.get(s.stream()).pairs().classes()];
    return BlockArrays.map(
        covariance, (block, c, zero) -> channels.covariance(block, c) / s.channels());
  }

  /**
   * Covariance of a channel in a stream and in an earlier one, or the same: each term of a sum has
   * its own, and weights have nothing in common with what was there before. Empty where it is 0.
   */
  private Optional<Covariance> mutual(int late, int early) {
    if (late == early) {
      return Optional.of(signals.get(late).covariance());
    }
    Node node = graph.nodes().get(late);
    if (late < early || !(node.operation() instanceof Operation.Sum)) {
      return Optional.empty();
    }
    long key = (long) late * graph.nodes().size() + early;
    Optional<Covariance> found = mutual.get(key);
    if (found == null) {
      found = ofTerms(node, early);
      mutual.put(key, found);
    }
    return found;
  }

  private Optional<Covariance> ofTerms(Node node, int early) {
    List<Double> factors = ((Operation.Sum) node.operation()).factors();
    Optional<Covariance> sum = Optional.empty();
    for (int i = 0; i < factors.size(); i++) {
      double factor = factors.get(i);
      Optional<Covariance> term = mutual(node.from().get(i), early);
      if (factor != 0 && term.isPresent()) {
        Covariance own = term.get();
        boolean isItself = factor == 1 && sum.isEmpty();
        sum = Optional.of(isItself ? own : sum(sum, factor, own));
      }
    }
    return sum;
  }

  private Covariance sum(Optional<Covariance> sum, double factor, Covariance term) {
    Covariance next = Covariance.zero(inputs, term.pairs());
    sum.ifPresent(before -> next.add(1, before));
    next.add(factor, term);
    return next;
  }

  /** Two readings. */
  final class Pair {
    private final PositionPairs pairs;
    private final double[][] covariance;
    private final double[][] ofLaw;
    private final double tilt;

    /** Where positions are alike, sums over all of them. */
    private final double all;

    private final double own;

    /**
     * @param covariance of their means over channels, [block][class]; empty where they have none
     * @param ofLaw what weights that are not normal add to it at most
     * @param tilt covariance of the second's mean square and the first's θ, of one vector
     */
    private Pair(PositionPairs pairs, double[][] covariance, double[][] ofLaw, double tilt) {
      this.pairs = pairs;
      this.covariance = covariance;
      this.ofLaw = ofLaw;
      this.tilt = tilt;
      double[] one = new double[pairs.kinds()];
      Arrays.fill(one, 1);
      all = sum(covariance, one, one, false);
      own = sum(covariance, one, one, true);
    }

    double tilt() {
      return tilt;
    }

    /**
     * Covariance of sums over inputs and positions, with these weights of each kind of position.
     */
    double all(double[] v, double[] w) {
      return v.length == 1 ? v[0] * w[0] * all : sum(covariance, v, w, false);
    }

    /** The part of {@link #all} that weights of another law than the normal one may add. */
    double ofLaw(double[] v, double[] w) {
      return sum(ofLaw, v, w, false);
    }

    /** The part of {@link #all} that inputs have with themselves. */
    double own(double[] v, double[] w) {
      return v.length == 1 ? v[0] * w[0] * own : sum(covariance, v, w, true);
    }

    private double sum(double[][] of, double[] v, double[] w, boolean alone) {
      double sum = 0;
      for (int block = 0; block < of.length; block++) {
        for (int c = 0; c < of[block].length; c++) {
          if (!alone || inputs.isOwn(block)) {
            int a = pairs.kind(pairs.first(c));
            int b = pairs.kind(pairs.second(c));
            double both = 0.5 * (v[a] * w[b] + v[b] * w[a]);
            double count = inputs.multiplicity(block) * pairs.multiplicity(c);
            sum += count * both * of[block][c];
          }
        }
      }
      return sum;
    }
  }
}
