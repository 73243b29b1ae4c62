package org.phasemap.predict.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.stat.StatUtils;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Shape;
import org.phasemap.theory.architecture.weights.DeepAutoencoder;
import org.phasemap.theory.width.Band;
import org.phasemap.theory.width.KernelFluctuation;

/**
 * The laws of signals' lengths over networks: ln of mean squares, which {@link Fluctuations} knows,
 * where the first order in 1/n is enough.
 */
final class LengthFluctuations {
  /** Beyond this the first order in 1/n is rough. */
  private static final double LARGEST_VARIANCE = 0.5;

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

  /** Variance of the images' brightness, in standard deviations of one network. */
  private static final double LARGEST_BRIGHTNESS = 0.1;

  private final Fluctuations means;
  private final Setting setting;
  private final LayerGraph graph;
  private final List<Signal> signals;
  private final Map<Width, Boolean> wide = new HashMap<>();

  LengthFluctuations(Fluctuations means) {
    this.means = means;
    setting = means.setting();
    graph = means.graph();
    signals = means.signals();
  }

  private record Width(int channels, boolean isNormed) {}

  /** A law that may be rough. */
  private record Spread(double all, double alone, double shift, boolean reliable) {}

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

  /** ln of the mean of z_l² over units, positions and inputs. */
  Band lnQ(int layer) {
    int node = graph.layers().get(layer - 1);
    double q = signals.get(node).covariance().meanSquare();
    Reading top = Readings.itself(graph, setting.network(), node).orElseThrow();
    int number = means.index(top);
    ReadingWeights weights = means.weights();
    weights.readings()[number] = each(node, 1 / q);
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
    Optional<Fluctuations.Seen> seen = means.seen(graph.readout());
    boolean areAlike = setting.inputs().areExchangeable();
    if (seen.isEmpty() || seen.get().readings().length == 0 || !areAlike) {
      return Band.NONE;
    }
    int[] readings = seen.get().readings();
    int below = graph.nodes().get(graph.readout()).from().get(0);
    double q = signals.get(below).covariance().meanSquare();
    ReadingWeights weights = means.weights();
    for (int i = 0; i < readings.length; i++) {
      int stream = means.readings().get(readings[i]).stream();
      weights.readings()[readings[i]] = each(stream, seen.get().shares()[i] / q);
    }
    Spread spread = spread(below, weights);
    double mean = limit + spread.shift - 0.5 * spread.alone;
    return new Band(mean, Math.sqrt(spread.all), spread.reliable);
  }

  /** The weight of each input and position in a mean over all. */
  private double[] each(int node, double factor) {
    PositionPairs pairs = signals.get(node).pairs();
    double[] each = new double[setting.inputs().kinds() * pairs.kinds()];
    Arrays.fill(each, factor / pairs.positions() / setting.inputs().count());
    return each;
  }

  private Spread spread(int from, ReadingWeights weights) {
    means.descend(from, weights);
    Fluctuations.Spread found = means.spread(weights);
    boolean reliable = showsManyNumbers() && isSettled(found, weights);
    return new Spread(found.all(), found.alone(), found.shift(), reliable);
  }

  private boolean isSettled(Fluctuations.Spread found, ReadingWeights weights) {
    boolean isWide = true;
    for (int r = 0; r < means.readings().size(); r++) {
      isWide &= weights.readings()[r] == null || isWide(means.readings().get(r));
    }
    boolean isBent = false;
    for (int r = 0; r < means.readings().size(); r++) {
      isBent |= weights.readings()[r] != null && isBent(means.readings().get(r));
    }
    return isWide
        && !(isBent && found.alone() > KernelFluctuation.VALIDITY)
        && (!isBent || isEvenlyBright(means, found.all()))
        && found.ofLaw() <= Readings.LARGEST_OF_LAW * found.all()
        && found.all() <= LARGEST_VARIANCE
        && found.all() * (mostGroups() - 1) <= LARGEST_VARIANCE_APART
        && ofImages(weights) <= LARGEST_OF_IMAGES * found.all();
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
    for (int node = 1; node < graph.nodes().size(); node++) {
      double[] onVariance = weights.streams()[node];
      Optional<Fluctuations.Seen> own = means.seen(node);
      if (graph.nodes().get(node).from().get(0) == 0 && onVariance != null && own.isPresent()) {
        double[] below = own.get().taps().downPositions(own.get().factor(), onVariance);
        for (int block = 0; block < setting.inputs().blocks(); block++) {
          double product = images.meanProduct(block);
          double squares = StatUtils.sumSq(below) - StatUtils.sum(below) * StatUtils.mean(below);
          variance += setting.inputs().multiplicity(block) * 2 * product * product * squares;
        }
      }
    }
    return variance / signals.get(0).channels();
  }

  private boolean isBent(Reading reading) {
    boolean isOfActivation = reading.view() != Reading.View.ITSELF && !reading.isNormed();
    return isOfActivation && !means.isOfRectifiers();
  }

  /** Whether images' brightness from place to place moves means by little beside their spread. */
  static boolean isEvenlyBright(Fluctuations means, double variance) {
    return means.brightness() <= LARGEST_BRIGHTNESS * Math.sqrt(variance);
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
    boolean areApart = weighted.groups() > 1 && weighted.groups() == weighted.channels();
    return areApart ? 2 : weighted.groups();
  }

  private boolean isWide(Reading reading) {
    return wide.computeIfAbsent(
        new Width(reading.channels(), reading.isNormed()),
        width -> isWide(width.channels, width.isNormed));
  }

  /** Whether the variance of one layer's ln ‖relu(z)‖² is close to its first order. */
  static boolean isWide(int channels, boolean isNormed) {
    double one = new DeepAutoencoder(new int[] {channels}, 1).logVariance();
    return Math.abs(one * channels / Readings.ONE_LAYER - 1) <= Readings.LARGEST_SHARE
        && (!isNormed || channels >= FEWEST_NORMED);
  }
}
