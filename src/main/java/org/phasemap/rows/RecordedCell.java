package org.phasemap.rows;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.phasemap.data.DataSet;
import org.phasemap.data.DataSets;
import org.phasemap.data.DataSource;
import org.phasemap.measure.input.GivenInputs;
import org.phasemap.network.UserException;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Task;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.AxisValues;
import org.phasemap.spec.Inputs;
import org.phasemap.spec.Spec;
import org.phasemap.spec.Training;

/**
 * A cell as the configuration columns of its rows, and back. Axes are read from the row, because
 * the folder's spec may have lost some of their values since; all else is the spec's, which cannot
 * change.
 *
 * <p>The cell's id proves that row and spec fit together.
 */
public final class RecordedCell {
  private static final String CELL_ID = "cell_id";
  private static final int HASH_DIGITS = 16;

  private RecordedCell() {}

  /**
   * Reads a cell.
   *
   * @param spec of the folder
   * @param row its values by column
   * @throws UserException if spec and row do not make the cell that the row names
   */
  public static Cell of(Spec spec, Map<String, @Nullable Object> row) {
    String id = (String) Objects.requireNonNull(row.get(CELL_ID), CELL_ID);
    Cell cell;
    try {
      AxisValues values = AxisValues.of(row);
      cell = Cell.of(values, task(spec, values, id));
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new UserException(
          "cell " + id + ": its row describes no cell (" + e.getMessage() + ")", e);
    }
    if (!cell.id().equals(id)) {
      throw new UserException(
          String.format(
              "cell %s: what spec.yaml and its row describe is cell %s to this version, so it"
                  + " cannot be run again as it was; another version of PhaseMap measured it, or"
                  + " spec.yaml had other training then",
              id, cell.id()));
    }
    return cell;
  }

  private static Task task(Spec spec, AxisValues values, String id) {
    Task propagation = Plan.propagation(spec);
    if (values.get(Axis.TASK).equals(propagation.id())) {
      return propagation;
    }
    Training training = spec.training();
    if (training == null) {
      throw new UserException(
          String.format(
              "cell %s: was trained, and the folder's spec.yaml trains nothing now; allowed: cells"
                  + " measured at initialisation",
              id));
    }
    return new Task.Training(training.data(), training.recipe(values));
  }

  /** A cell's values on all axes, as its rows have them. */
  static AxisValues values(Cell cell) {
    AxisValues values = cell.values();
    if (cell.task() instanceof Task.Propagation task) {
      addInputs(task.inputs(), values);
    } else if (cell.task() instanceof Task.Training task) {
      DataSet data = DataSets.load(task.data());
      values
          .put(Axis.INPUT_HASH, hash(task.data()))
          .put(Axis.INPUT_COUNT, data.train().count())
          .put(Axis.INPUT_DIMENSION, data.dimension());
    }
    return values;
  }

  /** Adds what the spec does not say of its inputs. */
  private static void addInputs(Inputs inputs, AxisValues values) {
    if (values.find(Axis.INPUT_Q0) == null) {
      GivenInputs given = GivenInputs.of(inputs);
      values.put(Axis.INPUT_Q0, given.meanSquare()).put(Axis.INPUT_C0, given.meanCosine());
    }
    if (inputs.source() instanceof Inputs.Chosen chosen) {
      values.put(Axis.INPUT_HASH, hash(chosen.data()));
    }
  }

  private static @Nullable String hash(DataSource data) {
    return data instanceof DataSource.Files files ? files.sha256().substring(0, HASH_DIGITS) : null;
  }
}
