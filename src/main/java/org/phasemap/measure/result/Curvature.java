package org.phasemap.measure.result;

/**
 * The Gauss–Newton matrix G = Jᵀ H J of a loss at initialisation, standard parameterisation, J the
 * derivative of the outputs by the parameters and H the loss's second derivative by the outputs.
 * Its non-zero eigenvalues are those of H^{1/2} Θ H^{1/2}, Θ = J Jᵀ.
 *
 * @param lnLambdaMax ln of the largest eigenvalue
 * @param lnTrace ln of the trace
 */
public record Curvature(double lnLambdaMax, double lnTrace) {
  /**
   * Of half the mean squared error over the inputs, whose H is 1/m (REFERENCE A8).
   *
   * @param standardNtk of m inputs and one output
   */
  public static Curvature ofSquaredError(KernelSpectrum standardNtk, int inputs) {
    return new Curvature(standardNtk.lnLambdaMax() - Math.log(inputs), standardNtk.lnScale());
  }
}
