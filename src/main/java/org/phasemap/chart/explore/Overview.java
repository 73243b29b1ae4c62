package org.phasemap.chart.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.phasemap.analysis.CellErrors;
import org.phasemap.chart.ArchitectureNames;
import org.phasemap.chart.Counts;
import org.phasemap.chart.Heading;
import org.phasemap.chart.SweepInfo;
import org.phasemap.chart.explore.selection.Columns;
import org.phasemap.chart.explore.selection.SweepAxes;
import org.phasemap.chart.summary.Conventions;
import org.phasemap.quantity.Axis;
import org.phasemap.query.Query;

/**
 * What there is to see of a sweep.
 *
 * @param name its name
 * @param caption what was measured, in a sentence or two
 * @param errors what the errors of all cells together are
 * @param conventions which of the field's conventions the numbers follow: term and meaning
 * @param provenance what made the tables
 * @param spec the resolved spec
 * @param counts of cells and networks
 * @param task whose axes these are
 * @param tasks that the sweep has
 * @param plane what one looks at first
 * @param axes on which its cells have a value
 * @param quantities that were measured
 */
public record Overview(
    String name,
    String caption,
    String errors,
    List<List<String>> conventions,
    List<List<String>> provenance,
    String spec,
    Counts counts,
    String task,
    List<String> tasks,
    Plane plane,
    List<AxisView> axes,
    List<Drawn> quantities) {
  /** Longer lists are told by their ends. */
  private static final int MOST_VALUES = 2_000;

  /**
   * A map.
   *
   * @param x column of its axis
   * @param y column of its axis
   * @param quantity that it shows
   * @param facet columns of the axes with a map for each value
   */
  public record Plane(String x, String y, String quantity, List<String> facet) {
    static Plane of(SweepAxes axes, String quantity) {
      Axis<?> x = axes.usualX();
      Axis<?> y = axes.usualY(x);
      List<String> facet = axes.usualFacets(x, y).stream().<String>map(Axis::column).toList();
      return new Plane(x.column(), y.column(), quantity, facet);
    }
  }

  /**
   * An axis.
   *
   * @param column its name in requests
   * @param symbol in formulas
   * @param label beside a drawing
   * @param scale linear, log or category
   * @param descending whether its largest value comes first
   * @param free whether its value can be chosen: not where the others decide it
   * @param count of its values
   * @param values in the order of menus; null where there are too many
   * @param names what each is called beside the others, where that is shorter than it; else null
   * @param min the least, where values are numbers
   * @param max the largest
   */
  public record AxisView(
      String column,
      String symbol,
      String label,
      String scale,
      boolean descending,
      boolean free,
      int count,
      @Nullable List<Object> values,
      @Nullable List<String> names,
      @Nullable Object min,
      @Nullable Object max) {
    static AxisView of(Axis<?> axis, boolean free, List<Object> all) {
      List<Object> exact = new ArrayList<>();
      all.forEach(value -> exact.add(Objects.requireNonNull(Columns.exact(value))));
      boolean numeric = axis.stored() != String.class;
      boolean listed = exact.size() <= MOST_VALUES;
      Object first = exact.get(0);
      Object last = exact.get(exact.size() - 1);
      return new AxisView(
          axis.column(),
          axis.symbol(),
          axis.label(),
          axis.scale().name().toLowerCase(Locale.ROOT),
          axis.isDescending(),
          free,
          exact.size(),
          listed ? exact : null,
          listed && axis.equals(Axis.ARCHITECTURE)
              ? List.copyOf(ArchitectureNames.of(exact).values())
              : null,
          numeric ? (axis.isDescending() ? last : first) : null,
          numeric ? (axis.isDescending() ? first : last) : null);
    }
  }

  static Overview of(
      Query query, SweepInfo sweep, List<String> tasks, SweepAxes axes, List<Drawn> measured) {
    Heading heading = Conventions.heading(query, CellErrors.of(sweep.provenance()));
    String quantity =
        measured.stream()
            .map(Drawn::id)
            .filter(List.of("ln_gradient_gain", "p_trained")::contains)
            .findFirst()
            .orElse(measured.isEmpty() ? "" : measured.get(0).id());
    return new Overview(
        sweep.name(),
        heading.caption(),
        heading.errors(),
        pairs(heading.conventions()),
        pairs(sweep.provenance()),
        sweep.specYaml(),
        Counts.of(query),
        axes.task(),
        tasks,
        Plane.of(axes, quantity),
        axes.values().entrySet().stream()
            .map(axis -> AxisView.of(axis.getKey(), axes.isFree(axis.getKey()), axis.getValue()))
            .toList(),
        measured);
  }

  /** The same with words of other people's files changed. */
  public Overview with(UnaryOperator<String> words) {
    return new Overview(
        name,
        caption,
        errors,
        conventions,
        provenance.stream().map(pair -> List.of(pair.get(0), words.apply(pair.get(1)))).toList(),
        words.apply(spec),
        counts,
        task,
        tasks,
        plane,
        axes,
        quantities);
  }

  private static List<List<String>> pairs(Map<String, String> terms) {
    return terms.entrySet().stream().map(e -> List.of(e.getKey(), e.getValue())).toList();
  }
}
