package org.phasemap.network.graph;

import java.io.Serializable;
import java.util.List;

/**
 * One step of a network. Shapes are those of one input; the batch is what the network is shown at
 * once.
 */
public sealed interface Operation extends Serializable {
  /**
   * What comes out.
   *
   * @param from shapes of what goes in
   * @throws IllegalArgumentException if they do not fit
   */
  Shape shape(List<Shape> from);

  /** What a reader says of it. */
  <R> R read(Reader<R> reader);

  /** Answers one question about each kind of step: a new kind compiles once every reader has it. */
  interface Reader<R> {
    R given(Given given);

    R tokens(Tokens tokens);

    R weighted(Weighted weighted);

    R activate(Activate activate);

    R normalise(Normalise normalise);

    R sum(Sum sum);

    R concatenate(Concatenate concatenate);

    R attend(Attend attend);

    R pool(Pool pool);

    R average(Average average);

    R flatten(Flatten flatten);
  }

  /**
   * The inputs, n₀ numbers each. What comes out is channel by channel of each position.
   *
   * @param planes in which the numbers are stored, one after the other, each with a number for
   *     every position: 3 for images colour by colour; 1 where they lie as they come out
   */
  record Given(Shape shape, int planes) implements Operation {
    /** Refuses planes that the numbers do not fill. */
    public Given {
      if (planes < 1 || shape.size() % planes != 0) {
        throw new IllegalArgumentException(shape.size() + " numbers in " + planes + " planes");
      }
    }

    /** Position by position. */
    public Given(Shape shape) {
      this(shape, 1);
    }

    @Override
    public Shape shape(List<Shape> from) {
      return shape;
    }

    @Override
    public <R> R read(Reader<R> reader) {
      return reader.given(this);
    }
  }

  /**
   * T tokens that have something in common: x_t = √ρ u + √(1−ρ) v_t of the T + 1 parts u, v_1 … v_T
   * of an input, so that two tokens have cosine ρ on average where the parts are independent.
   *
   * @param tokens T
   * @param cosine ρ, from 0 to 1
   */
  record Tokens(int tokens, double cosine) implements Operation {
    @Override
    public Shape shape(List<Shape> from) {
      int numbers = one(from).size();
      if (numbers % (tokens + 1) != 0) {
        throw new IllegalArgumentException(
            numbers + " numbers are no " + tokens + " + 1 parts of one size");
      }
      return new Shape(numbers / (tokens + 1), List.of(tokens));
    }

    @Override
    public <R> R read(Reader<R> reader) {
      return reader.tokens(this);
    }
  }

  /**
   * z[o, a] = b_o + Σ W[o, c, tap] h[c, source(tap, a)]: dense layers, and convolutions of every
   * kind. W has variance gain² σ_w²/fan-in before the mask, b has σ_b².
   *
   * @param channels that come out
   * @param taps geometry; {@link Taps#ONE} for a dense layer
   * @param groups of channels that do not mix; they divide the channels on both sides
   * @param gain2 factor on σ_w²; 0 for weights that start at 0
   * @param biased whether there is a bias b
   * @param parameterisation how W comes from its numbers
   */
  record Weighted(
      int channels,
      Taps taps,
      int groups,
      double gain2,
      boolean biased,
      Parameterisation parameterisation)
      implements Operation {
    /** A dense layer, of each position. */
    public static Weighted dense(int channels) {
      return new Weighted(channels, Taps.ONE, 1, 1, true, Parameterisation.PLAIN);
    }

    /** Without a bias. */
    public Weighted unbiased() {
      return new Weighted(channels, taps, groups, gain2, false, parameterisation);
    }

    /** With W that comes from its numbers so. */
    Weighted with(Parameterisation other) {
      return new Weighted(channels, taps, groups, gain2, biased, other);
    }

    /** C_in/groups × taps that reach an output (REFERENCE 0.9). */
    public double fanIn(Shape from) {
      return taps.fan(from.grid()) * from.channels() / groups;
    }

    /** Variance of the entries of W before the mask. */
    public double variance(double sigmaW2, Shape from) {
      return gain2 * sigmaW2 / fanIn(from);
    }

    /** Entries of W. */
    public long weights(Shape from) {
      return (long) taps.count(from.grid()) * from.channels() / groups * channels;
    }

    @Override
    public Shape shape(List<Shape> from) {
      Shape in = one(from);
      if (in.channels() % groups != 0 || channels % groups != 0) {
        throw new IllegalArgumentException(
            groups + " groups do not divide " + in.channels() + " and " + channels + " channels");
      }
      return new Shape(channels, taps.out(in.grid()));
    }

    @Override
    public <R> R read(Reader<R> reader) {
      return reader.weighted(this);
    }
  }

  /** φ of each number, the network's activation. */
  record Activate() implements Operation {
    @Override
    public Shape shape(List<Shape> from) {
      return one(from);
    }

    @Override
    public <R> R read(Reader<R> reader) {
      return reader.activate(this);
    }
  }

  /**
   * γ (h − mean)/sd.
   *
   * @param norm over what; not NONE
   * @param gamma γ
   */
  record Normalise(Norm norm, double gamma) implements Operation {
    @Override
    public Shape shape(List<Shape> from) {
      return one(from);
    }

    @Override
    public <R> R read(Reader<R> reader) {
      return reader.normalise(this);
    }
  }

  /**
   * Σ factor_i h_i, such as x + s·branch.
   *
   * @param factors one for each input
   */
  record Sum(List<Double> factors) implements Operation {
    /** Copies the list. */
    public Sum {
      factors = List.copyOf(factors);
    }

    @Override
    public Shape shape(List<Shape> from) {
      if (from.size() != factors.size() || from.stream().distinct().count() != 1) {
        throw new IllegalArgumentException("sum of " + from);
      }
      return from.get(0);
    }

    @Override
    public <R> R read(Reader<R> reader) {
      return reader.sum(this);
    }
  }

  /** The channels of all, one after the other. */
  record Concatenate() implements Operation {
    @Override
    public Shape shape(List<Shape> from) {
      if (from.stream().map(Shape::grid).distinct().count() != 1) {
        throw new IllegalArgumentException("concatenation of " + from);
      }
      return from.get(0).withChannels(from.stream().mapToInt(Shape::channels).sum());
    }

    @Override
    public <R> R read(Reader<R> reader) {
      return reader.concatenate(this);
    }
  }

  /**
   * softmax(qᵀk/√d_k) v over the positions of an input, head by head; goes from queries, keys and
   * values.
   *
   * @param heads that divide the channels
   */
  record Attend(int heads) implements Operation {
    @Override
    public Shape shape(List<Shape> from) {
      if (from.size() != 3
          || from.stream().distinct().count() != 1
          || from.get(0).channels() % heads != 0) {
        throw new IllegalArgumentException(heads + " heads of " + from);
      }
      return from.get(0);
    }

    @Override
    public <R> R read(Reader<R> reader) {
      return reader.attend(this);
    }
  }

  /** What a pool keeps of its window. */
  enum Kept {
    MEAN,
    MAX
  }

  /**
   * Windows side by side.
   *
   * @param kept what is kept
   * @param window extent along each dimension; it divides the grid
   */
  record Pool(Kept kept, int window) implements Operation {
    @Override
    public Shape shape(List<Shape> from) {
      Shape in = one(from);
      if (in.grid().stream().anyMatch(extent -> extent % window != 0)) {
        throw new IllegalArgumentException("windows of " + window + " on " + in.grid());
      }
      return new Shape(in.channels(), in.grid().stream().map(x -> x / window).toList());
    }

    /**
     * The positions of each window.
     *
     * @return [output position][place in the window] → input position
     */
    public int[][] windows(List<Integer> grid) {
      int[][] windows = {{0}};
      for (int extent : grid) {
        int[][] finer = new int[windows.length * (extent / window)][windows[0].length * window];
        for (int a = 0; a < finer.length; a++) {
          int coarse = a / (extent / window);
          int place = a % (extent / window);
          for (int b = 0; b < finer[a].length; b++) {
            finer[a][b] = windows[coarse][b / window] * extent + place * window + b % window;
          }
        }
        windows = finer;
      }
      return windows;
    }

    @Override
    public <R> R read(Reader<R> reader) {
      return reader.pool(this);
    }
  }

  /** The mean over all positions. */
  record Average() implements Operation {
    @Override
    public Shape shape(List<Shape> from) {
      return Shape.vector(one(from).channels());
    }

    @Override
    public <R> R read(Reader<R> reader) {
      return reader.average(this);
    }
  }

  /** All positions as channels of one: channel by channel of each position. */
  record Flatten() implements Operation {
    @Override
    public Shape shape(List<Shape> from) {
      return Shape.vector(one(from).size());
    }

    @Override
    public <R> R read(Reader<R> reader) {
      return reader.flatten(this);
    }
  }

  private static Shape one(List<Shape> from) {
    if (from.size() != 1) {
      throw new IllegalArgumentException("one thing goes in, not " + from.size());
    }
    return from.get(0);
  }
}
