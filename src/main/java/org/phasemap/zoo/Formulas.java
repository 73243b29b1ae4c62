package org.phasemap.zoo;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Shape;

/**
 * Steps that Deeplearning4j has no layer for. A vector is batch × channels there, everything else
 * batch × channels × height × width; a line has width 1.
 */
final class Formulas {
  private Formulas() {}

  /** Tokens of parts that stand side by side, with what they have in common. */
  static Formula tokens(Operation.Tokens tokens, Shape out) {
    int count = tokens.tokens();
    double[][] mixed = new double[count + 1][count];
    for (int t = 0; t < count; t++) {
      mixed[0][t] = Math.sqrt(tokens.cosine());
      mixed[t + 1][t] = Math.sqrt(1 - tokens.cosine());
    }
    int size = out.channels();
    return new Formula(
        1,
        in -> {
          SDVariable parts = in.get(0).reshape(-1, count + 1, size).permute(0, 2, 1);
          return times(parts.reshape(-1, count + 1), mixed).reshape(-1, size, count, 1);
        });
  }

  private static SDVariable times(SDVariable rows, double[][] matrix) {
    INDArray constant = Nd4j.createFromArray(matrix).castTo(rows.dataType());
    return rows.mmul(rows.getSameDiff().constant(constant));
  }

  /** Layer norm or RMS norm, over channels. */
  static Formula normalise(Operation.Normalise normalise) {
    return new Formula(
        1,
        in -> {
          SDVariable h = in.get(0);
          SDVariable centred = normalise.norm() == Norm.LAYER ? h.sub(h.mean(true, 1)) : h;
          SDVariable root = h.getSameDiff().math().sqrt(centred.mul(centred).mean(true, 1));
          return centred.div(root).mul(normalise.gamma());
        });
  }

  /** Attention of queries, keys and values. */
  static Formula attend(Operation.Attend attend, Shape shape) {
    int heads = attend.heads();
    int size = shape.channels() / heads;
    int tokens = shape.positions();
    return new Formula(
        3,
        in -> {
          SameDiff graph = in.get(0).getSameDiff();
          List<SDVariable> byHead =
              in.stream().map(x -> x.reshape(-1, heads, size, tokens)).toList();
          SDVariable queries = byHead.get(0).permute(0, 1, 3, 2);
          SDVariable logits = graph.mmul(queries, byHead.get(1)).mul(1 / Math.sqrt(size));
          SDVariable weights = graph.nn().softmax(logits, 3);
          SDVariable seen = graph.mmul(weights, byHead.get(2).permute(0, 1, 3, 2));
          return seen.permute(0, 1, 3, 2).reshape(-1, shape.channels(), tokens, 1);
        });
  }

  /** All positions as channels. */
  static Formula flatten(Shape from) {
    return new Formula(1, in -> in.get(0).permute(0, 2, 3, 1).reshape(-1, from.size()));
  }

  /**
   * A grid with what lies around it.
   *
   * @param from shape of the grid
   * @param height for each row that comes out the row that it is
   * @param width the same for columns
   */
  static Formula pad(Shape from, int[] height, int[] width) {
    int channels = from.channels();
    int rows = from.grid().get(0);
    int columns = from.positions() / rows;
    double[][] toHeight = choice(rows, height);
    double[][] toWidth = choice(columns, width);
    return new Formula(
        1,
        in -> {
          SDVariable high =
              times(in.get(0).permute(0, 1, 3, 2).reshape(-1, rows), toHeight)
                  .reshape(-1, channels, columns, height.length)
                  .permute(0, 1, 3, 2);
          return times(high.reshape(-1, columns), toWidth)
              .reshape(-1, channels, height.length, width.length);
        });
  }

  /** 1 where a place that comes out is a place that goes in. */
  private static double[][] choice(int extent, int[] places) {
    double[][] choice = new double[extent][places.length];
    for (int i = 0; i < places.length; i++) {
      choice[places[i]][i] = 1;
    }
    return choice;
  }
}
