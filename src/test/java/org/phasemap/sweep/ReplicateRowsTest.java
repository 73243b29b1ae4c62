package org.phasemap.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.phasemap.data.DataSource;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Unit.Sharing;
import org.phasemap.quantity.Probe;
import org.phasemap.spec.EarlyStop;
import org.phasemap.spec.Engine;
import org.phasemap.spec.Inputs;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Loss;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.Procedure;
import org.phasemap.spec.Recipe;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

class ReplicateRowsTest {
  /** Columns that are null in a measured row of a propagation cell without a scheme. */
  private static final List<String> EMPTY =
      List.of(
          "init",
          "sigma_multiplier",
          "input_scale",
          "input_hash",
          "batch_size",
          "steps",
          "learning_rate",
          "error_class",
          "error_message",
          "train_loss",
          "train_accuracy",
          "test_accuracy",
          "curve_step",
          "curve_loss",
          "engine",
          "loss",
          "optimiser",
          "critical_fraction",
          "biases",
          "accuracy_threshold",
          "stop_loss",
          "stop_accuracy",
          "stop_steps",
          "curve_accuracy",
          "steps_taken",
          "steps_to_threshold",
          "learning_rate_used",
          "ln_gradient_norm_start",
          "ln_gradient_norm_end",
          "ntk_drift",
          // There is one output.
          "ln_ntk_outputs_scale",
          "ln_ntk_outputs_lambda_max",
          "ln_ntk_outputs_lambda_min",
          "ln_ntk_outputs_condition",
          "ntk_outputs_effective_rank",
          "ln_cross_entropy_lambda_max",
          "ln_cross_entropy_trace",
          // Of MLPs.
          "architecture",
          "token_cosine",
          "attention_logit_variance",
          "attention_entropy",
          "profile_token_cosine",
          "profile_attention_logit_variance",
          "profile_attention_entropy",
          "position_spread",
          "profile_position_spread",
          "ln_query_key_gradient",
          "profile_ln_query_key_gradient",
          "attention_keys",
          // Of networks u(x).
          "ln_u",
          "ln_du",
          "ln_d2u",
          "ln_residual",
          "ln_residual_ntk",
          "ln_residual_gradient",
          "profile_ln_du",
          "profile_ln_d2u",
          // No layer of BF16 loses anything.
          "bf16_signal_layer",
          "bf16_gradient_layer");

  /** σ_w² = 0.03: signals and gradients die out, as FP16 shows; then they never saturate INT8. */
  @Test
  void allProbesFillAllColumns() {
    List<String> empty = new ArrayList<>(EMPTY);
    empty.add("int8_signal_layer");
    assertThat(nullColumns(0.03)).containsExactlyInAnyOrderElementsOf(empty);
  }

  @Test
  void aLayerThatLosesNothingIsNull() {
    List<String> empty = new ArrayList<>(EMPTY);
    empty.add("fp16_signal_layer");
    empty.add("fp16_gradient_layer");
    assertThat(nullColumns(4)).containsExactlyInAnyOrderElementsOf(empty);
  }

  /** Of two networks side by side; the columns of propagation stay empty. */
  @Test
  void trainingFillsItsColumns() {
    Recipe recipe =
        new Recipe(
            new Optimiser.Momentum(0.9),
            new LearningRate.Critical(0.5),
            32,
            new Procedure(
                Engine.KERNEL,
                Loss.MSE,
                new Procedure.Layers(true, 1),
                new Procedure.Ending(60, new EarlyStop(1e-9, 1.0, 3)),
                new Procedure.Findings(0.2, 4, true)));
    List<Cell> cells =
        Stream.of(1.0, 1.5)
            .map(
                sigmaW2 ->
                    new Cell(
                        new NetworkConfig(
                            Activations.parse("tanh"), 2, 16, WeightLaw.NORMAL, sigmaW2, 0, 1),
                        null,
                        new Task.Training(new DataSource.Bundled(), recipe)))
            .toList();
    List<@Nullable Object[]> rows =
        UnitRunner.run(List.of(new Unit(1, 0, Sampler.DENSE, Sharing.COMMON, cells)), 60).rows();
    assertThat(rows).hasSize(2);
    for (@Nullable Object[] row : rows) {
      assertThat(nullColumns(row))
          .doesNotContain("engine", "loss", "optimiser", "critical_fraction", "biases")
          .doesNotContain("stop_loss", "stop_accuracy", "stop_steps", "accuracy_threshold")
          .doesNotContain("train_loss", "test_accuracy", "curve_step", "curve_accuracy")
          .doesNotContain("steps_taken", "steps_to_threshold", "learning_rate_used")
          .doesNotContain("ln_gradient_norm_start", "ln_gradient_norm_end", "ntk_drift")
          .contains("learning_rate", "ln_q", "error_class");
    }
  }

  private static List<String> nullColumns(double sigmaW2) {
    Cell cell =
        new Cell(
            new NetworkConfig(Activations.parse("linear"), 7, 16, WeightLaw.NORMAL, sigmaW2, 0, 1),
            null,
            new Task.Propagation(new Inputs(3, 20, 1, 0.5), List.of(Probe.values())));
    Unit unit = new Unit(1, 0, Sampler.DENSE, Sharing.COMMON, List.of(cell));
    return nullColumns(UnitRunner.run(List.of(unit), 60).rows().get(0));
  }

  private static List<String> nullColumns(@Nullable Object[] row) {
    List<Column> columns = Tables.replicates();
    List<String> empty = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (row[i] == null) {
        empty.add(columns.get(i).name());
      }
    }
    return empty;
  }
}
