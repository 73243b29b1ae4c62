package org.phasemap.predict.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
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

/**
 * How means over the channels of streams fluctuate over networks, to first order in 1/n, and with
 * them whatever depends on them. A layer's variance is σ_w² times the mean of φ² of what it reads,
 * so it follows that mean, which has dE φ²/dq times what the variance below has, and the chance of
 * its own n channels, between all pairs of inputs and positions (ARCHITECTURES 1.9). Along a
 * residual stream channels persist: readings are correlated over depth (3.1), and a channel that is
 * large makes the next weights' outputs larger, its own among them, which moves means by 1/n. So
 * does a variance that fluctuates where φ² bends. A norm keeps the length and leaves what φ makes
 * of it (2.3).
 */
final class Fluctuations {
  /** Numbers that pairs of readings may take. */
  private static final double MOST_NUMBERS = 4e6;

  private final Setting setting;
  private final LayerGraph graph;
  private final List<Signal> signals;
  private final InputPairs inputs;

  /** Of all readings once; weights that see the same see the same chance. */
  private final List<Reading> readings = new ArrayList<>();

  /** By node of weights. */
  private final Map<Integer, Seen> seen = new HashMap<>();

  /** The readings of each stream. */
  private final Map<Integer, List<Integer>> ofStream = new HashMap<>();

  /** Where each reading's weights read, by tap and position. */
  private final Map<Integer, int[][]> sources = new HashMap<>();

  private final ReadingPairs pairs;
  private final ReadingCovariances covariances;
  private final StreamVariances ofImages;
  private final Map<Integer, double[]> shifts = new HashMap<>();
  private final Map<Integer, double[]> growths = new HashMap<>();

  private Fluctuations(Setting setting, LayerGraph graph, List<Signal> signals) {
    this.setting = setting;
    this.graph = graph;
    this.signals = signals;
    inputs = setting.inputs();
    pairs = new ReadingPairs(setting, graph, signals);
    boolean areVectors = signals.stream().allMatch(s -> s.pairs().kinds() * inputs.kinds() == 1);
    covariances = new ReadingCovariances(readings, pairs, inputs, areVectors);
    ofImages =
        new StreamVariances(
            setting,
            graph,
            signals,
            new StreamVariances.Own() {
              @Override
              public Optional<Reading> reading(int node) {
                return Optional.ofNullable(seen.get(node))
                    .filter(own -> own.readings.length > 0)
                    .map(own -> readings.get(own.readings[0]));
              }

              @Override
              public double covariance(Reading reading, int block, int pair) {
                int r = index(reading);
                return pairs.of(readings, r, r).of(block, pair);
              }
            });
  }

  /**
   * What weights read.
   *
   * @param readings their numbers
   * @param shares of the channels that they are
   * @param taps how positions are read
   * @param factor from a mean square to the variance, of one tap
   * @param count of taps
   */
  @SuppressWarnings("ArrayRecordComponent") // read-only
  record Seen(int[] readings, double[] shares, TapPairs taps, double factor, int count) {}

  /** Of such a network; empty of any other. */
  static Optional<Fluctuations> of(Setting setting, LayerGraph graph, List<Signal> signals) {
    NetworkConfig network = setting.network();
    if (!isOfRectifiers(network) && !isOfNormalWeights(network)) {
      return Optional.empty();
    }
    Fluctuations found = new Fluctuations(setting, graph, signals);
    return found.readAll()
            && found.knowsActivation()
            && found.coversInputs()
            && found.isNotTooLarge()
        ? Optional.of(found)
        : Optional.empty();
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

  /** Whether dE φ²/dq is the same whatever q, so that no mean depends on how variances vary. */
  boolean isOfRectifiers() {
    return setting.network().activation().equals(Activations.RELU);
  }

  /**
   * Whether inputs are alike in law; of given ones, whether only their covariances matter, and no
   * stream adds up what differs from input to input.
   */
  private boolean coversInputs() {
    return inputs.areExchangeable()
        || (isOfNormalWeights(setting.network())
            && readings.stream()
                .noneMatch(r -> r.view() == Reading.View.APART || isSum(r.stream())));
  }

  /**
   * Of another φ than ReLU what rows over their norm leave behind a norm is not known, nor how
   * variances at the positions of an image vary where streams are added.
   */
  private boolean knowsActivation() {
    boolean hasNormedRows = graph.nodes().stream().anyMatch(Fluctuations::hasNormedRows);
    boolean areVectors = signals.stream().allMatch(s -> s.shape().positions() == 1);
    boolean isChain = IntStream.range(0, graph.nodes().size()).noneMatch(this::isSum);
    return isOfRectifiers()
        || readings.stream()
            .allMatch(
                r ->
                    r.view() == Reading.View.ITSELF
                        || (r.isNormed() ? !hasNormedRows : areVectors || isChain));
  }

  private static boolean hasNormedRows(Node node) {
    return node.operation() instanceof Weighted weighted
        && weighted.parameterisation() == Parameterisation.WEIGHT_NORM;
  }

  private boolean isNotTooLarge() {
    double numbers = 0;
    for (Reading reading : readings) {
      double classes = signals.get(reading.stream()).pairs().classes();
      double streams = isSum(reading.stream()) ? readings.size() : 1;
      numbers += classes * inputs.blocks() * streams;
    }
    return numbers <= MOST_NUMBERS;
  }

  private boolean readAll() {
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      boolean isAveraged =
          i == graph.readout()
              && graph.nodes().get(node.from().get(0)).operation() instanceof Average;
      if (node.operation() instanceof Weighted weighted && !isAveraged) {
        Optional<List<Reading>> found = Readings.of(graph, setting.network(), i);
        if (found.isEmpty()) {
          return false;
        }
        seen.put(i, seen(i, weighted, found.get()));
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
    int[] numbers = read.stream().mapToInt(this::index).toArray();
    for (int number : numbers) {
      sources.computeIfAbsent(number, n -> weighted.taps().sources(grid));
    }
    return new Seen(
        numbers,
        read.stream().mapToDouble(r -> r.channels() / channels).toArray(),
        setting.taps(weighted.taps(), grid),
        signals.get(node).weights().gain() / weighted.taps().fan(grid),
        weighted.taps().count(grid));
  }

  /** The number of a reading, which is a new one where nothing has asked for it. */
  int index(Reading reading) {
    int at = readings.indexOf(reading);
    if (at < 0) {
      readings.add(reading);
      at = readings.size() - 1;
      ofStream.computeIfAbsent(reading.stream(), s -> new ArrayList<>()).add(at);
    }
    return at;
  }

  /**
   * Variance of the mean square of the numbers that weights read at a position of a Gaussian image,
   * over its square. Where φ bends or a norm divides by lengths, it moves the mean by a share of
   * itself, whatever the width. 0 of vectors and of given images.
   */
  double brightness() {
    double largest = 0;
    for (Node node : graph.nodes()) {
      Shape from = graph.nodes().get(0).shape();
      boolean readsImages = node.from().contains(0) && from.positions() > 1;
      if (readsImages && inputs.areExchangeable()) {
        largest =
            node.operation() instanceof Weighted weighted
                ? Math.max(largest, 2 / weighted.fanIn(from))
                : 1;
      }
    }
    return largest;
  }

  Setting setting() {
    return setting;
  }

  LayerGraph graph() {
    return graph;
  }

  List<Signal> signals() {
    return signals;
  }

  List<Reading> readings() {
    return readings;
  }

  ReadingPairs pairs() {
    return pairs;
  }

  /** What the weights at a node read; empty where that is not followed. */
  Optional<Seen> seen(int node) {
    return Optional.ofNullable(seen.get(node));
  }

  private boolean isSum(int stream) {
    return graph.nodes().get(stream).operation() instanceof Operation.Sum;
  }

  /**
   * The law of a relative mean square.
   *
   * @param all its variance, of the mean over inputs
   * @param alone its variance, of one input
   * @param ofLaw what weights that are not normal may add to {@code all}
   * @param shift its mean over that at infinite width, less 1
   */
  record Spread(double all, double alone, double ofLaw, double shift) {}

  /** Weights of nothing, of the readings known by now: {@link #index} new ones before. */
  ReadingWeights weights() {
    return new ReadingWeights(new double[readings.size()][], new double[graph.nodes().size()][]);
  }

  /** Goes down from weights at or below a node to all below them. */
  void descend(int from, ReadingWeights weights) {
    for (int node = from; node >= 0; node--) {
      for (int r : ofStream.getOrDefault(node, List.of())) {
        double[] own = weights.readings()[r];
        if (own != null && !readings.get(r).isNormed()) {
          ReadingWeights.add(weights.streams(), node, growth(r), own);
        }
      }
      double[] onVariance = weights.streams()[node];
      if (onVariance != null) {
        pass(node, onVariance, weights);
      }
    }
  }

  /** dE f/dq of a reading by kind of input and position. */
  private double[] growth(int r) {
    return growths.computeIfAbsent(
        r,
        number -> {
          Reading reading = readings.get(number);
          return each(reading.stream(), q -> setting.units().growth(reading, q));
        });
  }

  private interface OfVariance {
    double of(double q);
  }

  private double[] each(int node, OfVariance number) {
    double[][] q = signals.get(node).covariance().q();
    return Arrays.stream(q).flatMapToDouble(Arrays::stream).map(number::of).toArray();
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
      double[] below = below(own, onVariance);
      for (int i = 0; i < own.readings.length; i++) {
        ReadingWeights.add(weights.readings(), own.readings[i], own.shares[i], below);
      }
    }
  }

  /** Through taps, of each kind of input. */
  private double[] below(Seen own, double[] onVariance) {
    int kinds = inputs.kinds();
    int positions = onVariance.length / kinds;
    double[][] rows = new double[kinds][];
    for (int i = 0; i < kinds; i++) {
      double[] row = Arrays.copyOfRange(onVariance, i * positions, (i + 1) * positions);
      rows[i] = own.taps.downPositions(own.factor, row);
    }
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }

  /** Of weights of all readings. */
  Spread spread(ReadingWeights weights) {
    double all = 0;
    double own = 0;
    double ofLaw = 0;
    double shift = 0;
    for (int s = 0; s < readings.size(); s++) {
      double[] first = weights.readings()[s];
      if (first != null) {
        shift += product(s, first, shift(s));
        for (int t = 0; t <= s; t++) {
          double[] second = weights.readings()[t];
          if (second != null) {
            double twice = t < s ? 2 : 1;
            ReadingPairs.Pair pair = pair(s, t);
            all += twice * pair.all(first, second);
            own += twice * pair.own(first, second);
            ofLaw += twice * pair.ofLaw(first, second);
          }
        }
      }
    }
    return new Spread(all, own * inputs.count(), ofLaw, shift);
  }

  private ReadingPairs.Pair pair(int s, int t) {
    return pairs.of(readings, s, t);
  }

  /** Sum over inputs and positions. */
  private double product(int reading, double[] weights, double[] numbers) {
    PositionPairs positions = signals.get(readings.get(reading).stream()).pairs();
    double each = (double) inputs.count() / inputs.kinds();
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      sum += positions.share(k % positions.kinds()) * each * weights[k] * numbers[k];
    }
    return sum;
  }

  /** By how much a reading's mean is larger, given the variances below it. */
  double[] shift(int reading) {
    double[] found = shifts.get(reading);
    if (found == null) {
      found = shifted(readings.get(reading));
      shifts.put(reading, found);
    }
    return found;
  }

  private double[] shifted(Reading reading) {
    int stream = reading.stream();
    UnitLaws units = setting.units();
    if (reading.view() == Reading.View.APART || reading.view() == Reading.View.ITSELF) {
      return each(stream, q -> 0);
    }
    double tilt = isSum(stream) ? tilt(reading) : 0;
    if (reading.isNormed()) {
      // A coordinate of the sphere has an excess kurtosis of −6/n.
      double g2 = reading.gamma2();
      double bent = -units.bend(reading, g2) * g2 * g2 / reading.channels();
      return each(stream, q -> bent + tilt);
    }
    if (isOfRectifiers()) {
      return each(stream, q -> tilt);
    }
    double[] q = each(stream, each -> each);
    double[] sum = new double[q.length];
    for (int k = 0; k < q.length; k++) {
      sum[k] = tilt + 0.5 * units.bend(reading, q[k]) * variance(stream, k);
    }
    return sum;
  }

  /**
   * By how much a reading is larger for its channels' own share in the variances of the weights
   * below it.
   */
  private double tilt(Reading reading) {
    ReadingWeights below = weights();
    int stream = reading.stream();
    double[] ones = new double[signals.get(stream).pairs().kinds()];
    Arrays.fill(ones, 1.0 / signals.get(stream).pairs().positions());
    below.streams()[stream] = ones;
    descend(stream, below);
    double sum = 0;
    for (int t = 0; t < readings.size(); t++) {
      double[] weight = below.readings()[t];
      int[][] taps = sources.get(t);
      if (weight != null && taps != null && readings.get(t).stream() != stream) {
        double tilt = pairs.near(reading, readings.get(t), taps, setting.units()::tilt);
        sum += tilt == 0 ? 0 : total(t, weight) * tilt;
      }
    }
    return sum;
  }

  /** Sum over positions. */
  double total(int reading, double[] weights) {
    PositionPairs positions = signals.get(readings.get(reading).stream()).pairs();
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      sum += positions.share(k) * weights[k];
    }
    return sum;
  }

  /**
   * Variance over networks of a stream's variance, of one kind of input and position; less what
   * rows over their norm leave out, whose numbers lie on spheres.
   */
  double variance(int stream, int kind) {
    PositionPairs positions = signals.get(stream).pairs();
    double q =
        signals.get(stream).covariance().q()[kind / positions.kinds()][kind % positions.kinds()];
    double sphere = 0;
    Node node = graph.nodes().get(stream);
    if (hasNormedRows(node)) {
      Weighted weighted = (Weighted) node.operation();
      sphere = 2 * q * q / weighted.fanIn(graph.nodes().get(node.from().get(0)).shape());
    }
    if (positions.positions() > 1) {
      return ofImages.of(stream, kind / positions.kinds(), kind % positions.kinds()) - sphere;
    }
    ReadingWeights below = weights();
    double[] one = new double[inputs.kinds()];
    one[kind] = 1;
    below.streams()[stream] = one;
    descend(stream, below);
    return ofOne(List.of(below))[0][0] - sphere;
  }

  /** By how much what some weights of each input make is larger on average. */
  double shift(ReadingWeights weights) {
    double shift = 0;
    for (int s = 0; s < readings.size(); s++) {
      double[] own = weights.readings()[s];
      shift += own == null ? 0 : product(s, own, shift(s)) / inputs.count();
    }
    return shift;
  }

  /** Covariances of what some weights of each input make, of one input. */
  double[][] ofOne(List<ReadingWeights> weights) {
    return covariances.of(weights);
  }
}
