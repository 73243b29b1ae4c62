package org.phasemap.measure;

import java.util.Arrays;
import org.phasemap.measure.VariantState.Backward;

/**
 * What the parameters of each layer, weights and biases, add to the tangent kernel's scale tr Θ/m.
 * The read-out adds the rest.
 *
 * @param lnScale ln(tr Θ_l/m), NTK parameterisation, l = 1 … L
 * @param lnStandardScale the same in standard parameterisation
 */
public record KernelLayers(double[] lnScale, double[] lnStandardScale) {
  static final KernelLayers ABSENT = new KernelLayers(new double[0], new double[0]);

  static KernelLayers of(Backward pass, int inputs) {
    return new KernelLayers(ln(pass.layerTrace, inputs), ln(pass.standardLayerTrace, inputs));
  }

  private static double[] ln(double[] traces, int inputs) {
    return Arrays.stream(traces).map(trace -> Math.log(trace / inputs)).toArray();
  }
}
