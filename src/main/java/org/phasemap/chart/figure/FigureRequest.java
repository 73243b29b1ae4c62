package org.phasemap.chart.figure;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A figure as somebody asks for it: names of axes, quantities and values, not yet looked up.
 *
 * @param kind of chart
 * @param subject the quantity that is drawn, or the cell of a profile
 * @param x the axis to the right, if one is named
 * @param y the axis upwards of a map
 * @param by the axis of the curves of a slice, or of the points' colour in a collapse
 * @param facets axes with a small chart for each value
 * @param at values of axes: {@code A|B}, {@code LOWEST..HIGHEST}
 * @param view what of a quantity is drawn: a name of {@code chart.explore.View}
 * @param theory kinds of lines: names of {@link TheoryLine}
 * @param scale what a collapse is drawn over
 * @param width of the sheet in millimetres
 */
public record FigureRequest(
    Kind kind,
    String subject,
    Optional<String> x,
    Optional<String> y,
    Optional<String> by,
    List<String> facets,
    Map<String, List<String>> at,
    String view,
    List<String> theory,
    String scale,
    double width) {

  /** What can be drawn. */
  public enum Kind {
    MAP("--x", "--y", "--facet", "--at", "--view", "--theory"),
    SLICE("--x", "--by", "--facet", "--at"),
    PROFILE,
    COLLAPSE("--by", "--scale", "--at"),
    ZSCORES("--at");

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> options;

    Kind(String... options) {
      this.options = List.of(options);
    }

    /** The option that asks for it. */
    public String option() {
      return "--" + name().toLowerCase(Locale.ROOT);
    }

    /** The options that change what it shows. */
    public List<String> options() {
      return options;
    }
  }

  /** The same of another subject. */
  public FigureRequest of(String other) {
    return new FigureRequest(kind, other, x, y, by, facets, at, view, theory, scale, width);
  }
}
