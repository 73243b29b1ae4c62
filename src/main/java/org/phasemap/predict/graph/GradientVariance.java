package org.phasemap.predict.graph;

import java.util.List;

/**
 * What the chance of Wᵀ adds to the variance of a mean over inputs of ln Σ‖g‖², beside that of
 * slopes and lengths, which are readings. A gradient Wᵀg is as good as Gaussian: its own length
 * varies, and so does the length of any two terms together, by their product.
 */
final class GradientVariance {
  /** Excess of a fourth moment that is rounding. */
  private static final double LEAST = 1e-9;

  private final Fluctuations means;
  private final Setting setting;
  private final List<Signal> signals;
  private double all;
  private double alone;

  GradientVariance(Fluctuations means) {
    this.means = means;
    setting = means.setting();
    signals = means.signals();
  }

  /** Of the mean over inputs. */
  double all() {
    return all;
  }

  /** Of one input. */
  double alone() {
    return alone;
  }

  private interface OfPair {
    double of(int block, int c);
  }

  /**
   * Adds what the terms at a stream leave to chance.
   *
   * @param weights of the squared gradient there, by kind of position
   */
  void add(int stream, double[] weights, List<GradientTerms.Term> terms) {
    for (int p = 0; p < terms.size(); p++) {
      GradientTerms.Term term = terms.get(p);
      if (term.isFresh()) {
        add(stream, weights, (block, c) -> 2 * square(stream, term, block, c));
      }
      for (int q = 0; q < p; q++) {
        GradientTerms.Term other = terms.get(q);
        add(stream, weights, (block, c) -> 4 * product(stream, term, other, block, c));
      }
    }
  }

  private void add(int stream, double[] weights, OfPair number) {
    PositionPairs pairs = signals.get(stream).pairs();
    InputPairs inputs = setting.inputs();
    double channels = signals.get(stream).channels();
    for (int block = 0; block < inputs.blocks(); block++) {
      double sum = 0;
      for (int c = 0; c < pairs.classes(); c++) {
        double a = weights[pairs.kind(pairs.first(c))];
        double b = weights[pairs.kind(pairs.second(c))];
        sum += a == 0 || b == 0 ? 0 : pairs.multiplicity(c) * a * b * number.of(block, c);
      }
      sum *= channels;
      all += inputs.multiplicity(block) / inputs.count() / inputs.count() * sum;
      alone += inputs.isOwn(block) ? sum : 0;
    }
  }

  /** (E y_a y_b)² E φ′_a² φ′_b² of D y. */
  private double square(int stream, GradientTerms.Term term, int block, int c) {
    double moment = term.moments()[block][c];
    return moment == 0 ? 0 : moment * moment * (1 + excess(stream, term, block, c));
  }

  /** E φ′_a² φ′_b² over (E φ′_a φ′_b)², less 1. */
  private double excess(int stream, GradientTerms.Term term, int block, int c) {
    if (term.slopes().isEmpty()) {
      return 0;
    }
    double[][] slopes = signals.get(term.active()).parts().get(term.part()).slopes();
    if (slopes == null) {
      return 0;
    }
    PositionPairs pairs = signals.get(stream).pairs();
    InputPairs inputs = setting.inputs();
    double a = slopes[inputs.own(inputs.first(block))][pairs.diagonal(pairs.kind(pairs.first(c)))];
    double b =
        slopes[inputs.own(inputs.second(block))][pairs.diagonal(pairs.kind(pairs.second(c)))];
    double squares = a * b + means.pairs().alike(term.slopes().get(), block, c);
    return squares / (slopes[block][c] * slopes[block][c]) - 1;
  }

  /**
   * E of the product of two terms at two places: that of each, and what slopes have in common along
   * a stream. Of one place this is known. Of two it is its power, which is right where the streams
   * are equal, or of ReLU where the places have nothing in common.
   */
  private double product(
      int stream, GradientTerms.Term term, GradientTerms.Term other, int block, int c) {
    double moments = term.moments()[block][c] * other.moments()[block][c];
    boolean isFresh = term.isFresh();
    GradientTerms.Term fresh = isFresh ? term : other;
    double own = excess(stream, fresh, setting.inputs().own(0), 0);
    if (fresh.slopes().isEmpty() || moments == 0 || own < LEAST) {
      return moments;
    }
    double power = Math.log1p(excess(stream, fresh, block, c)) / Math.log1p(own);
    double total = 0;
    double factor = 0;
    for (GradientTerms.Part part : (isFresh ? other : term).parts()) {
      double common =
          part.slopes()
              .map(slopes -> means.pairs().common(fresh.slopes().get(), slopes))
              .orElse(0.0);
      total += part.size();
      factor += part.size() * Math.exp(power * Math.log1p(common));
    }
    return moments * factor / total;
  }
}
