package org.phasemap.predict.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
  private final UnitLaws units;
  private final LawExcess law;

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
    units = setting.units();
    law = new LawExcess(graph, setting.network());
    this.graph = graph;
    this.signals = signals;
  }

  /** Of two readings of a list. */
  Pair of(List<Reading> readings, int s, int t) {
    int large = Math.max(s, t);
    int small = Math.min(s, t);
    while (known.size() <= large) {
      known.add(new Pair[known.size() + 1]);
    }
    @Nullable Pair[] row = known.get(large);
    Pair pair = row[small];
    if (pair == null) {
      boolean isLater = readings.get(large).stream() >= readings.get(small).stream();
      int later = isLater ? large : small;
      pair = compare(readings.get(later), readings.get(later == large ? small : large));
      row[small] = pair;
    }
    return pair;
  }

  private Pair compare(Reading s, Reading t) {
    Signal one = signals.get(s.stream());
    if (s.view() == Reading.View.APART || t.view() == Reading.View.APART) {
      // On average over weights a channel is what it reads: beyond that it shares nothing.
      return new Pair(one.pairs(), s.equals(t) ? apart(s) : new double[0][], new double[0][]);
    }
    Optional<Covariance> shared = mutual(s.stream(), t.stream());
    if (shared.isEmpty()) {
      return new Pair(one.pairs(), new double[0][], new double[0][]);
    }
    Covariance mutual = shared.get();
    Optional<ImageChance> images = s.stream() == t.stream() ? images(s.stream()) : Optional.empty();
    double[][] covariance =
        BlockArrays.map(
            mutual.deficit(),
            (block, c, deficit) -> {
              UnitLaws.Numbers at = numbers(s, t, mutual, block, c);
              double sum = units.covariance(s, t, at);
              boolean isItself = at.k() * at.k() >= at.a() * at.b();
              if (images.isPresent() && !(isItself && isOnlyApart(s, t))) {
                sum += images.get().variance(block, c) * units.curvature(s, t, at);
              }
              return sum / s.channels();
            });
    return new Pair(one.pairs(), covariance, ofLaw(s, t, mutual));
  }

  /** Whether what the images leave to chance matters of numbers alone that are not equal. */
  private static boolean isOnlyApart(Reading s, Reading t) {
    return s.isNormed() || s.view() == Reading.View.SLOPE || t.view() == Reading.View.SLOPE;
  }

  private UnitLaws.Numbers numbers(Reading s, Reading t, Covariance mutual, int block, int c) {
    return new UnitLaws.Numbers(
        signals.get(s.stream()).covariance().first(block, c),
        signals.get(t.stream()).covariance().second(block, c),
        mutual.of(block, c));
  }

  /** A number of the units that two readings have in common. */
  interface OfUnits {
    double of(Reading s, Reading t, UnitLaws.Numbers at);
  }

  /** Of an input at a position; 0 where streams share nothing. */
  double own(Reading s, Reading t, OfUnits number) {
    Reading late = s.stream() >= t.stream() ? s : t;
    Reading early = late.equals(s) ? t : s;
    Optional<Covariance> shared = mutual(late.stream(), early.stream());
    return shared
        .map(k -> number.of(late, early, numbers(late, early, k, inputs.own(0), 0)))
        .orElse(0.0);
  }

  /**
   * Of an input at a position of a stream and at one that weights on an earlier stream read from
   * there, averaged over positions and taps; 0 where streams share nothing.
   *
   * @param sources by tap and position
   */
  double near(Reading s, Reading t, int[][] sources, OfUnits number) {
    Optional<Covariance> shared = mutual(s.stream(), t.stream());
    if (shared.isEmpty()) {
      return 0;
    }
    PositionPairs pairs = signals.get(s.stream()).pairs();
    int own = inputs.own(0);
    double sum = 0;
    for (int[] tap : sources) {
      for (int a = 0; a < pairs.kinds(); a++) {
        if (tap[a] != Taps.OUTSIDE) {
          UnitLaws.Numbers at = numbers(s, t, shared.get(), own, pairs.of(a, tap[a]));
          sum += number.of(s, t, at) / pairs.kinds() / sources.length;
        }
      }
    }
    return sum / s.channels();
  }

  /** Cov(φ′_a², φ′_b²) of one unit at two places, whatever a norm keeps. */
  double alike(Reading slopes, int block, int c) {
    Covariance stream = signals.get(slopes.stream()).covariance();
    Reading free = new Reading(slopes.view(), slopes.stream(), slopes.channels());
    return units.covariance(free, free, seen(slopes, slopes, stream, block, c));
  }

  /** E φ′²φ′² over the product of the means, less 1, of one unit at one place of two streams. */
  double common(Reading s, Reading t) {
    boolean isLater = s.stream() >= t.stream();
    Reading late = isLater ? s : t;
    Reading early = isLater ? t : s;
    Optional<Covariance> shared = mutual(late.stream(), early.stream());
    if (shared.isEmpty()) {
      return 0;
    }
    UnitLaws.Numbers at = seen(late, early, shared.get(), inputs.own(0), 0);
    Reading one = new Reading(late.view(), late.stream(), late.channels());
    Reading other = new Reading(early.view(), early.stream(), early.channels());
    double means = units.mean(one, at.a()) * units.mean(other, at.b());
    return means > 0 ? units.covariance(one, other, at) / means : 0;
  }

  /** What φ sees of two streams, behind a norm if there is one. */
  private UnitLaws.Numbers seen(Reading s, Reading t, Covariance mutual, int block, int c) {
    UnitLaws.Numbers at = numbers(s, t, mutual, block, c);
    double a = s.isNormed() ? s.gamma2() : at.a();
    double b = t.isNormed() ? t.gamma2() : at.b();
    return new UnitLaws.Numbers(a, b, at.k() * Math.sqrt(a * b / at.a() / at.b()));
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
    return Math.sqrt(s.ofFourth() * t.ofFourth()) * squares * law.of(s.stream(), cosine);
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

    /** Where positions are alike, sums over all of them. */
    private final double all;

    private final double own;

    /**
     * @param covariance of their means over channels, [block][class]; empty where they have none
     * @param ofLaw what weights that are not normal add to it at most
     */
    private Pair(PositionPairs pairs, double[][] covariance, double[][] ofLaw) {
      this.pairs = pairs;
      this.covariance = covariance;
      this.ofLaw = ofLaw;
      double[] one = new double[inputs.kinds() * pairs.kinds()];
      Arrays.fill(one, 1);
      all = sum(covariance, one, one, false);
      own = sum(covariance, one, one, true);
    }

    /** n⁻¹ included: covariance of the two means, of a block and a class. */
    double of(int block, int c) {
      return covariance.length == 0 ? 0 : covariance[block][c];
    }

    /**
     * Covariance of sums over inputs and positions, with these weights of each kind of input and
     * position.
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
            int a = inputs.first(block) * pairs.kinds() + pairs.kind(pairs.first(c));
            int b = inputs.second(block) * pairs.kinds() + pairs.kind(pairs.second(c));
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
