package org.phasemap.predict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.phasemap.network.Architecture;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;

/** The predictor of each architecture. */
public final class Predictors {
  private Predictors() {}

  /** Cells in groups that are predicted together, in the order of their first cells. */
  public static List<List<Cell>> groups(List<Cell> cells) {
    Map<Record, List<Cell>> groups = new LinkedHashMap<>();
    for (Cell cell : cells) {
      groups.computeIfAbsent(of(cell).group(cell), key -> new ArrayList<>()).add(cell);
    }
    return List.copyOf(groups.values());
  }

  /**
   * What theory says of the cells of a group, in its order.
   *
   * @param group from {@link #groups}
   */
  public static List<Outlook> predict(List<Cell> group) {
    return of(group.get(0)).predict(group);
  }

  private static Predictor of(Cell cell) {
    return cell.network().architecture().read(new OfTask(cell.task()));
  }

  /** What is known of a task, by architecture. */
  private record OfTask(Task task) implements Architecture.Reader<Predictor> {
    @Override
    public Predictor mlp(Architecture.Mlp mlp) {
      return task instanceof Task.Propagation ? new MlpPredictor() : new NoTheory();
    }

    @Override
    public Predictor layered(Architecture.Layered layered) {
      return task instanceof Task.Propagation ? new LayeredPredictor(layered) : new NoTheory();
    }
  }

  /** Says nothing, of each cell alone: training has no theory here. */
  private static final class NoTheory implements Predictor {
    @Override
    public Record group(Cell cell) {
      return cell;
    }

    @Override
    public List<Outlook> predict(List<Cell> group) {
      return Collections.nCopies(group.size(), Outlook.none("training has no theory"));
    }
  }
}
