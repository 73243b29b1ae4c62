package org.phasemap.predict.graph;

import java.util.Arrays;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.architecture.attention.SampledSoftmax;

/**
 * Softmax attention over tokens that are given, heads and key dimension unbounded: the logits of
 * token i of input x and token i′ of x′ have the covariance Q_ii′ K_jj′ (ARCHITECTURES 5.1), so
 * each pair of tokens has an integral over the logits of two rows.
 */
final class GivenAttention implements Signal.Kept {
  /** Integrals of a layer, of some 0.5 ms each. */
  private static final int MOST_ROWS = 1200;

  private static final int MOST_TOKENS = 16;

  /** Beyond this few points have all the softmax's slope. */
  private static final int LARGEST_VARIANCE = 16;

  private final Covariance queries;
  private final Covariance keys;
  private final Covariance values;
  private final int tokens;

  /** [block][class]: of the rows of the two tokens. */
  private final SampledSoftmax.Rows[][] rows;

  /** Of queries, keys and values. */
  GivenAttention(Part queries, Part keys, Part values) {
    this.queries = queries.covariance();
    this.keys = keys.covariance();
    this.values = values.covariance();
    InputPairs inputs = this.values.inputs();
    tokens = this.values.pairs().positions();
    check();
    rows = new SampledSoftmax.Rows[inputs.blocks()][tokens * tokens];
    for (int block = 0; block < rows.length; block++) {
      for (int i = 0; i < tokens; i++) {
        for (int j = 0; j < tokens; j++) {
          boolean isMirrored = inputs.isOwn(block) && j < i;
          rows[block][pair(i, j)] =
              isMirrored ? rows[block][pair(j, i)].mirrored() : rows(block, i, j);
        }
      }
    }
  }

  private void check() {
    InputPairs inputs = values.inputs();
    long mirrored = (long) inputs.count() * tokens * (tokens - 1) / 2;
    long integrals = (long) inputs.blocks() * tokens * tokens - mirrored;
    OutsideDomainException.unless(
        tokens <= MOST_TOKENS && integrals <= MOST_ROWS,
        "attention over more than %d given tokens, or %d pairs of them: %d"
            .formatted(MOST_TOKENS, MOST_ROWS, integrals));
    for (int i = 0; i < inputs.kinds(); i++) {
      double variance = Arrays.stream(queries.q()[i]).max().orElseThrow() * keysApart(i);
      OutsideDomainException.unless(
          variance <= LARGEST_VARIANCE,
          "logits between given tokens of a variance above " + LARGEST_VARIANCE);
    }
  }

  /** Variance of an input's keys, unbiased. */
  private double keysApart(int input) {
    double pairs = tokens * (tokens - 1.0);
    return Arrays.stream(keys.deficit()[keys.inputs().own(input)]).sum() / pairs;
  }

  private int pair(int i, int j) {
    return values.pairs().of(i, j);
  }

  private SampledSoftmax.Rows rows(int block, int i, int j) {
    InputPairs inputs = values.inputs();
    int first = inputs.own(inputs.first(block));
    int second = inputs.own(inputs.second(block));
    if (inputs.isOwn(block) && i == j) {
      return SampledSoftmax.of(
          times(queries.of(block, pair(i, i)), centred(block)), apart(values, block), i);
    }
    double[][] logits = new double[2 * tokens][2 * tokens];
    put(logits, 0, 0, times(queries.of(first, pair(i, i)), centred(first)));
    put(logits, 0, tokens, times(queries.of(block, pair(i, j)), centred(block)));
    put(logits, tokens, tokens, times(queries.of(second, pair(j, j)), centred(second)));
    return SampledSoftmax.of(
        logits,
        apart(values, block),
        apart(values, first),
        apart(values, second),
        block * tokens * tokens + pair(i, j));
  }

  /** Half the mean squared differences between tokens. */
  private double[][] apart(Covariance s, int block) {
    double[][] d = new double[tokens][tokens];
    for (int i = 0; i < tokens; i++) {
      for (int j = 0; j < tokens; j++) {
        d[i][j] = s.deficit()[block][pair(i, j)];
      }
    }
    return d;
  }

  /** The keys' covariance without what all keys of an input have in common. */
  private double[][] centred(int block) {
    double[][] d = apart(keys, block);
    double[] ofFirst = new double[tokens];
    double[] ofSecond = new double[tokens];
    double all = 0;
    for (int i = 0; i < tokens; i++) {
      for (int j = 0; j < tokens; j++) {
        ofFirst[i] += d[i][j] / tokens;
        ofSecond[j] += d[i][j] / tokens;
        all += d[i][j] / tokens / tokens;
      }
    }
    for (int i = 0; i < tokens; i++) {
      for (int j = 0; j < tokens; j++) {
        d[i][j] = ofFirst[i] + ofSecond[j] - all - d[i][j];
      }
    }
    return d;
  }

  private static double[][] times(double factor, double[][] matrix) {
    for (double[] row : matrix) {
      for (int j = 0; j < row.length; j++) {
        row[j] *= factor;
      }
    }
    return matrix;
  }

  private static void put(double[][] into, int row, int column, double[][] matrix) {
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        into[row + i][column + j] = matrix[i][j];
        into[column + j][row + i] = matrix[i][j];
      }
    }
  }

  /** What comes out. */
  Part up(int channels) {
    InputPairs inputs = values.inputs();
    Covariance next = Covariance.zero(inputs, values.pairs());
    for (int i = 0; i < inputs.kinds(); i++) {
      for (int token = 0; token < tokens; token++) {
        int own = inputs.own(i);
        next.q()[i][token] = mean(rows[own][pair(token, token)].overlap(), values, own);
      }
    }
    for (int block = 0; block < rows.length; block++) {
      for (int c = 0; c < rows[block].length; c++) {
        next.deficit()[block][c] = rows[block][c].deficit();
      }
    }
    return Part.centred(channels, Law.OTHER, next);
  }

  private double mean(double[][] weights, Covariance s, int block) {
    double sum = 0;
    for (int i = 0; i < tokens; i++) {
      for (int j = 0; j < tokens; j++) {
        sum += weights[i][j] * s.of(block, pair(i, j));
      }
    }
    return sum;
  }

  /** Gradients of queries, keys and values of a block, by class. */
  double[][] down(int block, double[] gradient) {
    double[][] below = new double[3][gradient.length];
    for (int c = 0; c < gradient.length; c++) {
      double g = gradient[c];
      SampledSoftmax.Rows row = rows[block][c];
      below[0][c] = g * mean(row.slopes(), keys, block);
      double query = queries.of(block, c);
      for (int i = 0; i < tokens; i++) {
        for (int j = 0; j < tokens; j++) {
          below[1][pair(i, j)] += g * query * row.slopes()[i][j];
          below[2][pair(i, j)] += g * row.overlap()[i][j];
        }
      }
    }
    return below;
  }

  /** Variance over the keys of a query's logits, unbiased, averaged over queries and inputs. */
  double logitVariance() {
    InputPairs inputs = values.inputs();
    double sum = 0;
    for (int i = 0; i < inputs.kinds(); i++) {
      sum += queries.meanSquare(i) * keysApart(i) / inputs.kinds();
    }
    return sum;
  }

  /** Mean entropy of a row. */
  double entropy() {
    InputPairs inputs = values.inputs();
    double sum = 0;
    for (int i = 0; i < inputs.kinds(); i++) {
      for (int token = 0; token < tokens; token++) {
        sum += rows[inputs.own(i)][pair(token, token)].entropy() / inputs.kinds() / tokens;
      }
    }
    return sum;
  }
}
