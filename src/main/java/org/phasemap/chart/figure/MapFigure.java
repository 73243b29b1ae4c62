package org.phasemap.chart.figure;

import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.phasemap.chart.Cividis;
import org.phasemap.chart.Point;
import org.phasemap.chart.explore.CellMap;
import org.phasemap.chart.explore.Lines;
import org.phasemap.chart.explore.selection.Columns;
import org.phasemap.chart.figure.sheet.Box;
import org.phasemap.chart.figure.sheet.Mark;
import org.phasemap.quantity.Axis;

/** Maps of cells: a rectangle a cell, coloured by its value, with lines over it. */
final class MapFigure {
  /** Rectangles reach under their neighbours, or viewers show white seams between them. */
  private static final double OVERLAP = 0.2;

  /** How much white an interval lays over the cells. */
  private static final double BAND = 0.45;

  private final Columns table;
  private final Axis<?> x;
  private final Axis<?> y;
  private final Ruler rulerX;
  private final Ruler rulerY;
  private final ValueScale scale;
  private boolean hasBand;
  private final Set<Category> categories = EnumSet.noneOf(Category.class);
  private final Set<Corner> corners = EnumSet.noneOf(Corner.class);
  private final Set<TheoryLine> drawn = EnumSet.noneOf(TheoryLine.class);

  /** What is drawn into one small chart. */
  record Part(Panel panel, Lines lines) {}

  MapFigure(CellMap map, List<Axis<?>> places, List<List<Object>> values, ValueScale scale) {
    this.table = map.columns();
    this.x = places.get(0);
    this.y = places.get(1);
    this.rulerX = Ruler.ofCells(x, values.get(0));
    this.rulerY = Ruler.ofCells(y, values.get(1));
    this.scale = scale;
  }

  /** Finite values of the map. */
  static double[] values(Columns table) {
    return IntStream.range(0, table.size())
        .mapToDouble(row -> table.number("value", row))
        .filter(Double::isFinite)
        .toArray();
  }

  /**
   * The maps on a sheet.
   *
   * @param label of the colours
   * @param theory kinds of lines, the first at the bottom
   * @param note what all cells have in common
   */
  Body draw(List<Part> parts, List<TheoryLine> theory, String label, String note, double wide) {
    double left = Plot.left(Plot.ticksY(rulerY, 75));
    Layout layout = Layout.of(titles(parts), wide, left, ColourBar.room(scale));
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      Plot plot = new Plot(layout.boxes().get(i), rulerX, rulerY);
      List<Mark> inside = new ArrayList<>(cells(plot, part.panel));
      theory.forEach(line -> inside.addAll(lines(plot, line, part.lines)));
      marks.add(new Mark.Group("map", Optional.of(plot.box()), Map.of(), inside));
      marks.addAll(
          plot.axes(
              new Plot.Names(
                  layout.titles().get(i),
                  layout.isLowest(i) ? x.label() : "",
                  layout.isLeftmost(i) ? y.label() : "",
                  layout.isLowest(i),
                  layout.isLeftmost(i))));
    }
    marks.addAll(ColourBar.beside(layout.around(), scale, label));
    Key.Drawn key = key().below(layout.bottom(), layout.boxes().get(0).left(), wide - 3);
    marks.addAll(key.marks());
    Key.Drawn words = Key.note(note, key.bottom(), layout.boxes().get(0).left(), wide - 3);
    marks.addAll(words.marks());
    return new Body(marks, words.bottom() + 2);
  }

  private static List<String> titles(List<Part> parts) {
    return parts.stream().map(part -> part.panel.title()).toList();
  }

  private Key key() {
    Key key = new Key();
    for (TheoryLine line : drawn) {
      key.add(line.halo(), line.pen(), line.label());
    }
    if (hasBand) {
      key.add(
          box ->
              List.of(
                  Mark.Area.of(box, Cividis.at(0)), new Mark.Area(box.corners(), 0xffffff, BAND)),
          "its 95 % interval");
    }
    for (Category category : categories) {
      key.add(category::on, category.label());
    }
    for (Corner corner : corners) {
      key.add(
          box -> {
            List<Mark> sample = new ArrayList<>(List.of(Mark.Area.of(box, Cividis.at(0.5))));
            sample.addAll(corner.on(box));
            return sample;
          },
          corner.label());
    }
    return key;
  }

  private List<Mark> cells(Plot plot, Panel panel) {
    Map<Integer, Box> boxes = boxes(plot, panel);
    List<Mark> cells = new ArrayList<>();
    panel.rows().stream()
        .sorted(Comparator.comparing(row -> -area(Objects.requireNonNull(boxes.get(row)))))
        .forEach(row -> cells.add(cell(row, Objects.requireNonNull(boxes.get(row)))));
    return cells;
  }

  /** Equal areas stay in their order. */
  private static double area(Box box) {
    return Math.rint(box.width() * box.height() * 100);
  }

  private Mark cell(int row, Box box) {
    double value = table.number("value", row);
    String state = String.valueOf(table.at("state", row));
    List<Mark> marks = new ArrayList<>();
    Box over =
        new Box(box.left(), box.top() - OVERLAP, box.width() + OVERLAP, box.height() + OVERLAP);
    Optional<Category> category = Category.of(state, value);
    if (category.isPresent()) {
      categories.add(category.get());
      marks.addAll(category.get().on(over));
    } else {
      marks.add(Mark.Area.of(over, scale.rgb(value)));
      Corner.of(state)
          .ifPresent(
              corner -> {
                corners.add(corner);
                marks.addAll(corner.on(box));
              });
    }
    Map<String, String> data = new LinkedHashMap<>();
    for (String column : List.of("cell_id", "x", "y", "value", "error", "n", "state")) {
      Object datum = table.at(column, row);
      if (datum != null) {
        data.put(column.replace("_id", ""), datum.toString());
      }
    }
    return new Mark.Group("cell", Optional.empty(), data, marks);
  }

  /**
   * Where cells lie: along x by their neighbours of the same y, along y by those of the same x, so
   * that locally refined grids draw too.
   */
  private Map<Integer, Box> boxes(Plot plot, Panel panel) {
    Map<Double, Set<Double>> rows = new HashMap<>();
    Map<Double, Set<Double>> pillars = new HashMap<>();
    for (int row : panel.rows()) {
      rows.computeIfAbsent(cy(row), k -> new TreeSet<>()).add(cx(row));
      pillars.computeIfAbsent(cx(row), k -> new TreeSet<>()).add(cy(row));
    }
    Map<Double, double[]> everyX = spans(rulerX.values().stream().map(rulerX::coordinate).toList());
    Map<Double, double[]> everyY = spans(rulerY.values().stream().map(rulerY::coordinate).toList());
    Map<Double, Map<Double, double[]>> alongX = new HashMap<>();
    rows.forEach((k, set) -> alongX.put(k, set.size() > 1 ? spans(List.copyOf(set)) : everyX));
    Map<Double, Map<Double, double[]>> alongY = new HashMap<>();
    pillars.forEach((k, set) -> alongY.put(k, set.size() > 1 ? spans(List.copyOf(set)) : everyY));
    Map<Integer, Box> boxes = new HashMap<>();
    for (int row : panel.rows()) {
      double[] across =
          Objects.requireNonNull(Objects.requireNonNull(alongX.get(cy(row))).get(cx(row)));
      double[] up =
          Objects.requireNonNull(Objects.requireNonNull(alongY.get(cx(row))).get(cy(row)));
      Point low = plot.at(across[0], up[0]);
      Point high = plot.at(across[1], up[1]);
      boxes.put(row, Box.between(low.x(), low.y(), high.x(), high.y()));
    }
    return boxes;
  }

  private double cx(int row) {
    return rulerX.coordinate(Objects.requireNonNull(table.at("x", row)));
  }

  private double cy(int row) {
    return rulerY.coordinate(Objects.requireNonNull(table.at("y", row)));
  }

  /** From where to where each of some sorted coordinates reaches. */
  private static Map<Double, double[]> spans(List<Double> centres) {
    List<Double> edges = Ruler.edges(centres.stream().sorted().toList());
    Map<Double, double[]> spans = new HashMap<>();
    List<Double> sorted = centres.stream().sorted().toList();
    for (int i = 0; i < sorted.size(); i++) {
      spans.put(sorted.get(i), new double[] {edges.get(i), edges.get(i + 1)});
    }
    return spans;
  }

  private List<Mark> lines(Plot plot, TheoryLine kind, Lines lines) {
    List<List<Point>> parts =
        kind.of(lines).stream().map(line -> placed(plot, line)).filter(p -> p.size() > 1).toList();
    if (parts.stream().flatMap(List::stream).noneMatch(plot.box()::has)
        && parts.stream().noneMatch(part -> crosses(plot.box(), part))) {
      return List.of();
    }
    drawn.add(kind);
    List<Mark> marks = new ArrayList<>();
    if (kind == TheoryLine.MEASURED) {
      for (Lines.Measured fitted : lines.measured()) {
        List<Point> band = new ArrayList<>(placed(plot, fitted.lower()));
        List<Point> upper = new ArrayList<>(placed(plot, fitted.upper()));
        Collections.reverse(upper);
        band.addAll(upper);
        if (band.size() > 2) {
          marks.add(new Mark.Area(band, 0xffffff, BAND));
          hasBand = true;
        }
      }
    }
    marks.add(new Mark.Path(parts, kind.halo()));
    marks.add(new Mark.Path(parts, kind.pen()));
    return List.of(new Mark.Group("line " + kind.id(), Optional.empty(), Map.of(), marks));
  }

  /** A critical value holds along the whole map: beyond the outermost cells' middles, too. */
  private static List<Point> through(Box box, List<Point> line) {
    Point a = line.get(0);
    Point b = line.get(1);
    if (a.x() == b.x()) {
      return List.of(new Point(a.x(), box.bottom()), new Point(a.x(), box.top()));
    }
    return a.y() == b.y()
        ? List.of(new Point(box.left(), a.y()), new Point(box.right(), a.y()))
        : line;
  }

  /** Whether a line without a point inside passes through. */
  private static boolean crosses(Box box, List<Point> line) {
    for (int i = 1; i < line.size(); i++) {
      Point a = line.get(i - 1);
      Point b = line.get(i);
      if (new Line2D.Double(a.x(), a.y(), b.x(), b.y())
          .intersects(box.left(), box.top(), box.width(), box.height())) {
        return true;
      }
    }
    return false;
  }

  private List<Point> placed(Plot plot, List<Point> line) {
    List<Point> placed =
        line.stream()
            .filter(p -> !Double.isNaN(rulerX.of(p.x())) && !Double.isNaN(rulerY.of(p.y())))
            .map(p -> plot.at(rulerX.of(p.x()), rulerY.of(p.y())))
            .toList();
    return placed.size() == 2 ? through(plot.box(), placed) : placed;
  }
}
