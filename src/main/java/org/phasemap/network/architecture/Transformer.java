package org.phasemap.network.architecture;

import java.util.List;
import org.phasemap.network.Architecture;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.network.graph.Shape;

/**
 * Blocks of attention and a feed-forward layer, each a branch of a sum: x + s·branch(x), with layer
 * norm before the branch, after the sum, or nowhere (ARCHITECTURES 5). Tokens are parts of the
 * input, and embedded by a dense layer of their own; the read-out sees their mean. All projections
 * have variance σ_w²/fan-in; those of queries, keys, values and outputs have no bias.
 *
 * @param tokens T
 * @param heads of the attention; they divide the width
 * @param norm where the layer norm stands
 * @param feedForward its hidden width over the width
 * @param residualScale s
 * @param tokenCosine ρ₀, cosine of two tokens of an input
 * @param weights how W comes from its numbers
 */
public record Transformer(
    int tokens,
    int heads,
    Order norm,
    int feedForward,
    ResidualScale residualScale,
    double tokenCosine,
    Parameterisation weights)
    implements Architecture.Layered {
  private static final int MOST = 1 << 16;
  private static final Parameter<Integer> TOKENS =
      Parameter.of(
              "tokens",
              new ParameterType.Whole(1, MOST),
              16,
              "T, tokens of an input: its numbers in T parts, one after the other, where `token_cosine` is"
                  + " 0 and T divides them; else T + 1 divides them, for what tokens have in common",
              "16")
          .said();
  private static final Parameter<Integer> HEADS =
      Parameter.of(
              "heads",
              new ParameterType.Whole(1, MOST),
              4,
              "heads of the attention, which divide the width",
              "[1, 4]")
          .said();
  private static final Parameter<Order> NORM =
      Parameter.of(
              "norm",
              ParameterType.Name.of(Order.class),
              Order.PRE,
              "layer norm before each branch, after each sum, or nowhere",
              "[pre, post, none]")
          .said();
  private static final Parameter<Integer> FEED_FORWARD =
      Parameter.of(
          "feed_forward",
          new ParameterType.Whole(1, 1000),
          4,
          "hidden width of the feed-forward branch over the width",
          "4");
  private static final Parameter<ResidualScale> RESIDUAL_SCALE = Common.scale("residual_scale");
  private static final Parameter<Double> TOKEN_COSINE =
      Parameter.of(
          "token_cosine",
          new ParameterType.Real(0, 1),
          0.0,
          "ρ₀, cosine of two tokens of an input, on average",
          "[0, 0.5]");

  static final Family FAMILY =
      new Family(
          "transformer",
          "blocks of attention and a feed-forward branch",
          List.of(TOKENS, HEADS, NORM, FEED_FORWARD, RESIDUAL_SCALE, TOKEN_COSINE, Common.WEIGHTS),
          Transformer::of);

  /** Of plain weights. */
  public Transformer(
      int tokens,
      int heads,
      Order norm,
      int feedForward,
      ResidualScale residualScale,
      double tokenCosine) {
    this(tokens, heads, norm, feedForward, residualScale, tokenCosine, Parameterisation.PLAIN);
  }

  private static Architecture of(Choices choices) {
    return new Transformer(
        choices.get(TOKENS),
        choices.get(HEADS),
        choices.get(NORM),
        choices.get(FEED_FORWARD),
        choices.get(RESIDUAL_SCALE),
        choices.get(TOKEN_COSINE),
        choices.get(Common.WEIGHTS));
  }

  /** Where the layer norm stands. */
  public enum Order {
    PRE,
    POST,
    NONE
  }

  @Override
  public LayerGraph graph(int depth, int width, int dimension) {
    check(width, dimension);
    LayerGraph.Builder builder = new LayerGraph.Builder(weights);
    int x = builder.add(Weighted.dense(width).unbiased(), tokens(builder, dimension));
    for (int block = 1; block <= depth; block++) {
      double scale = residualScale.of(block, depth);
      x = joined(builder, x, attention(builder, normed(builder, x, Order.PRE), width), scale);
      x = joined(builder, x, feedForward(builder, normed(builder, x, Order.PRE), width), scale);
      builder.endLayer(x);
    }
    return Images.readout(builder, Readout.AVERAGE, x);
  }

  /** The numbers of an input side by side, unless tokens have something in common. */
  private int tokens(LayerGraph.Builder builder, int dimension) {
    if (isCut(dimension)) {
      return builder.add(new Operation.Given(new Shape(dimension / tokens, List.of(tokens))));
    }
    int given = builder.add(new Operation.Given(Shape.vector(dimension)));
    return builder.add(new Operation.Tokens(tokens, tokenCosine), given);
  }

  private boolean isCut(int dimension) {
    return tokenCosine == 0 && dimension % tokens == 0;
  }

  private void check(int width, int dimension) {
    if (width % heads != 0) {
      throw new Misfit(
          HEADS,
          "%d heads do not divide a width of %d; allowed: a divisor of it".formatted(heads, width));
    }
    if (!isCut(dimension) && dimension % (tokens + 1) != 0) {
      throw new Misfit(
          TOKENS,
          "%d tokens and what they have in common are %d parts, which".formatted(tokens, tokens + 1)
              + " do not divide the %d numbers of an input; allowed: a multiple of %d numbers, or of"
                  .formatted(dimension, tokens + 1)
              + " %d where token_cosine is 0".formatted(tokens));
    }
  }

  private int normed(LayerGraph.Builder builder, int x, Order where) {
    return norm == where ? builder.add(new Operation.Normalise(Norm.LAYER, 1), x) : x;
  }

  private int joined(LayerGraph.Builder builder, int x, int branch, double scale) {
    return normed(builder, Blocks.sum(builder, x, branch, scale), Order.POST);
  }

  private int attention(LayerGraph.Builder builder, int x, int width) {
    Weighted projection = Weighted.dense(width).unbiased();
    int queries = builder.add(projection, x);
    int keys = builder.add(projection, x);
    int values = builder.add(projection, x);
    return builder.add(projection, builder.add(new Operation.Attend(heads), queries, keys, values));
  }

  private int feedForward(LayerGraph.Builder builder, int x, int width) {
    int hidden = builder.add(Weighted.dense(feedForward * width), x);
    return builder.add(Weighted.dense(width), builder.add(new Operation.Activate(), hidden));
  }

  @Override
  public String toString() {
    return Choices.NONE
        .with(TOKENS, tokens)
        .with(HEADS, heads)
        .with(NORM, norm)
        .with(FEED_FORWARD, feedForward)
        .with(RESIDUAL_SCALE, residualScale)
        .with(TOKEN_COSINE, tokenCosine)
        .with(Common.WEIGHTS, weights)
        .text(FAMILY.kind());
  }
}
