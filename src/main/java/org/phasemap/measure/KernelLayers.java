package org.phasemap.measure;

import java.util.Arrays;

/**
 * What the parameters of each layer, weights and biases, add to the tangent kernel's scale tr Θ/m.
 * The read-out adds the rest.
 *
 * @param lnScale ln(tr Θ_l/m), NTK parameterisation, l = 1 … L
 * @param lnStandardScale the same in standard parameterisation
 */
public record KernelLayers(double[] lnScale, double[] lnStandardScale) {
  static final KernelLayers ABSENT = new KernelLayers(new double[0], new double[0]);

  /**
   * Of m inputs.
   *
   * @param traces tr Θ_l, NTK parameterisation
   * @param standardTraces the same in standard parameterisation
   */
  static KernelLayers of(double[] traces, double[] standardTraces, int inputs) {
    return new KernelLayers(ln(traces, inputs), ln(standardTraces, inputs));
  }

  private static double[] ln(double[] traces, int inputs) {
    return Arrays.stream(traces).map(trace -> Math.log(trace / inputs)).toArray();
  }
}
