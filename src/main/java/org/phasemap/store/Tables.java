package org.phasemap.store;

import static org.phasemap.store.Column.Type.DOUBLE;
import static org.phasemap.store.Column.Type.DOUBLE_LIST;
import static org.phasemap.store.Column.Type.INT;
import static org.phasemap.store.Column.Type.INT_LIST;
import static org.phasemap.store.Column.Type.LONG;
import static org.phasemap.store.Column.Type.STRING;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The schemas of the two tables. */
public final class Tables {
  /** Raised when a column is added. */
  public static final int SCHEMA_VERSION = 6;

  /** The oldest version whose {@code cells} mean what they mean now: z_ had another definition. */
  static final int OLDEST_CELLS = 2;

  public static final String REPLICATES = "replicates";
  public static final String CELLS = "cells";

  /** Scalars whose average over replicates {@link #CELLS} holds beside the theory. */
  public static final List<String> COMPARED =
      List.of(
          "ln_q",
          "c",
          "ln_gradient_gain",
          "ln_ntk_scale",
          "ntk_off_ratio",
          "ln_ntk_condition",
          "ln_ntk_standard_scale");

  /** Scalars whose law over networks of finite width is predicted. */
  public static final List<String> EXPECTED =
      List.of(
          "ln_q",
          "c",
          "ln_gradient_gain",
          "ln_ntk_scale",
          "ln_ntk_standard_scale",
          "mean",
          "ln_norm_ratio",
          "ln_weight_gradient_ratio",
          "ln_jacobian_mean",
          "ln_curvature_trace",
          "ln_ntk_outputs_scale");

  /** Scalars whose average over replicates {@link #CELLS} holds without quantiles. */
  public static final List<String> AVERAGED =
      List.of(
          "mean",
          "dead_share",
          "saturated_share",
          "ln_ntk_lambda_max",
          "ln_ntk_lambda_min",
          "train_loss",
          "train_accuracy",
          "test_accuracy",
          "ln_norm_ratio",
          "ln_weight_gradient_ratio",
          "ntk_effective_rank",
          "ln_ntk_critical_learning_rate",
          "ln_ntk_standard_critical_learning_rate",
          "ln_sgd_step_max",
          "ln_sgd_step_min",
          "ln_adam_step_max",
          "ln_adam_step_min",
          "fp16_signal_subnormal",
          "fp16_signal_flushed",
          "fp16_signal_overflow",
          "fp16_gradient_subnormal",
          "fp16_gradient_flushed",
          "fp16_gradient_overflow",
          "bf16_signal_subnormal",
          "bf16_signal_flushed",
          "bf16_signal_overflow",
          "bf16_gradient_subnormal",
          "bf16_gradient_flushed",
          "bf16_gradient_overflow",
          "int8_signal_flushed",
          "int8_signal_overflow",
          "ln_jacobian_mean",
          "jacobian_relative_variance",
          "ln_jacobian_largest",
          "jacobian_effective_rank",
          "ln_curvature_lambda_max",
          "ln_curvature_trace",
          "ln_ntk_outputs_scale",
          "ln_ntk_outputs_lambda_max",
          "ln_ntk_outputs_lambda_min",
          "ln_ntk_outputs_condition",
          "ntk_outputs_effective_rank",
          "ln_cross_entropy_lambda_max",
          "ln_cross_entropy_trace",
          "steps_taken",
          "steps_to_threshold",
          "learning_rate_used",
          "ln_gradient_norm_start",
          "ln_gradient_norm_end",
          "ntk_drift");

  /** Those of {@link #AVERAGED} that only trained networks have. */
  public static final List<String> TRAINED =
      List.of(
          "train_loss",
          "train_accuracy",
          "test_accuracy",
          "steps_taken",
          "steps_to_threshold",
          "learning_rate_used",
          "ln_gradient_norm_start",
          "ln_gradient_norm_end",
          "ntk_drift");

  private static final List<String> WITHOUT_THEORY =
      List.of(
          "dead_share",
          "saturated_share",
          "int8_signal_flushed",
          "int8_signal_overflow",
          "jacobian_effective_rank",
          "ln_cross_entropy_lambda_max",
          "ln_cross_entropy_trace");

  /** Those of {@link #AVERAGED} that have a prediction at infinite width. */
  public static final List<String> PREDICTED =
      AVERAGED.stream()
          .filter(name -> !TRAINED.contains(name) && !WITHOUT_THEORY.contains(name))
          .toList();

  private static final List<Column> CONFIGURATION =
      List.of(
          column("cell_id", STRING, "hash of the cell's resolved configuration, 16 hex digits"),
          column(
              "task",
              STRING,
              "propagation (measured at initialisation) or training (trained, then measured)"),
          column("activation", STRING, "φ, such as tanh or leaky_relu(0.01)"),
          column("depth", INT, "L, number of hidden layers"),
          column("width", INT, "n, units of each hidden layer"),
          column("init", STRING, "initialisation scheme; null where the spec gives sigma_w2"),
          column("sigma_multiplier", DOUBLE, "factor on the scheme's σ_w; null without a scheme"),
          column("weight_law", STRING, "normal, uniform, truncated or orthogonal"),
          column("sigma_w2", DOUBLE, "σ_w², weight variance × fan-in, before the mask"),
          column("sigma_b2", DOUBLE, "σ_b², bias variance"),
          column("keep_probability", DOUBLE, "p, share of weights kept by the mask"),
          column("input", STRING, "gaussian, sphere, or the kind of a data set"),
          column("input_count", INT, "m, inputs (propagation) or training examples (training)"),
          column("input_dimension", INT, "n₀, components of an input"),
          column("input_q0", DOUBLE, "‖x‖²/n₀, averaged over inputs; null if trained"),
          column("input_c0", DOUBLE, "cosine of two inputs, averaged over pairs; null if trained"),
          column(
              "input_scale",
              DOUBLE,
              "factor on the components of a data set's inputs; null for others, and if trained"),
          column(
              "input_hash",
              STRING,
              "first 16 hex digits of SHA-256 of the data set's files; null without files"),
          column("batch_size", INT, "examples a training step; null unless trained"),
          column("steps", INT, "training steps; null unless trained"),
          column(
              "learning_rate", DOUBLE, "step size; null unless trained, or where it is critical"),
          column("engine", STRING, "kernel or deeplearning4j; null unless trained"),
          column("loss", STRING, "cross_entropy or mse; null unless trained"),
          column(
              "optimiser",
              STRING,
              "sgd, momentum(μ), nesterov(μ) or adam(β₁,β₂,ε); null unless trained"),
          column(
              "critical_fraction",
              DOUBLE,
              "the step size over 2 m/λ_max of each network's own Θ, where the spec says so"),
          column("biases", STRING, "on or off: whether layers have biases; null unless trained"),
          column(
              "accuracy_threshold",
              DOUBLE,
              "train_accuracy from which a network counts as trained; null unless trained"),
          column("stop_loss", DOUBLE, "training is done at this minibatch loss; null for none"),
          column("stop_accuracy", DOUBLE, "as above, minibatch accuracy"),
          column("stop_steps", INT, "… of so many minibatches in a row"));

  private static final List<Column> MEASURED =
      List.of(
          column("replicate", INT, "number of the random network, from 0"),
          column(
              "sampler",
              STRING,
              "dense (explicit weights) or weight_free (what the weights do to the inputs)"),
          column("backend", STRING, "openblas or nd4j"),
          column("status", STRING, "measured or failed"),
          column("error_class", STRING, "of a failed row"),
          column("error_message", STRING, "of a failed row"),
          column(
              "category",
              STRING,
              "finite, exploded (a NaN or Inf in the signal or gradient), vanished (the signal of all"
                  + " inputs, or the gradient of any, is exactly zero); training rows: trained,"
                  + " stalled, diverged"),
          column("ln_q", DOUBLE, "ln of the mean of z_L² over units and inputs"),
          column("c", DOUBLE, "cosine of z_L of two inputs, averaged over pairs"),
          column("mean", DOUBLE, "mean of φ(z_L) over units and inputs"),
          column(
              "dead_share",
              DOUBLE,
              "share of units of layer L with φ′(z_L) = 0 for all inputs; 1 for a network born dead"),
          column("saturated_share", DOUBLE, "share of |φ′(z_L)| < 0.01 over units and inputs"),
          column("ln_gradient_gain", DOUBLE, "ln ‖∂f/∂z_1‖²/‖∂f/∂z_L‖², averaged over inputs"),
          column("ln_ntk_scale", DOUBLE, "ln(tr Θ/m), NTK parameterisation, scalar read-out"),
          column("ntk_off_ratio", DOUBLE, "mean off-diagonal of Θ over its mean diagonal"),
          column("ln_ntk_lambda_max", DOUBLE, "ln of the largest eigenvalue of Θ"),
          column(
              "ln_ntk_lambda_min",
              DOUBLE,
              "ln of the smallest; null where rounding may have made it"),
          column("ln_ntk_condition", DOUBLE, "ln λ_max/λ_min of Θ; null where λ_min is"),
          column("ln_ntk_standard_scale", DOUBLE, "ln(tr Θ/m), standard parameterisation"),
          column("ln_ntk_standard_lambda_max", DOUBLE, "as above, standard parameterisation"),
          column("ln_ntk_standard_lambda_min", DOUBLE, "as above, standard parameterisation"),
          column("profile_layer", INT_LIST, "layer l = 1…L of each entry of the profiles"),
          column("profile_q", DOUBLE_LIST, "mean of z_l²"),
          column("profile_c", DOUBLE_LIST, "mean cosine of two inputs at z_l"),
          column("profile_mean", DOUBLE_LIST, "mean of φ(z_l)"),
          column("profile_dead", DOUBLE_LIST, "as dead_share, layer l"),
          column("profile_saturated", DOUBLE_LIST, "as saturated_share, layer l"),
          column("profile_ln_gradient", DOUBLE_LIST, "ln ‖∂f/∂z_l‖², averaged over inputs"),
          column("train_loss", DOUBLE, "mean loss on the training set after the last step"),
          column("train_accuracy", DOUBLE, "share right on the training set after the last step"),
          column("test_accuracy", DOUBLE, "share right on the test set after the last step"),
          column("curve_step", INT_LIST, "steps at which the loss curve was sampled"),
          column("curve_loss", DOUBLE_LIST, "mean loss of the minibatch at those steps"),
          column("unit_seconds", DOUBLE, "wall seconds of the unit that measured this row"),
          column("unit_rows", LONG, "rows of that unit"),
          column("ln_norm_ratio", DOUBLE, "ln (‖h_L‖²/n)/(‖x‖²/n₀), averaged over inputs"),
          column(
              "ln_weight_gradient_ratio", DOUBLE, "ln ‖∂f/∂W_1‖²/‖∂f/∂W_L‖², averaged over inputs"),
          column(
              "profile_ln_weight_gradient",
              DOUBLE_LIST,
              "ln ‖∂f/∂W_l‖², averaged over inputs; standard parameterisation, in NTK"
                  + " parameterisation ln σ_w²/n_{l−1} more"),
          column(
              "ntk_effective_rank",
              DOUBLE,
              "exp(−Σ p_i ln p_i), p_i = λ_i/tr Θ, of the eigenvalues of Θ: from 1 to m"),
          column(
              "ln_ntk_critical_learning_rate",
              DOUBLE,
              "ln 2/λ_max: the largest stable learning rate of full-batch gradient descent on half"
                  + " the summed squared error (on its mean m times as large), NTK"
                  + " parameterisation"),
          column(
              "ln_ntk_standard_critical_learning_rate",
              DOUBLE,
              "as above, standard parameterisation: that of SGD on the weights"),
          column(
              "profile_ln_sgd_step",
              DOUBLE_LIST,
              "ln ‖ΔW_l‖/‖W_l‖ of SGD's first step at learning rate 1 on the mean of f over"
                  + " inputs; ‖W_l‖² by its mean p n σ_w²"),
          column(
              "profile_ln_adam_step",
              DOUBLE_LIST,
              "as above, of Adam: ln u/s, root mean squares u of g/(|g| + 1e-8) over Gaussian g as"
                  + " large as the layer's gradient and s of the weights' entries"),
          column("ln_sgd_step_max", DOUBLE, "largest of profile_ln_sgd_step"),
          column("ln_sgd_step_min", DOUBLE, "smallest of profile_ln_sgd_step"),
          column("ln_adam_step_max", DOUBLE, "largest of profile_ln_adam_step"),
          column("ln_adam_step_min", DOUBLE, "smallest of profile_ln_adam_step"),
          column(
              "fp16_signal_subnormal",
              DOUBLE,
              "share of a layer's non-zero φ(z_l) below FP16's smallest normal number, in the layer"
                  + " with most"),
          column("fp16_signal_flushed", DOUBLE, "the same of those that round to 0 in FP16"),
          column("fp16_signal_overflow", DOUBLE, "the same of those beyond FP16's largest number"),
          column(
              "fp16_signal_layer",
              INT,
              "first l with more than 1 % subnormal or overflowing; null where there is none"),
          column("fp16_gradient_subnormal", DOUBLE, "as fp16_signal_subnormal, of ∂f/∂z_l"),
          column("fp16_gradient_flushed", DOUBLE, "as fp16_signal_flushed, of ∂f/∂z_l"),
          column("fp16_gradient_overflow", DOUBLE, "as fp16_signal_overflow, of ∂f/∂z_l"),
          column(
              "fp16_gradient_layer",
              INT,
              "as fp16_signal_layer, of ∂f/∂z_l: the first from the top, so the largest such l"),
          column("bf16_signal_subnormal", DOUBLE, "as fp16_signal_subnormal, BF16"),
          column("bf16_signal_flushed", DOUBLE, "as fp16_signal_flushed, BF16"),
          column("bf16_signal_overflow", DOUBLE, "as fp16_signal_overflow, BF16"),
          column("bf16_signal_layer", INT, "as fp16_signal_layer, BF16"),
          column("bf16_gradient_subnormal", DOUBLE, "as fp16_gradient_subnormal, BF16"),
          column("bf16_gradient_flushed", DOUBLE, "as fp16_gradient_flushed, BF16"),
          column("bf16_gradient_overflow", DOUBLE, "as fp16_gradient_overflow, BF16"),
          column("bf16_gradient_layer", INT, "as fp16_gradient_layer, BF16"),
          column(
              "int8_signal_flushed",
              DOUBLE,
              "share of a layer's non-zero φ(z_l) that round to 0 in steps of max |φ(z_1)|/127, in"
                  + " the layer with most"),
          column(
              "int8_signal_overflow",
              DOUBLE,
              "the same of those that saturate: above 127 or below −128 such steps"),
          column(
              "int8_signal_layer",
              INT,
              "first l with more than 1 % saturated; null where there is none"),
          column(
              "ln_jacobian_mean",
              DOUBLE,
              "ln ‖J v‖²/‖v‖², J = ∂z_L/∂z_1, a random v for each input, averaged over inputs: ln of"
                  + " the mean squared singular value"),
          column(
              "jacobian_relative_variance",
              DOUBLE,
              "‖JᵀJ v‖² ‖v‖²/‖J v‖⁴ − 1, averaged over inputs: variance of the squared singular"
                  + " values over their squared mean; null where JᵀJ v is too small for float32"),
          column("profile_ln_jacobian", DOUBLE_LIST, "as ln_jacobian_mean, of ∂z_l/∂z_1"),
          column(
              "ln_jacobian_largest",
              DOUBLE,
              "ln of the largest squared singular value of ∂z_L/∂z_1, averaged over inputs"),
          column(
              "jacobian_spectrum",
              DOUBLE_LIST,
              "all n squared singular values of ∂z_L/∂z_1 at the first input, the largest first; NaN"
                  + " below 1e-12 of that, which is rounding"),
          column(
              "jacobian_effective_rank",
              DOUBLE,
              "exp(−Σ p_i ln p_i), p_i shares of jacobian_spectrum's sum: from 1 to n"),
          column(
              "profile_ln_ntk",
              DOUBLE_LIST,
              "ln(tr Θ_l/m) of what layer l's weights and biases add to Θ, NTK parameterisation; the"
                  + " read-out adds the rest of ln_ntk_scale"),
          column("profile_ln_ntk_standard", DOUBLE_LIST, "as above, standard parameterisation"),
          column(
              "ln_curvature_lambda_max",
              DOUBLE,
              "ln of the largest eigenvalue of the Gauss–Newton matrix of half the mean squared"
                  + " error: λ_max/m of Θ of all outputs, standard parameterisation"),
          column("ln_curvature_trace", DOUBLE, "ln of its trace: ln(tr Θ/m)"),
          column("outputs", INT, "k, read-outs; the columns that follow are null for one"),
          column(
              "ln_ntk_outputs_scale",
              DOUBLE,
              "ln(tr Θ/(km)) of the km × km kernel of all outputs, NTK parameterisation"),
          column("ln_ntk_outputs_lambda_max", DOUBLE, "ln of its largest eigenvalue"),
          column(
              "ln_ntk_outputs_lambda_min",
              DOUBLE,
              "ln of the smallest; null where rounding may have made it"),
          column("ln_ntk_outputs_condition", DOUBLE, "ln λ_max/λ_min; null where λ_min is"),
          column(
              "ntk_outputs_effective_rank",
              DOUBLE,
              "as ntk_effective_rank, of all outputs: from 1 to km"),
          column(
              "ln_cross_entropy_lambda_max",
              DOUBLE,
              "ln of the largest eigenvalue of the Gauss–Newton matrix of the mean softmax"
                  + " cross-entropy over k outputs, standard parameterisation"),
          column("ln_cross_entropy_trace", DOUBLE, "ln of its trace"),
          column("curve_accuracy", DOUBLE_LIST, "share right in the minibatch at those steps"),
          column("steps_taken", INT, "updates made: fewer than steps if diverged or done"),
          column(
              "steps_to_threshold",
              INT,
              "first step whose last ten minibatches together have accuracy_threshold right; null"
                  + " where there is none"),
          column("learning_rate_used", DOUBLE, "step size of this network"),
          column(
              "ln_gradient_norm_start",
              DOUBLE,
              "ln of the norm of the first minibatch's gradient over all parameters, before the"
                  + " first update"),
          column("ln_gradient_norm_end", DOUBLE, "the same after the last update"),
          column(
              "ntk_drift",
              DOUBLE,
              "‖Θ_T − Θ_0‖/‖Θ_0‖ of the tangent kernel of all outputs, standard parameterisation,"
                  + " on ntk_examples of the first minibatch; null where not asked for"));

  private Tables() {}

  private static final List<Column> REPLICATES_COLUMNS =
      Stream.concat(CONFIGURATION.stream(), MEASURED.stream()).toList();

  private static final List<Column> CELLS_COLUMNS = cellsColumns();

  /** Columns of {@code replicates}: a row per cell and replicate. */
  public static List<Column> replicates() {
    return REPLICATES_COLUMNS;
  }

  /** A column of {@code replicates} by its name. */
  public static Column replicatesColumn(String name) {
    return replicates().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  /** Columns that say what a cell is. */
  public static List<Column> configuration() {
    return CONFIGURATION;
  }

  /** Columns of {@code cells}: a row per cell, built from {@code replicates}. */
  public static List<Column> cells() {
    return CELLS_COLUMNS;
  }

  private static List<Column> cellsColumns() {
    List<Column> columns = new ArrayList<>(CONFIGURATION);
    columns.add(column("replicates", LONG, "measured rows of the cell"));
    columns.add(column("failed", LONG, "failed rows of the cell"));
    columns.add(column("finite", LONG, "rows of category finite"));
    columns.add(column("trained", LONG, "rows of category trained; null unless trained"));
    columns.add(
        column(
            "stopped",
            STRING,
            "why there are no more replicates: fixed (the spec gives a number), until (the"
                + " confidence intervals are narrow enough), max (they are not, but the spec wants"
                + " no more), not_finite (fewer than two replicates have a value)"));
    for (String name : AVERAGED) {
      columns.add(column(name + "_mean", DOUBLE, "mean of " + name + " over replicates"));
      columns.add(column(name + "_se", DOUBLE, "its standard error, sd/√replicates"));
    }
    for (String name : COMPARED) {
      columns.add(column(name + "_mean", DOUBLE, "mean of " + name + " over replicates"));
      columns.add(column(name + "_se", DOUBLE, "its standard error, sd/√replicates"));
      columns.add(column(name + "_q05", DOUBLE, "5 % quantile over replicates"));
      columns.add(column(name + "_q50", DOUBLE, "median over replicates"));
      columns.add(column(name + "_q95", DOUBLE, "95 % quantile over replicates"));
      addPrediction(columns, name);
    }
    columns.add(
        column(
            "p_trained",
            DOUBLE,
            "trained/replicates: estimate of P(trained); null unless trained"));
    columns.add(
        column("p_trained_low", DOUBLE, "lower end of Wilson's 95 % confidence interval of it"));
    columns.add(column("p_trained_high", DOUBLE, "upper end"));
    columns.add(
        column(
            "phase",
            STRING,
            "ordered, critical, chaotic, unstable_eoc, no_fixed_point; from the inputs' mean q₁, as docs/theory.md says"));
    columns.add(column("theory_chi1", DOUBLE, "χ₁ = p σ_w² E φ′(√q z)² at layer L"));
    columns.add(column("theory_profile_q", DOUBLE_LIST, "predicted q_l, l = 1…L"));
    columns.add(column("theory_profile_c", DOUBLE_LIST, "predicted c_l"));
    columns.add(
        column("theory_profile_ln_gradient_gain", DOUBLE_LIST, "predicted ln ‖δ_l‖²/‖δ_L‖²"));
    columns.add(column("expected_profile_ln_q", DOUBLE_LIST, "as expected_ln_q, layer l"));
    columns.add(column("expected_profile_ln_q_sd", DOUBLE_LIST, "as expected_ln_q_sd, layer l"));
    columns.add(column("expected_profile_c", DOUBLE_LIST, "as expected_c, layer l"));
    columns.add(column("expected_profile_c_sd", DOUBLE_LIST, "as expected_c_sd, layer l"));
    PREDICTED.forEach(name -> addPrediction(columns, name));
    columns.add(
        column("theory_profile_ln_ntk", DOUBLE_LIST, "predicted profile_ln_ntk, infinite width"));
    columns.add(
        column(
            "theory_profile_ln_ntk_standard",
            DOUBLE_LIST,
            "predicted profile_ln_ntk_standard, infinite width"));
    columns.add(column("exploded", LONG, "rows of category exploded; null if trained"));
    columns.add(column("vanished", LONG, "rows of category vanished; null if trained"));
    for (String name : COMPARED) {
      columns.add(
          column(
              name + "_count",
              LONG,
              "rows that have a value: those that " + name + "_mean averages"));
    }
    return List.copyOf(columns);
  }

  private static void addPrediction(List<Column> columns, String name) {
    columns.add(column("theory_" + name, DOUBLE, "infinite-width prediction"));
    if (EXPECTED.contains(name)) {
      columns.add(
          column("expected_" + name, DOUBLE, "mean over random networks of this width, O(1/n)"));
      columns.add(column("expected_" + name + "_sd", DOUBLE, "standard deviation over them"));
      columns.add(
          column(
              "z_" + name,
              DOUBLE,
              "(mean − expected)/(expected sd/√rows); null where a row has no value"));
    }
  }

  private static Column column(String name, Column.Type type, String meaning) {
    return new Column(name, type, meaning);
  }
}
