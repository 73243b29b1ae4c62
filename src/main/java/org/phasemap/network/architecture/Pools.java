package org.phasemap.network.architecture;

import java.io.Serializable;
import java.util.List;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Operation.Kept;

/**
 * Pools between the layers of convolutions: after every so many layers what φ gives, and a norm
 * after it, is pooled over windows side by side, so that the image is so many times smaller along
 * each dimension.
 *
 * @param kind what is kept of a window
 * @param window its extent along each dimension
 * @param every layers from one pool to the next; the first is after so many
 */
public record Pools(Kind kind, int window, int every) implements Serializable {
  /** No pools. */
  public static final Pools NONE = new Pools(Kind.NONE, 2, 2);

  private static final List<Kind> KINDS = List.of(Kind.AVERAGE, Kind.MAX);

  static final Parameter<Kind> KIND =
      Parameter.of(
          "pool",
          ParameterType.Name.of(Kind.class),
          Kind.NONE,
          "what a pool keeps of each window of φ: nothing is pooled, its mean, or its largest"
              + " number",
          "[none, max]");
  static final Parameter<Integer> WINDOW =
      Parameter.of(
              "pool_window",
              new ParameterType.Whole(2, 64),
              NONE.window,
              "w, extent of the windows along each dimension: a pool makes the image w times"
                  + " smaller",
              "[2, 4]")
          .beside(KIND, KINDS);
  static final Parameter<Integer> EVERY =
      Parameter.of(
              "pool_every",
              new ParameterType.Whole(1, Common.LARGEST),
              NONE.every,
              "k: a pool after layers k, 2k, 3k and so on",
              "[4, 8]")
          .beside(KIND, KINDS);

  /** What is kept of a window. */
  public enum Kind {
    /** There is no pool. */
    NONE,
    /** The mean. */
    AVERAGE,
    /** The largest number. */
    MAX
  }

  /** Of no kind the window and the distance say nothing. */
  public Pools {
    window = kind == Kind.NONE ? 2 : window;
    every = kind == Kind.NONE ? 2 : every;
  }

  static Pools of(Choices choices) {
    return new Pools(choices.get(KIND), choices.get(WINDOW), choices.get(EVERY));
  }

  Choices in(Choices choices) {
    return choices.with(KIND, kind).with(WINDOW, window).with(EVERY, every);
  }

  /** Whether there is no pool. */
  boolean isNone() {
    return kind == Kind.NONE;
  }

  /**
   * What comes after a layer's φ: a pool, or the same.
   *
   * @throws Misfit if the windows do not divide the image
   */
  int after(LayerGraph.Builder builder, int layer, int from) {
    if (isNone() || layer % every != 0) {
      return from;
    }
    List<Integer> grid = builder.shape(from).grid();
    if (grid.stream().anyMatch(extent -> extent % window != 0)) {
      throw new Misfit(
          WINDOW,
          "%d does not divide the image of %s behind layer %d; allowed: windows that do, or fewer"
                  .formatted(window, grid, layer)
              + " pools");
    }
    return builder.add(new Operation.Pool(kind == Kind.MAX ? Kept.MAX : Kept.MEAN, window), from);
  }
}
