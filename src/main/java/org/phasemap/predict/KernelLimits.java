package org.phasemap.predict;

import org.phasemap.measure.result.Curvature;
import org.phasemap.measure.result.KernelSpectrum;
import org.phasemap.plan.Task.Propagation;
import org.phasemap.quantity.KernelQuantity;
import org.phasemap.quantity.Measurement;

/** What the probes find of tangent kernels at infinite width. */
final class KernelLimits {
  private KernelLimits() {}

  /**
   * Adds it.
   *
   * @param kernel Θ over the inputs, NTK parameterisation
   * @param weights the same, standard parameterisation
   */
  static void add(
      Propagation task, KernelSpectrum kernel, KernelSpectrum weights, Measurement.Builder limit) {
    limit.put(KernelQuantity.LN_NTK_SCALE, kernel.lnScale());
    if (task.inputs().count() > 1) {
      limit.put(KernelQuantity.NTK_OFF_RATIO, Rounding.cleared(kernel.offRatio()));
    }
    limit.put(KernelQuantity.LN_NTK_CONDITION, kernel.lnCondition());
    limit.put(KernelQuantity.LN_NTK_LAMBDA_MAX, kernel.lnLambdaMax());
    limit.put(KernelQuantity.LN_NTK_LAMBDA_MIN, kernel.lnLambdaMin());
    limit.put(KernelQuantity.NTK_EFFECTIVE_RANK, kernel.effectiveRank());
    limit.put(KernelQuantity.LN_NTK_CRITICAL_LEARNING_RATE, kernel.lnCriticalLearningRate());
    if (task.hasOutputKernel()) {
      // Θ of one output, once for each.
      limit.put(KernelQuantity.LN_NTK_OUTPUTS_SCALE, kernel.lnScale());
      limit.put(KernelQuantity.LN_NTK_OUTPUTS_LAMBDA_MAX, kernel.lnLambdaMax());
      limit.put(KernelQuantity.LN_NTK_OUTPUTS_LAMBDA_MIN, kernel.lnLambdaMin());
      limit.put(KernelQuantity.LN_NTK_OUTPUTS_CONDITION, kernel.lnCondition());
      limit.put(KernelQuantity.NTK_OUTPUTS_EFFECTIVE_RANK, task.outputs() * kernel.effectiveRank());
    }
    limit.put(KernelQuantity.LN_NTK_STANDARD_SCALE, weights.lnScale());
    Curvature curvature = Curvature.ofSquaredError(weights, task.inputs().count());
    limit.put(
        KernelQuantity.LN_NTK_STANDARD_CRITICAL_LEARNING_RATE, weights.lnCriticalLearningRate());
    limit.put(KernelQuantity.LN_CURVATURE_LAMBDA_MAX, curvature.lnLambdaMax());
    limit.put(KernelQuantity.LN_CURVATURE_TRACE, Math.log(task.outputs()) + curvature.lnTrace());
  }
}
