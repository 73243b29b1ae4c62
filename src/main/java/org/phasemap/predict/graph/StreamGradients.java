package org.phasemap.predict.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.theory.width.Band;

/**
 * How ln Σ‖∂f/∂z_1‖²/Σ‖∂f/∂z_L‖² fluctuates over networks, to first order in 1/n, along all paths
 * of a graph. A squared gradient is a sum over paths of products of means of φ′² and of 1 over
 * squared lengths, which are readings, and of lengths of Wᵀg, which {@link GradientVariance} knows.
 */
final class StreamGradients {
  /** Each stream asks for all pairs of readings, their cube in all: some 2 s. */
  private static final int MOST_READINGS = 1000;

  private static final double LARGEST_VARIANCE = 0.5;

  /** The same of another φ than ReLU, whose slopes follow the variance. */
  private static final double LARGEST_VARIANCE_BENT = 0.2;

  /**
   * Of the variance, times Σ 1/n_l: Wᵀg has a part along h that is z·g = f at every layer of a
   * chain without norms, 2/n_l of the mean square, whose χ²₁ all layers share.
   */
  private static final double ALONG_SIGNAL = 2 * 2 * 2 / 5.0;

  private final Fluctuations means;
  private final Setting setting;
  private final LayerGraph graph;
  private final List<Signal> signals;
  private final Descent descent;

  private StreamGradients(Fluctuations means, Descent descent) {
    this.means = means;
    this.descent = descent;
    setting = means.setting();
    graph = means.graph();
    signals = means.signals();
  }

  /**
   * Of a graph; none of one whose gradients are not followed.
   *
   * @param descent of the gradients of all outputs, products of different inputs among them
   * @param limit at infinite width
   */
  static Band lnGain(Fluctuations means, Descent descent, double limit) {
    return means.setting().inputs().areExchangeable() && means.graph().depth() > 1
        ? new StreamGradients(means, descent).band(limit)
        : Band.NONE;
  }

  private Band band(double limit) {
    int first = graph.layers().get(0);
    int last = graph.layers().get(graph.depth() - 1);
    Optional<Reaches> ofFirst = Reaches.from(setting, graph, signals, first);
    Optional<Reaches> ofLast = Reaches.from(setting, graph, signals, last);
    Optional<List<GradientWay.Stream>> streams = ofFirst.flatMap(reach -> streams(first, reach));
    if (streams.isEmpty() || ofLast.isEmpty() || means.readings().size() > MOST_READINGS) {
      return Band.NONE;
    }
    double[] ln = descent.lnGradient();
    GradientWay low = new GradientWay(means, first, ofFirst.orElseThrow(), 0, streams.get());
    GradientWay high =
        new GradientWay(means, last, ofLast.get(), ln[ln.length - 1] - ln[0], streams.get());
    GradientVariance chance = new GradientVariance(means);
    ReadingWeights weights = means.weights();
    for (GradientWay.Stream stream : streams.get()) {
      double[] own = low.at(stream.node());
      double[] top = high.at(stream.node());
      for (int k = 0; k < own.length; k++) {
        own[k] -= top[k];
      }
      chance.add(stream.node(), own, stream.terms());
      for (GradientTerms.Term term : stream.terms()) {
        GradientWay.add(means, weights, stream.node(), own, term);
      }
    }
    means.descend(graph.readout(), weights);
    Fluctuations.Spread spread = means.spread(weights);
    double variance = spread.all() + chance.all();
    if (!(variance > 0)) {
      return Band.NONE; // branches of weights 0: nothing fluctuates
    }
    GradientWay.Shift shift = low.shift();
    double aligned = 2 * shift.aligned() * shift.aligned() / variance;
    boolean reliable = aligned <= Readings.LARGEST_SHARE && isReliable(variance, low, weights);
    double mean = limit + shift.all() - high.shift().all();
    return new Band(mean, Math.sqrt(variance), reliable);
  }

  /** From the top down. */
  private Optional<List<GradientWay.Stream>> streams(int first, Reaches reach) {
    GradientTerms terms = new GradientTerms(means, descent);
    List<GradientWay.Stream> streams = new ArrayList<>();
    for (int at = graph.readout() - 1; at >= first; at--) {
      Operation operation = graph.nodes().get(at).operation();
      boolean isStream = operation instanceof Weighted || operation instanceof Operation.Sum;
      if (isStream && descent.at(at) != null && reach.at(at) != null) {
        Optional<List<GradientTerms.Term>> own = terms.of(at, descent.lnGradient()[0]);
        if (own.isEmpty()) {
          return Optional.empty();
        }
        int stream = at;
        own.get().forEach(term -> index(stream, term));
        streams.add(new GradientWay.Stream(at, own.get()));
      }
    }
    return Optional.of(streams);
  }

  /** All readings are known before anything has weights. */
  private void index(int stream, GradientTerms.Term term) {
    term.slopes().ifPresent(means::index);
    if (term.normalise() >= 0) {
      means.index(GradientWay.length(means, stream));
    }
  }

  private boolean isReliable(double variance, GradientWay way, ReadingWeights weights) {
    LawExcess law = new LawExcess(graph, setting.network());
    double narrow = 0;
    double ofLaw = 0;
    boolean isWide =
        variance <= (means.isOfRectifiers() ? LARGEST_VARIANCE : LARGEST_VARIANCE_BENT);
    for (GradientWay.Share share : way.shares()) {
      double channels = signals.get(share.stream()).channels();
      isWide &= LengthFluctuations.isWide((int) channels, share.isNormed());
      narrow += share.isNormed() ? 0 : share.size() / channels;
      ofLaw += 2 * share.size() * share.size() * law.ofGradient(share.weights()) / channels;
    }
    for (int r = 0; r < means.readings().size(); r++) {
      Reading reading = means.readings().get(r);
      isWide &=
          weights.readings()[r] == null
              || LengthFluctuations.isWide(reading.channels(), reading.isNormed());
    }
    boolean isBent =
        !means.isOfRectifiers() || way.shares().stream().anyMatch(GradientWay.Share::isNormed);
    return isWide
        && (!isBent || LengthFluctuations.isEvenlyBright(means, variance))
        && ALONG_SIGNAL * narrow <= Readings.LARGEST_SHARE
        && ofLaw <= Readings.LARGEST_OF_LAW * variance;
  }
}
