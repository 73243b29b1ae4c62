package org.phasemap.chart.figure;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.phasemap.analysis.CellErrors;
import org.phasemap.chart.Counted;
import org.phasemap.chart.explore.CellMap;
import org.phasemap.chart.explore.CellView;
import org.phasemap.chart.explore.Collapsed;
import org.phasemap.chart.explore.Drawn;
import org.phasemap.chart.explore.Exploration;
import org.phasemap.chart.explore.Lines;
import org.phasemap.chart.explore.Scatter;
import org.phasemap.chart.explore.Slice;
import org.phasemap.chart.explore.View;
import org.phasemap.chart.explore.selection.Columns;
import org.phasemap.chart.explore.selection.Frame;
import org.phasemap.chart.explore.selection.LeftOut;
import org.phasemap.chart.explore.selection.Selection;
import org.phasemap.chart.figure.sheet.Picture;
import org.phasemap.chart.summary.Profile;
import org.phasemap.network.UserException;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.Quantity;
import org.phasemap.query.Query;

/** Draws what is asked of a sweep: the dashboard's records, as marks on a sheet. */
public final class PaperFigure {
  private final Query query;
  private final Exploration exploration;
  private final FigureRequest request;
  private final Asked asked;
  private final double wide;

  private PaperFigure(Query query, Exploration exploration, FigureRequest request) {
    this.query = query;
    this.exploration = exploration;
    this.request = request;
    this.asked = new Asked(exploration, request);
    this.wide = Picture.points(request.width());
  }

  /**
   * The figure.
   *
   * @throws UserException if the sweep has no such axis, quantity, value or cell
   */
  public static Picture of(Query query, Exploration exploration, FigureRequest request) {
    PaperFigure figure = new PaperFigure(query, exploration, request);
    return switch (request.kind()) {
      case MAP -> figure.map();
      case SLICE -> figure.slice();
      case PROFILE -> figure.profile();
      case COLLAPSE -> figure.collapse();
      case ZSCORES -> figure.scores();
    };
  }

  private Picture picture(String title, Body body, String caption) {
    return new Picture(title, wide, body.height(), body.marks(), caption + others());
  }

  /** What the folder holds beside what its spec wants. */
  private String others() {
    if (request.kind() == FigureRequest.Kind.PROFILE) {
      return "";
    }
    List<String> axes =
        asked.narrowed().keySet().stream()
            .filter(axis -> !request.at().containsKey(axis.column()))
            .<String>map(Axis::label)
            .toList();
    return axes.isEmpty()
        ? exploration.wanted().fault().map(fault -> " Note: " + fault).orElse("")
        : " Not drawn: values of "
            + String.join(", ", axes)
            + " that the folder holds and its spec does not want now.";
  }

  /** The symbol of a number in formulas, or its name. */
  private static String symbol(Drawn drawn) {
    if (drawn.equals(Drawn.TRAINED)) {
      return drawn.label();
    }
    String symbol = Quantity.of(drawn.id()).symbol();
    return symbol.length() <= 30 ? symbol : drawn.label();
  }

  private static String label(Drawn drawn, View view) {
    return switch (view) {
      case MEAN -> symbol(drawn);
      case THEORY -> symbol(drawn) + ", theory, n → ∞";
      case DIFFERENCE -> symbol(drawn) + ", measured − theory";
      case Z -> "z of " + symbol(drawn);
    };
  }

  /** Values that a table has on an axis, in the order of the axis. */
  private List<Object> values(Columns table, String column, Axis<?> axis) {
    List<Object> there = new ArrayList<>();
    for (int row = 0; row < table.size(); row++) {
      there.add(Objects.requireNonNull(table.at(column, row)));
    }
    List<Object> all = asked.axes().values().getOrDefault(axis, List.of());
    List<Object> kept = new ArrayList<>(all.stream().filter(there::contains).toList());
    if (axis.stored() != String.class) {
      kept.sort((a, b) -> Double.compare(number(a), number(b)));
    }
    return kept;
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  private void requireCells(long shown, List<LeftOut> leftOut) {
    if (shown == 0) {
      throw new UserException(
          "--at: no cell is left to draw."
              + Note.leftOut(leftOut)
              + " Allowed: values that cells"
              + " of the sweep have together");
    }
  }

  private Picture map() {
    Frame frame = asked.plane();
    Drawn drawn = asked.drawn();
    View view = asked.view();
    Selection selection = asked.selection();
    String task = asked.task();
    List<TheoryLine> theory = asked.theory();
    CellMap map = exploration.map(query, task, selection, frame, drawn, view);
    requireCells(map.shown(), map.leftOut());
    Columns table = map.columns();
    double[] shown = MapFigure.values(table);
    ValueScale scale =
        view == View.Z
            ? ValueScale.ofScores(shown)
            : ValueScale.of(view == View.DIFFERENCE ? "centred" : drawn.kind(), shown);
    List<MapFigure.Part> parts =
        Panel.of(table, frame.facets(), asked.axes()).stream()
            .map(panel -> new MapFigure.Part(panel, lines(panel, task, selection, frame, map.at())))
            .toList();
    List<String> note = Note.fixed(asked.axes(), map.at(), frame.places());
    note.removeIf(said(frame.facets()));
    note.add(Note.networks(table));
    Axis<?> x = frame.places().get(0);
    Axis<?> y = frame.places().get(1);
    MapFigure figure =
        new MapFigure(
            map, frame.places(), List.of(values(table, "x", x), values(table, "y", y)), scale);
    Body body = figure.draw(parts, theory, label(drawn, view), String.join(", ", note), wide);
    String caption =
        "%s (%s) over %s and %s: %s."
                .formatted(
                    drawn.label(), drawn.note(), x.label(), y.label(), String.join(", ", note))
            + Note.leftOut(map.leftOut());
    return picture(drawn.label(), body, caption);
  }

  /** The parts of a note that the facets say. */
  private Predicate<String> said(List<Axis<?>> facets) {
    List<String> symbols = facets.stream().map(axis -> axis.symbol() + " = ").toList();
    return part -> symbols.stream().anyMatch(part::startsWith);
  }

  private Lines lines(
      Panel panel, String task, Selection selection, Frame frame, Map<String, Object> at) {
    Selection own = panel.of(selection);
    for (Map.Entry<String, Object> chosen : at.entrySet()) {
      Axis<?> axis = Axis.of(chosen.getKey()).orElseThrow();
      Object value = chosen.getValue();
      own = own.and(axis, value instanceof BigDecimal d ? d.doubleValue() : value);
    }
    return exploration.lines(query, task, own, frame);
  }

  private Picture slice() {
    Frame frame = asked.curves();
    Drawn drawn = asked.drawn();
    Selection selection = asked.selection();
    Slice slice = exploration.slice(query, asked.task(), selection, frame, drawn);
    requireCells(slice.shown(), slice.leftOut());
    Columns table = slice.table();
    List<List<Object>> values = new ArrayList<>();
    values.add(values(table, "x", frame.places().get(0)));
    if (frame.places().size() > 1) {
      values.add(values(table, "by", frame.places().get(1)));
    }
    List<String> note = Note.fixed(asked.axes(), slice.at(), frame.places());
    note.removeIf(said(frame.facets()));
    note.add(Note.networks(table));
    Body body =
        new SliceFigure(table, drawn, frame.places(), values)
            .draw(
                Panel.of(table, frame.facets(), asked.axes()),
                symbol(drawn),
                String.join(", ", note),
                wide);
    String caption =
        "%s (%s) along %s: %s."
                .formatted(
                    drawn.label(),
                    drawn.note(),
                    frame.places().get(0).label(),
                    String.join(", ", note))
            + Note.leftOut(slice.leftOut());
    return picture(drawn.label(), body, caption);
  }

  private Picture profile() {
    CellView view =
        exploration
            .cell(query, request.subject())
            .orElseThrow(
                () ->
                    Choice.refused(
                        "--profile",
                        request.subject(),
                        "a cell_id of the sweep, as query and show" + " print it"));
    Profile profile = view.profile();
    if (profile == null) {
      throw Choice.refused(
          "--profile", request.subject(), "a cell whose layers were recorded (probes: signal)");
    }
    String place = ProfileFigure.place(view.configuration());
    long networks = view.rows().stream().mapToLong(CellView.Row::n).max().orElse(0);
    String note = place + ", " + Counted.of(networks, "network");
    Body body = ProfileFigure.draw(profile, note, wide);
    return picture(
        "Layers of cell " + view.cellId(), body, "Cell %s: %s.".formatted(view.cellId(), note));
  }

  private static String quality(Collapsed.Quality quality) {
    String of = quality.phase().isEmpty() ? "" : quality.phase().replace('_', ' ') + ": ";
    return "%ssmoothness %s, over depth alone %s"
        .formatted(of, hundredths(quality.collapsed()), hundredths(quality.raw()));
  }

  private static String hundredths(double value) {
    return Double.isNaN(value)
        ? "unknown"
        : String.format(Locale.ROOT, "%.2f", value).replace('-', '−');
  }

  private Picture collapse() {
    Drawn drawn = asked.drawn();
    Axis<?> by = asked.by();
    Collapsed collapsed = exploration.collapse(query, asked.selection(), by, drawn, asked.scale());
    requireCells(collapsed.shown(), collapsed.leftOut());
    String quality =
        collapsed.quality().stream().map(PaperFigure::quality).collect(Collectors.joining("; "));
    List<Object> values = values(collapsed.columns(), "by", by);
    String note = Counted.of(collapsed.shown(), "cell") + ", " + quality;
    Body body =
        new CollapseFigure(collapsed, by, values)
            .draw(asked.scale().label(), symbol(drawn), note, wide);
    String caption =
        "%s over %s: %s.".formatted(drawn.label(), asked.scale().label(), note)
            + Note.leftOut(collapsed.leftOut());
    return picture(drawn.label(), body, caption);
  }

  private Picture scores() {
    Drawn drawn = asked.drawn();
    Scatter scatter = exploration.agreement(query, asked.task(), asked.selection(), drawn);
    if (scatter.n() == 0) {
      throw new UserException(
          "--zscores: "
              + drawn.id()
              + " has no z here:"
              + Note.leftOut(scatter.leftOut())
              + " Allowed: a quantity for which theory has a band (docs/tables.md)");
    }
    String note = ScoreFigure.words(scatter);
    Body body = ScoreFigure.draw(scatter, symbol(drawn), note, wide);
    return picture(
        "z of " + drawn.label(),
        body,
        "z of %s: %s.".formatted(drawn.label(), note)
            + (exploration.errors() == CellErrors.SHARED
                ? " Cells share random numbers, so that their z move together."
                : "")
            + Note.leftOut(scatter.leftOut()));
  }
}
