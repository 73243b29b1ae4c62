package org.phasemap.network.architecture;

import java.util.List;
import java.util.Locale;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Parameterisation;

/** Parameters that several families have. */
final class Common {
  private static final int MOST_DIMENSIONS = 3;

  /** Of an image's extents. */
  static final int LARGEST = 4096;

  private static final List<Norm> NORMS = List.of(Norm.BATCH, Norm.LAYER, Norm.RMS);

  static final Parameter<Norm> NORM =
      Parameter.of(
          "norm",
          ParameterType.Name.of(Norm.class),
          Norm.NONE,
          "normalisation: over the inputs shown (`batch`), over the channels (`layer`), or by their"
              + " mean square alone (`rms`); ε is 0",
          "[none, batch]");
  static final Parameter<Place> PLACE =
      Parameter.of(
              "place",
              ParameterType.Name.of(Place.class),
              Place.BEFORE,
              "whether the normalisation stands before or after φ",
              "after")
          .beside(NORM, NORMS);
  static final Parameter<Double> GAMMA =
      Parameter.of(
              "gamma",
              new ParameterType.Real(0, 1000),
              1.0,
              "γ, factor on what is normalised",
              "[0.5, 1]")
          .beside(NORM, NORMS);
  static final Parameter<Parameterisation> WEIGHTS =
      Parameter.of(
          "weights",
          ParameterType.Name.of(Parameterisation.class),
          Parameterisation.PLAIN,
          "W itself, each of its rows over its norm and times σ_w, or W over its largest singular"
              + " value and times σ_w; the read-out's are `plain`",
          "[plain, weight_norm]");
  static final Parameter<List<Integer>> SIZE =
      Parameter.of(
          "size",
          new ParameterType.Wholes(MOST_DIMENSIONS, new ParameterType.Whole(1, LARGEST)),
          List.of(8, 8),
          "extents of the image, whose product divides the numbers of an input; a list of lists is"
              + " several sizes",
          "[8, 8]");
  static final Parameter<Integer> KERNEL =
      Parameter.of(
          "kernel",
          new ParameterType.Whole(1, LARGEST),
          3,
          "k, taps along each dimension, at most its extent",
          "[1, 3]");
  static final Parameter<Padding> PADDING =
      Parameter.of(
          "padding",
          ParameterType.Name.of(Padding.class),
          Padding.ZERO,
          "what lies outside the image: nothing, the other end, or the mirror image",
          "[zero, circular, reflect]");

  private Common() {}

  /** A residual scale by its name. */
  static Parameter<ResidualScale> scale(String name) {
    return Parameter.of(
        name,
        new ParameterType.Name<>(
            List.of(ResidualScale.values()),
            scale -> scale == ResidualScale.ONE ? "1" : scale.name().toLowerCase(Locale.ROOT)),
        ResidualScale.ONE,
        "s of x + s·branch(x): s² is 1, 1/L (`depth`), or 1/l in block l (`decaying`)",
        "[1, depth]");
  }
}
