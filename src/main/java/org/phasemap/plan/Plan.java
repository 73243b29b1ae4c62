package org.phasemap.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Backends;
import org.phasemap.network.UserException;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Quantity;
import org.phasemap.spec.Recipe;
import org.phasemap.spec.Replicates;
import org.phasemap.spec.Spec;
import org.phasemap.spec.Training;

/** What a sweep wants: its cells, and how often each is measured. */
public final class Plan {
  private final Spec spec;
  private final Backend backend;
  private final List<Cell> cells;

  private Plan(Spec spec, Backend backend, List<Cell> cells) {
    this.spec = spec;
    this.backend = backend;
    this.cells = cells;
  }

  /**
   * Resolves a spec, for the backend that it would have where the default one works.
   *
   * @throws UserException if it asks for a critical point that does not exist
   */
  public static Plan of(Spec spec) {
    return of(spec, spec.backend().orElseGet(Backends::preferred));
  }

  /**
   * Resolves a spec for a backend.
   *
   * @throws UserException as {@link #of(Spec)}
   */
  public static Plan of(Spec spec, Backend backend) {
    List<Cell> cells = new ArrayList<>();
    if (!spec.probes().isEmpty()) {
      cells.addAll(GridCells.of(spec.network(), propagation(spec)));
    }
    Training training = spec.training();
    if (training != null) {
      for (Recipe recipe : training.recipes()) {
        cells.addAll(GridCells.of(training.network(), new Task.Training(training.data(), recipe)));
      }
    }
    return new Plan(spec, backend, List.copyOf(cells));
  }

  /** What a spec measures at initialisation. */
  public static Task propagation(Spec spec) {
    List<Probe> probes = spec.probes().stream().sorted().toList();
    return new Task.Propagation(spec.inputs(), probes, spec.outputs());
  }

  public Spec spec() {
    return spec;
  }

  /** Who measures. */
  public Backend backend() {
    return backend;
  }

  public List<Cell> cells() {
    return cells;
  }

  /** How many replicates the spec wants of a cell. */
  public Replicates replicates(Cell cell) {
    Training training = spec.training();
    return cell.task() instanceof Task.Training && training != null
        ? Replicates.fixed(training.replicates())
        : spec.replicates();
  }

  /** Quantities whose confidence intervals decide how many replicates a cell needs. */
  Set<Quantity> until() {
    return spec.replicates().until().keySet();
  }

  /** Rows of {@code replicates} if every cell ends at its first checkpoint. */
  public long fewestRows() {
    return cells.stream().mapToLong(cell -> replicates(cell).min()).sum();
  }

  /** Rows of {@code replicates} if every cell goes on to the end. */
  public long rows() {
    return cells.stream().mapToLong(cell -> replicates(cell).max()).sum();
  }
}
