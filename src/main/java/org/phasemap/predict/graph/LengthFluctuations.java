package org.phasemap.predict.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.stat.StatUtils;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Operation.Average;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.network.graph.Shape;
import org.phasemap.theory.architecture.weights.DeepAutoencoder;
import org.phasemap.theory.width.Band;

/**
 * How the lengths of signals fluctuate over networks, to first order in 1/n: of ReLU, or of any φ
 * behind norms. ReLU keeps half of any mean square, so a layer's variance is a linear map of what
 * it reads: mean squares follow it, and each reading adds the chance of its own n channels, between
 * all pairs of inputs and positions (ARCHITECTURES 1.9). Along a residual stream channels persist:
 * readings are correlated over depth (3.1), and a channel that is large makes the next weights'
 * outputs larger, its own among them, which moves means by 1/n. A norm keeps the length and leaves
 * what φ makes of it (2.3).
 */
final class LengthFluctuations {
  /** Beyond this the first order in 1/n is rough. */
  private static final double LARGEST_VARIANCE = 1;

  /** The same where groups of channels do not mix, of a group's variance less its share in all. */
  private static final double LARGEST_VARIANCE_APART = 0.2;

  /** Behind a norm the next order adds some 8/n to a variance (measured). */
  private static final int FEWEST_NORMED = 96;

  /** Under the taps of an image's first layer. */
  private static final int FEWEST_NUMBERS = 64;

  /**
   * What the images' own chance may add to the variance, as a share. Networks of a cell see the
   * same images, so that of 32 networks z has a variance of 1.16.
   */
  private static final double LARGEST_OF_IMAGES = 0.005;

  private final Setting setting;
  private final LayerGraph graph;
  private final List<Signal> signals;

  /** Of all readings once; weights that see the same see the same chance. */
  private final List<Reading> readings = new ArrayList<>();

  /** By node of weights. */
  private final Map<Integer, Seen> seen = new HashMap<>();

  /** The readings of each stream. */
  private final Map<Integer, List<Integer>> ofStream = new HashMap<>();

  private final ReadingPairs pairs;
  private final Map<Integer, Double> shifts = new HashMap<>();
  private final Map<Width, Boolean> wide = new HashMap<>();

  private LengthFluctuations(Setting setting, LayerGraph graph, List<Signal> signals) {
    this.setting = setting;
    this.graph = graph;
    this.signals = signals;
    pairs = new ReadingPairs(setting, graph, signals);
  }

  /**
   * What weights read.
   *
   * @param readings their numbers
   * @param shares of the channels that they are
   * @param taps how positions are read
   * @param factor from a mean square to the variance, of one tap
   */
  @SuppressWarnings("ArrayRecordComponent") // read-only
  private record Seen(int[] readings, double[] shares, TapPairs taps, double factor) {}

  private record Width(int channels, boolean isNormed) {}

  /** Of such a network; empty of any other. */
  static Optional<LengthFluctuations> of(Setting setting, LayerGraph graph, List<Signal> signals) {
    NetworkConfig network = setting.network();
    if (!isOfRectifiers(network) && !isOfNormalWeights(network)) {
      return Optional.empty();
    }
    LengthFluctuations found = new LengthFluctuations(setting, graph, signals);
    return found.readAll()
            && found.knowsActivation()
            && found.coversInputs()
            && found.canBeShared()
            && found.showsManyNumbers()
        ? Optional.of(found)
        : Optional.empty();
  }

  /**
   * Whether positions of Gaussian images are alike. Each has the variance of the numbers under its
   * taps: of nine of them ln q_L varies by 16 % more where taps wrap around, by 27 % at borders.
   */
  private boolean showsManyNumbers() {
    if (!setting.inputs().areExchangeable()) {
      return true; // of given images each position is known
    }
    for (int i = 1; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      Shape from = graph.nodes().get(node.from().get(0)).shape();
      if (node.from().get(0) == 0 && from.positions() > 1) {
        return node.operation() instanceof Weighted weighted
            && weighted.fanIn(from) >= FEWEST_NUMBERS;
      }
    }
    return true;
  }

  /** Whether a network is of ReLU and of independent weights. */
  static boolean isOfRectifiers(NetworkConfig network) {
    return network.activation().equals(Activations.RELU)
        && network.weightLaw() != WeightLaw.ORTHOGONAL;
  }

  /** Whether a network is of normal weights, all kept. */
  private static boolean isOfNormalWeights(NetworkConfig network) {
    return network.keepProbability() == 1 && network.weightLaw() == WeightLaw.NORMAL;
  }

  /**
   * Whether inputs are alike in law; of given ones, whether only their covariances matter, and no
   * stream adds up what differs from input to input.
   */
  private boolean coversInputs() {
    return setting.inputs().areExchangeable()
        || (isOfNormalWeights(setting.network())
            && readings.stream()
                .noneMatch(r -> r.view() == Reading.View.APART || isSum(r.stream())));
  }

  /**
   * Of a φ that is not ReLU the chance behind norms is known alone. Rows over their norm move the
   * mean of its φ² by another 1/n.
   */
  private boolean knowsActivation() {
    return setting.network().activation().equals(Activations.RELU)
        || (readings.stream().allMatch(r -> r.view().isNormed() || r.view() == Reading.View.ITSELF)
            && graph.nodes().stream().noneMatch(LengthFluctuations::hasNormedRows));
  }

  private static boolean hasNormedRows(Node node) {
    return node.operation() instanceof Weighted weighted
        && weighted.parameterisation() == Parameterisation.WEIGHT_NORM;
  }

  private boolean readAll() {
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      boolean isAveraged =
          i == graph.readout()
              && graph.nodes().get(node.from().get(0)).operation() instanceof Average;
      if (node.operation() instanceof Weighted && !isAveraged) {
        Optional<List<Reading>> found = Readings.of(graph, setting.network(), i);
        if (found.isEmpty()) {
          return false;
        }
        seen.put(i, seen(i, (Weighted) node.operation(), found.get()));
      }
    }
    for (int node : graph.layers()) {
      Optional<Reading> itself = Readings.itself(graph, setting.network(), node);
      if (itself.isEmpty()) {
        return false;
      }
      index(itself.get());
    }
    return true;
  }

  private Seen seen(int node, Weighted weighted, List<Reading> read) {
    double channels = read.stream().mapToInt(Reading::channels).sum();
    List<Integer> grid = graph.nodes().get(graph.nodes().get(node).from().get(0)).shape().grid();
    return new Seen(
        read.stream().mapToInt(this::index).toArray(),
        read.stream().mapToDouble(r -> r.channels() / channels).toArray(),
        setting.taps(weighted.taps(), grid),
        signals.get(node).weights().gain() / weighted.taps().fan(grid));
  }

  private int index(Reading reading) {
    int at = readings.indexOf(reading);
    if (at < 0) {
      readings.add(reading);
      at = readings.size() - 1;
      ofStream.computeIfAbsent(reading.stream(), s -> new ArrayList<>()).add(at);
    }
    return at;
  }

  private boolean isSum(int stream) {
    return graph.nodes().get(stream).operation() instanceof Operation.Sum;
  }

  /** Of channels that persist, what positions have in common is not followed. */
  private boolean canBeShared() {
    boolean areVectors = signals.stream().allMatch(s -> s.shape().positions() == 1);
    return areVectors || readings.stream().noneMatch(reading -> isSum(reading.stream()));
  }

  /**
   * The law of a relative mean square.
   *
   * @param all its variance, of the mean over inputs
   * @param alone its variance, of one input
   * @param shift its mean over that at infinite width, less 1
   */
  private record Spread(double all, double alone, double shift, boolean reliable) {}

  /** ln of the mean of z_l² over units, positions and inputs. */
  Band lnQ(int layer) {
    int node = graph.layers().get(layer - 1);
    double q = signals.get(node).covariance().meanSquare();
    ReadingWeights weights = weights();
    Reading top = Readings.itself(graph, setting.network(), node).orElseThrow();
    weights.readings()[index(top)] = each(node, 1 / q);
    Spread spread = spread(node, weights);
    double mean = Math.log(q) + spread.shift - 0.5 * spread.all;
    return new Band(mean, Math.sqrt(spread.all), spread.reliable);
  }

  /** {@link #lnQ} of each layer. */
  List<Band> lnQ() {
    List<Band> bands = new ArrayList<>();
    for (int l = 1; l <= graph.depth(); l++) {
      bands.add(lnQ(l));
    }
    return bands;
  }

  /**
   * ln of the mean square of what the read-out sees over the input's, averaged over inputs; none
   * where it sees a mean over positions, or what a norm has made of one length, or inputs are
   * given.
   *
   * @param limit at infinite width
   */
  Band lnNormRatio(double limit) {
    Seen parts = seen.get(graph.readout());
    boolean areAlike = setting.inputs().areExchangeable();
    if (parts == null || parts.readings.length == 0 || !areAlike) {
      return Band.NONE;
    }
    int below = graph.nodes().get(graph.readout()).from().get(0);
    double q = signals.get(below).covariance().meanSquare();
    ReadingWeights weights = weights();
    for (int i = 0; i < parts.readings.length; i++) {
      int r = parts.readings[i];
      weights.readings()[r] = each(readings.get(r).stream(), parts.shares[i] / q);
    }
    Spread spread = spread(below, weights);
    double mean = limit + spread.shift - 0.5 * spread.alone;
    return new Band(mean, Math.sqrt(spread.all), spread.reliable);
  }

  private ReadingWeights weights() {
    return new ReadingWeights(new double[readings.size()][], new double[graph.nodes().size()][]);
  }

  /** The weight of each position and input in a mean over all. */
  private double[] each(int node, double factor) {
    PositionPairs pairs = signals.get(node).pairs();
    double[] each = new double[pairs.kinds()];
    Arrays.fill(each, factor / pairs.positions() / setting.inputs().count());
    return each;
  }

  private Spread spread(int from, ReadingWeights weights) {
    descend(from, weights);
    Spread found = spread(weights);
    boolean isOfNetworks = ofImages(weights) <= LARGEST_OF_IMAGES * found.all;
    return new Spread(found.all, found.alone, found.shift, found.reliable && isOfNetworks);
  }

  /**
   * Variance over Gaussian images of the same norm, of which some positions are brighter than
   * others: it counts where padding reads some more often.
   */
  private double ofImages(ReadingWeights weights) {
    if (!setting.inputs().areExchangeable()) {
      return 0; // these are known
    }
    Covariance images = signals.get(0).covariance();
    double variance = 0;
    for (Map.Entry<Integer, Seen> each : seen.entrySet()) {
      double[] onVariance = weights.streams()[each.getKey()];
      Seen own = each.getValue();
      if (graph.nodes().get(each.getKey()).from().get(0) == 0 && onVariance != null) {
        double[] below = own.taps.downPositions(own.factor, onVariance);
        for (int block = 0; block < setting.inputs().blocks(); block++) {
          double product = images.meanProduct(block);
          double squares = StatUtils.sumSq(below) - StatUtils.sum(below) * StatUtils.mean(below);
          variance += setting.inputs().multiplicity(block) * 2 * product * product * squares;
        }
      }
    }
    return variance / signals.get(0).channels();
  }

  /** Goes down from weights at or below a node to all below them. */
  private void descend(int from, ReadingWeights weights) {
    for (int node = from; node >= 0; node--) {
      for (int r : ofStream.getOrDefault(node, List.of())) {
        double[] own = weights.readings()[r];
        if (own != null && readings.get(r).view().slope() > 0) {
          ReadingWeights.add(weights.streams(), node, readings.get(r).view().slope(), own);
        }
      }
      double[] onVariance = weights.streams()[node];
      if (onVariance != null) {
        pass(node, onVariance, weights);
      }
    }
  }

  /** From a stream's variance to those of its terms, or to what its weights read. */
  private void pass(int number, double[] onVariance, ReadingWeights weights) {
    Node node = graph.nodes().get(number);
    if (node.operation() instanceof Operation.Sum sum) {
      for (int i = 0; i < node.from().size(); i++) {
        double factor = sum.factors().get(i);
        ReadingWeights.add(weights.streams(), node.from().get(i), factor * factor, onVariance);
      }
      return;
    }
    Seen own = seen.get(number);
    if (own != null && own.readings.length > 0) {
      double[] below = own.taps.downPositions(own.factor, onVariance);
      for (int i = 0; i < own.readings.length; i++) {
        ReadingWeights.add(weights.readings(), own.readings[i], own.shares[i], below);
      }
    }
  }

  private Spread spread(ReadingWeights weights) {
    double all = 0;
    double own = 0;
    double ofLaw = 0;
    double shift = 0;
    boolean reliable = true;
    for (int s = 0; s < weights.readings().length; s++) {
      double[] first = weights.readings()[s];
      if (first != null) {
        Reading reading = readings.get(s);
        reliable &= isWide(reading);
        shift += isSum(reading.stream()) ? first[0] * setting.inputs().count() * shift(s) : 0;
        shift += reading.view().isNormed() ? ofSphere(reading, first) : 0;
        for (int t = 0; t <= s; t++) {
          double[] second = weights.readings()[t];
          if (second != null) {
            double twice = t < s ? 2 : 1;
            ReadingPairs.Pair pair = pairs.of(readings, s, t);
            all += twice * pair.all(first, second);
            own += twice * pair.own(first, second);
            ofLaw += twice * pair.ofLaw(first, second);
          }
        }
      }
    }
    reliable &= ofLaw <= Readings.LARGEST_OF_LAW * all;
    reliable &= all <= LARGEST_VARIANCE && all * (mostGroups() - 1) <= LARGEST_VARIANCE_APART;
    return new Spread(all, own * setting.inputs().count(), shift, reliable);
  }

  /**
   * By how much a reading's mean square is larger for its channels' own share in the variances of
   * the weights above them: d/dv E relu²(x + √v ξ) = E θ.
   */
  private double shift(int reading) {
    Double known = shifts.get(reading);
    if (known == null) {
      ReadingWeights below = weights();
      int stream = readings.get(reading).stream();
      below.streams()[stream] = new double[] {1};
      descend(stream, below);
      known = 0.0;
      for (int t = 0; t < reading; t++) {
        double[] weight = below.readings()[t];
        known += weight == null ? 0 : weight[0] * pairs.of(readings, reading, t).tilt();
      }
      shifts.put(reading, known);
    }
    return known;
  }

  /** By how much E φ² on a sphere of n dimensions moves the mean, by its weights. */
  private double ofSphere(Reading reading, double[] weights) {
    PositionPairs positions = signals.get(reading.stream()).pairs();
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      sum += positions.share(k) * weights[k];
    }
    return sum * setting.inputs().count() * pairs.normed(reading).shift() / reading.channels();
  }

  private int mostGroups() {
    return graph.nodes().stream()
        .filter(node -> node.operation() instanceof Weighted)
        .mapToInt(node -> mixedGroups((Weighted) node.operation()))
        .max()
        .orElse(1);
  }

  /**
   * Channels one by one are mixed by the weights above them, but have heavy tails as two groups.
   */
  private static int mixedGroups(Weighted weighted) {
    return weighted.groups() == weighted.channels() ? 2 : weighted.groups();
  }

  private boolean isWide(Reading reading) {
    return wide.computeIfAbsent(
        new Width(reading.channels(), reading.view().isNormed()),
        width -> isWide(width.channels, width.isNormed));
  }

  /** Whether the variance of one layer's ln ‖relu(z)‖² is close to its first order. */
  static boolean isWide(int channels, boolean isNormed) {
    double one = new DeepAutoencoder(new int[] {channels}, 1).logVariance();
    return Math.abs(one * channels / Readings.ONE_LAYER - 1) <= Readings.LARGEST_SHARE
        && (!isNormed || channels >= FEWEST_NORMED);
  }
}
