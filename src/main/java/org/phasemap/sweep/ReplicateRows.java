package org.phasemap.sweep;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.phasemap.measure.JacobianMoments;
import org.phasemap.measure.Precision;
import org.phasemap.measure.PropagationResult;
import org.phasemap.measure.PropagationResult.Profile;
import org.phasemap.measure.PropagationResult.Signal;
import org.phasemap.measure.PropagationResult.Spectrum;
import org.phasemap.measure.result.FirstSteps;
import org.phasemap.measure.result.KernelSpectrum;
import org.phasemap.plan.Task;
import org.phasemap.store.Column;
import org.phasemap.store.Tables;
import org.phasemap.train.TrainingResult;

/** Results as rows of {@code replicates}. */
final class ReplicateRows {
  private static final List<Column> COLUMNS = Tables.replicates();

  private ReplicateRows() {}

  /** Adds what the probes found. */
  static void addPropagation(PropagationResult result, Map<String, @Nullable Object> row) {
    row.put("category", result.category().name().toLowerCase(Locale.ROOT));
    Signal signal = result.signal();
    row.put("ln_q", Math.log(signal.q()));
    row.put("c", signal.c());
    row.put("mean", signal.mean());
    row.put("dead_share", signal.deadShare());
    row.put("saturated_share", signal.saturatedShare());
    row.put("ln_norm_ratio", result.lnNormRatio());
    row.put("ln_gradient_gain", result.lnGradientGain());
    row.put("ln_weight_gradient_ratio", result.lnWeightGradientRatio());
    KernelSpectrum ntk = result.ntk();
    row.put("ln_ntk_scale", ntk.lnScale());
    row.put("ntk_off_ratio", ntk.offRatio());
    row.put("ln_ntk_lambda_max", ntk.lnLambdaMax());
    row.put("ln_ntk_lambda_min", ntk.lnLambdaMin());
    row.put("ln_ntk_condition", ntk.lnCondition());
    row.put("ntk_effective_rank", ntk.effectiveRank());
    row.put("ln_ntk_critical_learning_rate", ntk.lnCriticalLearningRate());
    row.put("ln_ntk_standard_scale", result.standardNtk().lnScale());
    row.put("ln_ntk_standard_lambda_max", result.standardNtk().lnLambdaMax());
    row.put("ln_ntk_standard_lambda_min", result.standardNtk().lnLambdaMin());
    row.put(
        "ln_ntk_standard_critical_learning_rate", result.standardNtk().lnCriticalLearningRate());
    addSteps(result.steps(), row);
    Precision precision = result.precision();
    addFloatLoss("fp16_signal_", precision.fp16Signal(), row);
    addFloatLoss("fp16_gradient_", precision.fp16Gradient(), row);
    addFloatLoss("bf16_signal_", precision.bf16Signal(), row);
    addFloatLoss("bf16_gradient_", precision.bf16Gradient(), row);
    addLoss("int8_signal_", precision.int8Signal(), row);
    JacobianMoments jacobian = result.jacobian();
    row.put("ln_jacobian_mean", jacobian.lnMeanSquare());
    row.put("jacobian_relative_variance", jacobian.relativeVariance());
    if (jacobian.lnMean().length > 0) {
      row.put("profile_ln_jacobian", jacobian.lnMean());
    }
    addSpectrum(result.spectrum(), row);
    if (result.ntkLayers().lnScale().length > 0) {
      row.put("profile_ln_ntk", result.ntkLayers().lnScale());
      row.put("profile_ln_ntk_standard", result.ntkLayers().lnStandardScale());
    }
    row.put("ln_curvature_lambda_max", result.curvature().lnLambdaMax());
    row.put("ln_curvature_trace", result.curvature().lnTrace());
    row.put("outputs", ((Task.Propagation) result.cell().task()).outputs());
    KernelSpectrum outputs = result.outputsNtk();
    row.put("ln_ntk_outputs_scale", outputs.lnScale());
    row.put("ln_ntk_outputs_lambda_max", outputs.lnLambdaMax());
    row.put("ln_ntk_outputs_lambda_min", outputs.lnLambdaMin());
    row.put("ln_ntk_outputs_condition", outputs.lnCondition());
    row.put("ntk_outputs_effective_rank", outputs.effectiveRank());
    row.put("ln_cross_entropy_lambda_max", result.crossEntropy().lnLambdaMax());
    row.put("ln_cross_entropy_trace", result.crossEntropy().lnTrace());
    Profile profile = result.profile();
    int depth = result.cell().network().depth();
    row.put("profile_layer", IntStream.rangeClosed(1, depth).toArray());
    if (profile.signal().length > 0) {
      row.put("profile_q", list(profile.signal(), Signal::q));
      row.put("profile_c", list(profile.signal(), Signal::c));
      row.put("profile_mean", list(profile.signal(), Signal::mean));
      row.put("profile_dead", list(profile.signal(), Signal::deadShare));
      row.put("profile_saturated", list(profile.signal(), Signal::saturatedShare));
    }
    if (profile.lnGradient().length > 0) {
      row.put("profile_ln_gradient", profile.lnGradient());
      row.put("profile_ln_weight_gradient", profile.lnWeightGradient());
    }
  }

  private static void addSpectrum(Spectrum spectrum, Map<String, @Nullable Object> row) {
    row.put("ln_jacobian_largest", spectrum.lnLargestSquare());
    row.put("jacobian_effective_rank", spectrum.effectiveRank());
    if (spectrum.squares().length > 0) {
      row.put("jacobian_spectrum", spectrum.squares());
    }
  }

  private static void addFloatLoss(
      String prefix, Precision.Loss loss, Map<String, @Nullable Object> row) {
    row.put(prefix + "subnormal", loss.subnormal());
    addLoss(prefix, loss, row);
  }

  private static void addLoss(
      String prefix, Precision.Loss loss, Map<String, @Nullable Object> row) {
    row.put(prefix + "flushed", loss.flushed());
    row.put(prefix + "overflow", loss.overflow());
    row.put(prefix + "layer", loss.layer());
  }

  private static void addSteps(FirstSteps steps, Map<String, @Nullable Object> row) {
    row.put("ln_sgd_step_max", steps.lnSgdMax());
    row.put("ln_sgd_step_min", steps.lnSgdMin());
    row.put("ln_adam_step_max", steps.lnAdamMax());
    row.put("ln_adam_step_min", steps.lnAdamMin());
    if (steps.lnSgd().length > 0) {
      row.put("profile_ln_sgd_step", steps.lnSgd());
      row.put("profile_ln_adam_step", steps.lnAdam());
    }
  }

  /** Adds what training came to. */
  static void addTraining(TrainingResult result, Map<String, @Nullable Object> row) {
    row.put("category", result.outcome().id());
    row.put("train_loss", result.trainLoss());
    row.put("train_accuracy", result.trainAccuracy());
    row.put("test_accuracy", result.testAccuracy());
    row.put("curve_step", result.curveStep());
    row.put("curve_loss", result.curveLoss());
    row.put("curve_accuracy", result.curveAccuracy());
    row.put("steps_taken", result.steps());
    row.put("steps_to_threshold", result.stepsToThreshold());
    row.put("learning_rate_used", result.learningRate());
    row.put("ln_gradient_norm_start", result.lnGradientNormStart());
    row.put("ln_gradient_norm_end", result.lnGradientNormEnd());
    row.put("ntk_drift", result.ntkDrift());
  }

  static @Nullable Object[] row(Map<String, @Nullable Object> values) {
    return Schemas.row(COLUMNS, values);
  }

  private static double[] list(Signal[] layers, ToDoubleFunction<Signal> field) {
    return Arrays.stream(layers).mapToDouble(field).toArray();
  }
}
