package org.phasemap.plan.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Unit.Sharing;
import org.phasemap.plan.Variant;
import org.phasemap.quantity.Probe;

/**
 * Variants of a propagation unit that go through the layers together: one without weights, which
 * has no product in common with others, and as many as make a wide product with explicit weights.
 * Panels are padded to a number of columns that depends on the unit's kind alone.
 *
 * @param columns padding included
 * @param variants that it holds
 * @param depths of their cells, ascending
 */
public record PanelShape(int columns, int variants, List<Integer> depths) {
  private static final int COLUMNS = 256;

  /** The panels of a unit, in order. */
  static List<PanelShape> of(Unit unit) {
    int columns = capacity(unit) * block(unit);
    List<PanelShape> panels = new ArrayList<>();
    for (List<List<Cell>> variants : chunks(unit)) {
      Set<Integer> depths = new TreeSet<>();
      variants.forEach(cells -> cells.forEach(cell -> depths.add(cell.network().depth())));
      panels.add(new PanelShape(columns, variants.size(), List.copyOf(depths)));
    }
    return panels;
  }

  /** The cells of each panel, by variant. */
  static List<List<List<Cell>>> chunks(Unit unit) {
    List<List<Cell>> variants = List.copyOf(Variant.group(unit.cells()).values());
    int capacity = capacity(unit);
    List<List<List<Cell>>> chunks = new ArrayList<>();
    for (int from = 0; from < variants.size(); from += capacity) {
      chunks.add(variants.subList(from, Math.min(variants.size(), from + capacity)));
    }
    return chunks;
  }

  int deepest() {
    return depths.get(depths.size() - 1);
  }

  /** Layers that the gradients of all depths go down through. */
  int layersDown() {
    return depths.stream().mapToInt(Integer::intValue).sum();
  }

  /** Variants of a panel: a property of the unit's kind, not of the cells that are missing. */
  public static int capacity(Unit unit) {
    if (!(unit.task() instanceof Task.Propagation) || unit.sharing() == Sharing.INDEPENDENT) {
      return 1;
    }
    return switch (unit.sampler()) {
      case DENSE -> Math.max(1, COLUMNS / block(unit));
      case WEIGHT_FREE -> 1;
    };
  }

  /** Columns of a variant: one for each input, and a tangent where the Jacobian is probed. */
  public static int block(Unit unit) {
    if (!(unit.task() instanceof Task.Propagation task)) {
      return 1;
    }
    int tangents = task.probes().contains(Probe.JACOBIAN) ? task.inputs().count() : 0;
    return task.inputs().count() + tangents;
  }

  /** Whether gradients come down: all probes but the signal need them. */
  public static boolean hasBackward(Task.Propagation task) {
    return !List.of(Probe.SIGNAL).containsAll(task.probes());
  }
}
