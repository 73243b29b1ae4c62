package org.phasemap.chart.explore;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.phasemap.analysis.CellErrors;
import org.phasemap.chart.SweepInfo;
import org.phasemap.chart.explore.selection.Cut;
import org.phasemap.chart.explore.selection.Frame;
import org.phasemap.chart.explore.selection.Selection;
import org.phasemap.chart.explore.selection.SweepAxes;
import org.phasemap.chart.map.WantedCells;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.Quantity;
import org.phasemap.quantity.TaskKind;
import org.phasemap.query.Query;

/**
 * The charts of one state of a sweep. What all of them need is found out once. For several threads,
 * each of which brings a {@link Query} of its own over the same tables.
 */
public final class Exploration {
  private final SweepInfo sweep;
  private final CellErrors errors;
  private final WantedCells wanted;
  private final Laws laws = new Laws();
  private final Fits fits = new Fits();
  private final Map<String, SweepAxes> axes = new LinkedHashMap<>();
  private final Map<String, List<Drawn>> measured = new LinkedHashMap<>();

  /** Over the tables that a query reads. */
  public Exploration(Query query, SweepInfo sweep) {
    this.sweep = sweep;
    this.errors = CellErrors.of(sweep.provenance());
    this.wanted = WantedCells.of(sweep.specYaml());
    Map<String, SweepAxes> found = SweepAxes.of(query);
    Map<String, List<Drawn>> numbers = Drawn.measured(query);
    for (String task : TaskKind.ids()) {
      SweepAxes of = found.get(task);
      if (of != null) {
        axes.put(task, of.sorted(wanted));
        measured.put(task, numbers.getOrDefault(task, List.of()));
      }
    }
  }

  /** Tasks of which the sweep has cells. */
  public List<String> tasks() {
    return List.copyOf(axes.keySet());
  }

  /** The task that is meant where none is named. */
  public String usualTask() {
    return axes.keySet().stream().findFirst().orElse(TaskKind.ids().get(0));
  }

  /** The axes of a task's cells; without any where it has none. */
  public SweepAxes axes(String task) {
    SweepAxes found = axes.get(task);
    return found == null ? new SweepAxes(task, Map.of(), false) : found;
  }

  /** What the spec wants now; the tables may have more. */
  public WantedCells wanted() {
    return wanted;
  }

  /** Whether the errors of cells move together. */
  public CellErrors errors() {
    return errors;
  }

  /** The numbers that some cell of a task has. */
  public List<Drawn> measured(String task) {
    return measured.getOrDefault(task, List.of());
  }

  /** What there is to see. */
  public Overview overview(Query query, String task) {
    SweepAxes axes = axes(task);
    return Overview.of(query, sweep, tasks(), axes, measured(axes.task()));
  }

  /** A map of cells over two axes. */
  public CellMap map(
      Query query, String task, Selection selection, Frame frame, Drawn drawn, View view) {
    return CellMap.of(query, axes(task), selection, frame, new Figures(drawn, errors), view);
  }

  /** The lines over a map. */
  public Lines lines(Query query, String task, Selection selection, Frame frame) {
    Lines lines = Lines.none();
    Axis<?> x = frame.places().get(0);
    Axis<?> y = frame.places().get(1);
    boolean across = isSigma(x);
    if (across == isSigma(y)) {
      return lines;
    }
    Axis<?> sigma = across ? x : y;
    Axis<?> other = across ? y : x;
    Cut cut = Cut.of(query, axes(task), selection, frame);
    // Laws of several schemes have the same trained networks.
    Set<Lines> fitted = new LinkedHashSet<>();
    for (PlaneLines law : PlaneLines.of(query, cut.condition(), sigma, other)) {
      if (other.equals(Axis.DEPTH)) {
        lines.add(law.overDepth());
        fitted.add(fits.of(query, errors, law));
      } else {
        lines.add(law.edge(other));
      }
    }
    fitted.forEach(lines::add);
    return across ? lines : lines.transposed();
  }

  private static boolean isSigma(Axis<?> axis) {
    return axis.equals(Axis.SIGMA_MULTIPLIER) || axis.equals(Axis.SIGMA_W2);
  }

  /** A number along the first place of a frame, a curve for each value of the second. */
  public Slice slice(Query query, String task, Selection selection, Frame frame, Drawn drawn) {
    return Slice.of(query, axes(task), selection, frame, new Figures(drawn, errors));
  }

  /** Measurement against theory. */
  public Scatter agreement(Query query, String task, Selection selection, Drawn drawn) {
    return Scatter.of(query, axes(task).varying(), selection, drawn);
  }

  /** Cells as lines over some axes. */
  public Parallel parallel(Query query, Selection selection, List<Axis<?>> over, Drawn drawn) {
    return Parallel.of(query, selection, over, new Figures(drawn, errors));
  }

  /** All cells over one scaled depth. */
  public Collapsed collapse(
      Query query, Selection selection, Axis<?> by, Drawn drawn, Scaling scale) {
    return Collapsed.of(query, selection, by, drawn, scale, laws);
  }

  /** The difference of two maps, in standard errors. */
  public static Compared compare(CellMap a, CellMap b) {
    return Compared.of(a, b);
  }

  /** One cell. */
  public Optional<CellView> cell(Query query, String id) {
    return CellView.of(
        query,
        measured.values().stream().flatMap(List::stream).distinct().toList(),
        sweep.name(),
        id);
  }

  /** A quantity of each network of a cell. */
  public Optional<Replicates> replicates(Query query, Drawn drawn, String id) {
    return Replicates.of(query, Quantity.of(drawn.id()), drawn, id);
  }
}
