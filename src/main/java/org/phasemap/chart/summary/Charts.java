package org.phasemap.chart.summary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.phasemap.analysis.CellErrors;
import org.phasemap.analysis.Collapse;
import org.phasemap.analysis.MapColumn;
import org.phasemap.analysis.TrainingMap;
import org.phasemap.chart.CellsTable;
import org.phasemap.chart.Counts;
import org.phasemap.chart.Heading;
import org.phasemap.chart.ShownCells;
import org.phasemap.chart.SweepInfo;
import org.phasemap.chart.map.MapAxes;
import org.phasemap.chart.map.MapChoice;
import org.phasemap.chart.map.MapQuantity;
import org.phasemap.chart.map.PhaseMaps;
import org.phasemap.chart.map.Plane;
import org.phasemap.chart.map.WantedCells;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.TaskKind;
import org.phasemap.query.Query;

/**
 * What is drawn of a sweep. Each chart is computed from the tables when it is first asked for; the
 * tables must be open till then. Not for several threads.
 */
public final class Charts {
  private final Query query;
  private final SweepInfo sweep;
  private final MapChoice choice;
  private final WantedCells wanted;
  private final Optional<String> others;
  private @Nullable Plane plane;
  private @Nullable Heading heading;
  private @Nullable ShownCells shown;
  private @Nullable CellsTable cells;
  private @Nullable Map<TrainingMap, List<Collapse>> collapses;

  /** The charts that follow the sweep. */
  public Charts(Query query, SweepInfo sweep) {
    this(query, sweep, MapChoice.NONE);
  }

  /** The charts that are chosen; the query is left with the cells that the spec wants. */
  public Charts(Query query, SweepInfo sweep, MapChoice choice) {
    this.query = query;
    this.sweep = sweep;
    this.choice = choice;
    this.wanted = WantedCells.of(sweep.specYaml());
    this.others = wanted.hideOthers(query);
  }

  /** What else the folder holds, as part of a sentence; empty where the spec wants all of it. */
  public Optional<String> others() {
    return others;
  }

  /** Whose charts these are. */
  public SweepInfo sweep() {
    return sweep;
  }

  /** How many cells and networks there are. */
  public Counts counts() {
    return Counts.of(query);
  }

  /** Whether the errors of cells move together. */
  public CellErrors errors() {
    return CellErrors.of(sweep.provenance());
  }

  /** The words around the figures. */
  public Heading heading() {
    if (heading == null) {
      heading = new Conventions(query, counts(), errors()).heading(shown().note(), others);
    }
    return heading;
  }

  /** The table of cells, of as many as a page may hold. */
  public CellsTable cells() {
    if (cells == null) {
      cells = CellsTable.of(query, shown());
    }
    return cells;
  }

  private ShownCells shown() {
    if (shown == null) {
      shown = ShownCells.of(query, ShownCells.MOST);
    }
    return shown;
  }

  /** The maps at initialisation. */
  public PhaseMaps phaseMaps() {
    return PhaseMaps.of(query, plane(), wanted);
  }

  /** What the axes of the maps are. */
  public MapAxes axes() {
    return MapAxes.of(query, plane(), wanted);
  }

  private Plane plane() {
    if (plane == null) {
      plane = Plane.of(query, wanted, choice);
    }
    return plane;
  }

  /** How far the cells agree with theory at their width, in a quantity. */
  public Agreement agreement(String quantity) {
    return Agreement.of(query, quantity);
  }

  /** Theory's edge of chaos in the limit of depth. */
  public List<CriticalLaw> critical() {
    return CriticalLaw.of(query);
  }

  /** Theory's boundaries over the maps. */
  public List<BoundaryLines> boundaries() {
    return BoundaryLines.of(query);
  }

  /** What was trained, by map, with L = k ξ_c fitted to each side of the edge of chaos. */
  public Map<TrainingMap, List<Collapse>> training() {
    if (collapses == null) {
      collapses = new LinkedHashMap<>();
      List<TrainingMap> maps =
          new ArrayList<>(TrainingMap.of(query, errors(), OptionalDouble.empty()));
      List<Object> order = Plane.values(query, wanted, Axis.ACTIVATION, TaskKind.TRAINING);
      maps.sort(Comparator.comparing(map -> order.indexOf(map.configuration().get("activation"))));
      for (TrainingMap map : maps) {
        collapses.put(
            map,
            Arrays.stream(MapColumn.Side.values())
                .map(side -> Collapse.of(map.columns(), side))
                .toList());
      }
    }
    return collapses;
  }

  /** The maps of training with all that is fitted to them. */
  public List<TrainedMap> trained() {
    DepthScale.Lines lines = new DepthScale.Lines();
    return training().entrySet().stream()
        .map(map -> TrainedMap.of(map.getKey(), map.getValue(), lines))
        .toList();
  }

  /** The layers of every cell of the table, in its order; null where there are none. */
  public List<@Nullable Profile> profiles() {
    return Profile.of(query, cells(), shown());
  }

  /** The losses of every trained cell, by its position in the table. */
  public Map<Integer, List<LossCurve>> curves() {
    return LossCurve.of(query, cells());
  }

  /** Every chart that a page may ask for, by the name that its modules know; computed when got. */
  public Map<String, Supplier<Object>> byName() {
    Map<String, Supplier<Object>> charts = new LinkedHashMap<>();
    charts.put("sweep", sweep::name);
    charts.put("caption", () -> heading().caption());
    charts.put("errors", () -> heading().errors());
    charts.put("conventions", () -> pairs(heading().conventions()));
    charts.put("provenance", () -> pairs(sweep.provenance()));
    charts.put("spec", sweep::specYaml);
    charts.put("axes", this::axes);
    charts.put("quantities", MapQuantity::all);
    charts.put("cells", this::cells);
    charts.put("critical", this::critical);
    charts.put("boundaries", this::boundaries);
    charts.put("trained", this::trained);
    charts.put("profiles", this::profiles);
    charts.put("curves", this::curves);
    return charts;
  }

  /** The order of terms is that of printing, and members of a JSON object have none. */
  private static List<List<String>> pairs(Map<String, String> terms) {
    return terms.entrySet().stream().map(e -> List.of(e.getKey(), e.getValue())).toList();
  }
}
