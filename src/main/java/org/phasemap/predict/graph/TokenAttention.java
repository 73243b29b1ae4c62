package org.phasemap.predict.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.architecture.attention.SoftmaxPair;
import org.phasemap.theory.architecture.attention.SoftmaxRow;

/**
 * Softmax attention over exchangeable tokens, heads and key dimension unbounded (ARCHITECTURES 5.1
 * to 5.3; Noci et al. 2022, arXiv 2206.03126). Two rows of logits, of one input or of two, have an
 * effective variance v = Q(K − K′) each and a correlation, K′ the keys' covariance between tokens.
 */
final class TokenAttention {
  private static final double EQUAL = 1e-9;

  private final Map<Rows, Softmax> known = new HashMap<>();

  private record Rows(int tokens, double variance, double correlation) {}

  /**
   * Of two rows of weights.
   *
   * @param overlap E Σ_j A_ij B_kj
   * @param slope E tr of the product of the softmax's slopes
   */
  record Softmax(double overlap, double slope) {}

  /**
   * A block's covariances.
   *
   * @param same of a token
   * @param other of two tokens
   */
  record Tokens(double same, double other) {
    /** What all tokens share cancels. */
    double apart() {
      return same - other;
    }

    static Tokens of(Covariance s, int block) {
      PositionPairs pairs = s.pairs();
      double same = s.of(block, pairs.diagonal(0));
      return new Tokens(same, pairs.positions() == 1 ? same : s.of(block, pairs.of(0, 1)));
    }

    static Tokens of(double[] gradient, PositionPairs pairs) {
      double same = gradient[pairs.diagonal(0)];
      return new Tokens(same, pairs.positions() == 1 ? same : gradient[pairs.of(0, 1)]);
    }
  }

  /** What attention makes of queries, keys and values. */
  Part up(Part queries, Part keys, Part values) {
    Covariance v = values.covariance();
    Covariance next = Covariance.zero(v.inputs(), v.pairs());
    checkExchangeable(queries.covariance());
    for (int block = 0; block < v.inputs().blocks(); block++) {
      Tokens value = Tokens.of(v, block);
      double same = value.other() + value.apart() * softmax(queries, keys, block, true).overlap();
      double other = value.other() + value.apart() * softmax(queries, keys, block, false).overlap();
      set(next, block, same, other);
    }
    return Part.centred(values.channels(), Law.OTHER, next);
  }

  private static void set(Covariance next, int block, double same, double other) {
    PositionPairs pairs = next.pairs();
    if (next.inputs().isOwn(block)) {
      Arrays.fill(next.q()[next.inputs().first(block)], same);
    }
    double q = next.first(block, pairs.diagonal(0));
    for (int c = 0; c < pairs.classes(); c++) {
      next.deficit()[block][c] = q - (pairs.isDiagonal(c) ? same : other);
    }
  }

  private static void checkExchangeable(Covariance s) {
    for (double[] deficit : s.deficit()) {
      for (int c = 0; c < deficit.length; c++) {
        double like = deficit[s.pairs().isDiagonal(c) ? s.pairs().diagonal(0) : s.pairs().of(0, 1)];
        OutsideDomainException.unless(
            Math.abs(deficit[c] - like) <= EQUAL * s.q()[0][0],
            "attention has formulas for tokens that are exchangeable");
      }
    }
  }

  /** Effective variance of a row's logits. */
  static double logitVariance(Part queries, Part keys) {
    Tokens query = Tokens.of(queries.covariance(), 0);
    return query.same() * Tokens.of(keys.covariance(), 0).apart();
  }

  /** Mean entropy of a row. */
  static double entropy(Part queries, Part keys) {
    return SoftmaxRow.of(queries.covariance().pairs().positions(), logitVariance(queries, keys))
        .entropy();
  }

  /** Of the rows of a token in the inputs of a block, or of two tokens. */
  private Softmax softmax(Part queries, Part keys, int block, boolean sameToken) {
    Covariance q = queries.covariance();
    int tokens = q.pairs().positions();
    double variance = logitVariance(queries, keys);
    Tokens query = Tokens.of(q, block);
    double common =
        (sameToken ? query.same() : query.other()) * Tokens.of(keys.covariance(), block).apart();
    boolean isOneRow = sameToken && q.inputs().isOwn(block);
    double correlation =
        isOneRow || !(variance > 0) ? 1 : Math.max(-1, Math.min(1, common / variance));
    return known.computeIfAbsent(new Rows(tokens, variance, correlation), TokenAttention::of);
  }

  private static Softmax of(Rows rows) {
    if (rows.correlation == 1) {
      SoftmaxRow row = SoftmaxRow.of(rows.tokens, rows.variance);
      return new Softmax(row.squares(), row.slope());
    }
    SoftmaxPair pair = SoftmaxPair.of(rows.tokens, rows.variance, rows.correlation);
    return new Softmax(pair.overlap(), pair.slope());
  }

  /**
   * Gradients of queries, keys and values of a block, by class.
   *
   * @param gradient of what attention puts out
   */
  double[][] down(Part queries, Part keys, Part values, int block, double[] gradient) {
    PositionPairs pairs = values.covariance().pairs();
    Tokens g = Tokens.of(gradient, pairs);
    Softmax same = softmax(queries, keys, block, true);
    Softmax other = softmax(queries, keys, block, false);
    Tokens query = Tokens.of(queries.covariance(), block);
    double keyApart = Tokens.of(keys.covariance(), block).apart();
    double valueApart = Tokens.of(values.covariance(), block).apart();
    if (pairs.positions() == 1) { // all weight is on the token
      double[] none = new double[gradient.length];
      return new double[][] {none, none, gradient};
    }
    double others = pairs.positions() - 1;
    double ofKey =
        valueApart
            * (query.same() * g.same() * same.slope()
                + others * query.other() * g.other() * other.slope());
    return new double[][] {
      spread(
          pairs,
          g.same() * valueApart * keyApart * same.slope(),
          g.other() * valueApart * keyApart * other.slope()),
      spread(pairs, ofKey, -ofKey / others),
      spread(
          pairs,
          g.same() * same.overlap() + others * g.other() * other.overlap(),
          g.same() * (1 - same.overlap()) / others + g.other() * (1 - other.overlap()))
    };
  }

  private static double[] spread(PositionPairs pairs, double same, double other) {
    double[] gradient = new double[pairs.classes()];
    for (int c = 0; c < gradient.length; c++) {
      gradient[c] = pairs.isDiagonal(c) ? same : other;
    }
    return gradient;
  }
}
