package org.phasemap.chart.explore;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.phasemap.analysis.CellErrors;
import org.phasemap.chart.SweepInfo;
import org.phasemap.quantity.Quantity;
import org.phasemap.query.Query;

/**
 * The charts of one state of a sweep. What all of them need is found out once. For several threads,
 * each of which brings a {@link Query} of its own over the same tables.
 */
public final class Exploration {
  /** In the order in which they are offered. */
  private static final List<String> TASKS = List.of("propagation", "training");

  private final SweepInfo sweep;
  private final CellErrors errors;
  private final Map<String, SweepAxes> axes = new LinkedHashMap<>();
  private final Map<String, List<Drawn>> measured = new LinkedHashMap<>();

  /** Over the tables that a query reads. */
  public Exploration(Query query, SweepInfo sweep) {
    this.sweep = sweep;
    this.errors = CellErrors.of(sweep.provenance());
    for (String task : TASKS) {
      SweepAxes found = SweepAxes.of(query, task);
      if (!found.values().isEmpty()) {
        axes.put(task, found);
        measured.put(task, Drawn.measured(query, task));
      }
    }
  }

  /** Tasks of which the sweep has cells. */
  public List<String> tasks() {
    return List.copyOf(axes.keySet());
  }

  /** The task that is meant where none is named. */
  public String usualTask() {
    return axes.keySet().stream().findFirst().orElse(TASKS.get(0));
  }

  /** The axes of a task's cells; without any where it has none. */
  public SweepAxes axes(String task) {
    SweepAxes found = axes.get(task);
    return found == null ? new SweepAxes(task, Map.of()) : found;
  }

  /** The numbers that some cell of a task has. */
  public List<Drawn> measured(String task) {
    return measured.getOrDefault(task, List.of());
  }

  CellErrors errors() {
    return errors;
  }

  /** What there is to see. */
  public Overview overview(Query query, String task) {
    return Overview.of(query, sweep, this, task);
  }

  /** A map of cells over two axes. */
  public CellMap map(Query query, String task, Selection selection, Frame frame, Drawn drawn, View view) {
    return CellMap.of(query, axes(task), selection, frame, new Figures(drawn, errors), view);
  }

  /** One cell. */
  public Optional<CellView> cell(Query query, String id) {
    return CellView.of(query, measured.values().stream().flatMap(List::stream).distinct().toList(), sweep.name(), id);
  }

  /** A quantity of each network of a cell. */
  public Optional<Replicates> replicates(Query query, Drawn drawn, String id) {
    return Replicates.of(query, Quantity.of(drawn.id()), drawn, id);
  }
}
