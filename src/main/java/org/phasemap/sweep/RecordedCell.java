package org.phasemap.sweep;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.InitScheme;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.UserException;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Task;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.Recipe;
import org.phasemap.spec.Spec;
import org.phasemap.spec.Training;

/**
 * The cell that a row of {@code replicates} is of. Axes are read from the row, because the folder's
 * spec may have lost some of their values since; all else is the spec's, which cannot change.
 */
final class RecordedCell {
  private RecordedCell() {}

  /**
   * Reads a cell.
   *
   * @param spec of the folder
   * @param row its values by column
   * @throws UserException if spec and row do not make the cell that the row names
   */
  static Cell of(Spec spec, Map<String, @Nullable Object> row) {
    String id = text(row, "cell_id");
    Cell cell = new Cell(network(row), scheme(row), task(spec, row));
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

  private static NetworkConfig network(Map<String, @Nullable Object> row) {
    return new NetworkConfig(
        Activations.parse(text(row, "activation")),
        whole(row, "depth"),
        whole(row, "width"),
        WeightLaw.valueOf(text(row, "weight_law").toUpperCase(Locale.ROOT)),
        real(row, "sigma_w2"),
        real(row, "sigma_b2"),
        real(row, "keep_probability"));
  }

  private static Cell.@Nullable Scheme scheme(Map<String, @Nullable Object> row) {
    return row.get("init") == null
        ? null
        : new Cell.Scheme(InitScheme.parse(text(row, "init")), real(row, "sigma_multiplier"));
  }

  private static Task task(Spec spec, Map<String, @Nullable Object> row) {
    Task propagation = Plan.propagation(spec);
    if (text(row, "task").equals(propagation.id())) {
      return propagation;
    }
    Training training = spec.training();
    if (training == null) {
      throw new UserException(
          String.format(
              "cell %s: was trained, and the folder's spec.yaml trains nothing now; allowed: cells"
                  + " measured at initialisation",
              text(row, "cell_id")));
    }
    return new Task.Training(training.data(), recipe(training, row));
  }

  private static Recipe recipe(Training training, Map<String, @Nullable Object> row) {
    // Rows of the first schema name no optimiser: there was one.
    Optimiser optimiser =
        training.optimiser().stream()
            .filter(o -> o.id().equals(row.get("optimiser")))
            .findFirst()
            .orElse(training.optimiser().get(0));
    Object fraction = row.get("critical_fraction");
    return new Recipe(
        training.engine(),
        training.loss(),
        optimiser,
        fraction == null
            ? new LearningRate.Fixed(real(row, "learning_rate"))
            : new LearningRate.Critical((Double) fraction),
        whole(row, "batch_size"),
        training.steps(),
        training.biases(),
        training.readoutScale(),
        training.stop(),
        training.accuracyThreshold(),
        training.ntkExamples(),
        training.ntkDrift());
  }

  private static String text(Map<String, @Nullable Object> row, String column) {
    return (String) Objects.requireNonNull(row.get(column), column);
  }

  private static int whole(Map<String, @Nullable Object> row, String column) {
    return (Integer) Objects.requireNonNull(row.get(column), column);
  }

  private static double real(Map<String, @Nullable Object> row, String column) {
    return (Double) Objects.requireNonNull(row.get(column), column);
  }
}
