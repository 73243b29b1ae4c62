package org.phasemap.chart.map;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.phasemap.network.UserException;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.Look;
import org.phasemap.quantity.Quantity;
import org.phasemap.quantity.TaskKind;
import org.phasemap.query.Condition;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/**
 * What is drawn of the cells at initialisation, and over which axes.
 *
 * @param quantity whose mean is shown
 * @param x the axis to the right
 * @param y of maps the axis upwards, of lines that of the curves: {@code x} itself where there is
 *     one curve
 * @param facets one axis or two with a drawing for each value
 * @param kind of drawing
 */
public record Plane(String quantity, String x, String y, List<String> facets, Kind kind) {
  private static final int MOST_FACETS = 2;

  /** How cells are drawn. */
  public enum Kind {
    /** A rectangle a cell. */
    MAP,
    /** Points with error bars, where no two axes span a map. */
    LINES
  }

  /** What the maps show if it was measured, the first before the others. */
  private static final List<String> USUAL = List.of("ln_gradient_gain", "ln_q");

  public static Plane of(Query query, WantedCells wanted, MapChoice choice) {
    List<Axis<?>> numbers =
        Axis.all().stream()
            .filter(axis -> axis.stored() != String.class)
            .filter(axis -> !values(query, wanted, axis).isEmpty())
            .toList();
    Set<Axis<?>> varying = new LinkedHashSet<>();
    for (Axis<?> axis : numbers) {
      if (values(query, wanted, axis).size() > 1) {
        varying.add(axis);
      }
    }
    Plane usual = usual(query, varying, usualFacets(query, wanted));
    if (!numbers.isEmpty()) {
      Axis<?> x = chosen("--x", choice.x(), usual.x, numbers);
      Axis<?> y =
          chosen("--y", choice.y(), x.column().equals(usual.y) ? usual.x : usual.y, numbers);
      boolean named = choice.x().isPresent() || choice.y().isPresent();
      if (choice.y().isPresent() && x.equals(y)) {
        throw refused("--y", y.column(), List.of("another axis than --x"));
      }
      Kind kind = named && !x.equals(y) ? Kind.MAP : usual.kind;
      usual = new Plane(usual.quantity, x.column(), y.column(), usual.facets, kind);
    }
    return usual.with(query, wanted, choice);
  }

  /** With the quantity and the facets that are named. */
  private Plane with(Query query, WantedCells wanted, MapChoice choice) {
    String shown =
        choice.quantity().isEmpty()
            ? quantity
            : one("--map", choice.quantity().get(), measured(query), q -> q);
    if (choice.facets().isEmpty()) {
      return new Plane(shown, x, y, facets, kind);
    }
    if (choice.facets().size() > MOST_FACETS) {
      throw refused("--facet", String.join(",", choice.facets()), List.of("at most two axes"));
    }
    List<String> chosen = new ArrayList<>();
    for (String name : choice.facets()) {
      String facet = one("--facet", name, there(query, wanted), Axis::column).column();
      if (List.of(x, y).contains(facet) || chosen.contains(facet)) {
        throw refused("--facet", facet, List.of("an axis that is not drawn already"));
      }
      chosen.add(facet);
    }
    return new Plane(shown, x, y, chosen, kind);
  }

  /** Which of activations and architectures split a map. */
  private static List<String> usualFacets(Query query, WantedCells wanted) {
    List<String> split =
        UsualFacets.of(
                values(query, wanted, Axis.ACTIVATION).size(),
                values(query, wanted, Axis.ARCHITECTURE).size())
            .stream()
            .<String>map(Axis::column)
            .toList();
    return split.isEmpty() ? List.of(Axis.ACTIVATION.column()) : split;
  }

  /**
   * σ to the right and the first other axis that varies upwards. Where σ or all others have one
   * value, nothing spans a map: boundaries would stand where nobody measured.
   */
  private static Plane usual(Query query, Set<Axis<?>> varying, List<String> facets) {
    List<String> measured = measured(query);
    String quantity =
        USUAL.stream()
            .filter(measured::contains)
            .findFirst()
            .orElse(measured.isEmpty() ? USUAL.get(1) : measured.get(0));
    Condition bare = Condition.of("task = 'propagation' and sigma_multiplier is null");
    Axis<?> sigma = count(query, "count(*)", bare) == 0 ? Axis.SIGMA_MULTIPLIER : Axis.SIGMA_W2;
    List<Axis<?>> others = Axis.in(Axis.Order.UPWARDS).stream().filter(varying::contains).toList();
    if (varying.contains(sigma) == others.isEmpty()) {
      List<Axis<?>> along = others.isEmpty() ? List.of(sigma) : others;
      String x = along.get(0).column();
      String by = along.size() > 1 ? along.get(1).column() : x;
      return new Plane(quantity, x, by, facets, Kind.LINES);
    }
    Axis<?> y = others.isEmpty() ? Axis.DEPTH : others.get(0);
    return new Plane(quantity, sigma.column(), y.column(), facets, Kind.MAP);
  }

  /** Quantities of which some cell has a mean. */
  private static List<String> measured(Query query) {
    List<Quantity> averaged =
        Quantity.all().stream()
            .filter(quantity -> quantity.isAveraged() && quantity.look() != Look.NONE)
            .toList();
    List<String> counts =
        averaged.stream().map(q -> "count(" + q.column() + "_mean) as " + q.column()).toList();
    String sql = "select " + String.join(", ", counts) + " from cells where task = 'propagation'";
    Rows.Row row = query.rows(sql).row(0);
    return averaged.stream().map(Quantity::column).filter(column -> row.whole(column) > 0).toList();
  }

  private static List<Axis<?>> there(Query query, WantedCells wanted) {
    return Axis.all().stream()
        .filter(axis -> !axis.equals(Axis.TASK) && !values(query, wanted, axis).isEmpty())
        .toList();
  }

  private static Axis<?> chosen(
      String option, Optional<String> name, String usual, List<Axis<?>> axes) {
    return name.isPresent()
        ? one(option, name.get(), axes, Axis::column)
        : Axis.of(usual).orElseThrow();
  }

  private static <T> T one(String option, String name, List<T> all, Function<T, String> id) {
    return all.stream()
        .filter(choice -> id.apply(choice).equals(name))
        .findFirst()
        .orElseThrow(() -> refused(option, name, all.stream().map(id).toList()));
  }

  private static UserException refused(String option, String name, List<String> allowed) {
    return new UserException(
        option + ": " + name + " is not allowed; allowed: " + String.join(", ", allowed));
  }

  /** Whether it is over the weights' scale, along which theory has its critical points. */
  boolean isOverSigma() {
    return isSigma(x);
  }

  private static boolean isSigma(String column) {
    return column.equals(Axis.SIGMA_MULTIPLIER.column()) || column.equals(Axis.SIGMA_W2.column());
  }

  /** The axes that are not drawn and may tell cells of one place apart, in the order of menus. */
  List<Axis<?>> undrawn() {
    Set<Axis<?>> undrawn = new LinkedHashSet<>(List.of(Axis.ACTIVATION, Axis.ARCHITECTURE));
    undrawn.addAll(Axis.in(Axis.Order.FACETS));
    undrawn.add(Axis.DEPTH);
    if (!isSigma(x) && !isSigma(y) && facets.stream().noneMatch(Plane::isSigma)) {
      undrawn.add(Axis.SIGMA_MULTIPLIER);
    }
    undrawn.removeIf(
        axis -> List.of(x, y).contains(axis.column()) || facets.contains(axis.column()));
    return List.copyOf(undrawn);
  }

  /** Those of them that have more than one value. */
  List<Facet> atFirst(Query query, WantedCells wanted) {
    List<Facet> facets = new ArrayList<>();
    for (Axis<?> axis : undrawn()) {
      List<Object> values = values(query, wanted, axis);
      if (values.size() > 1) {
        facets.add(new Facet(axis, values.get(0), values.subList(1, values.size())));
      }
    }
    return facets;
  }

  private static long count(Query query, String what, Condition condition) {
    return query.rows("select " + what + " as n from cells where %s", condition).row(0).whole("n");
  }

  /** The values of an axis at initialisation, in the order of menus. */
  static List<Object> values(Query query, WantedCells wanted, Axis<?> axis) {
    return values(query, wanted, axis, TaskKind.PROPAGATION);
  }

  /** The values of an axis that cells of a task have, in the order of menus. */
  public static List<Object> values(Query query, WantedCells wanted, Axis<?> axis, TaskKind task) {
    String sql =
        "select distinct %s as v from cells where task = ? and v is not null order by v"
            .formatted(axis.column());
    List<Object> values = new ArrayList<>();
    for (Rows.Row row : query.rows(axis.isDescending() ? sql + " desc" : sql, task.id())) {
      Object value = row.value("v");
      if (value != null) {
        values.add(value);
      }
    }
    return wanted.sorted(axis, values);
  }
}
