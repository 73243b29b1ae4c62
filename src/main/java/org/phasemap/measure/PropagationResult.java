package org.phasemap.measure;

import java.util.Arrays;
import org.phasemap.measure.result.Curvature;
import org.phasemap.measure.result.FirstSteps;
import org.phasemap.measure.result.KernelSpectrum;
import org.phasemap.plan.Cell;

/**
 * What the probes found on one random network. Numbers that were not asked for, or that do not
 * exist (a logarithm of a number that is not positive), are NaN; arrays not asked for are empty.
 *
 * @param cell what was measured
 * @param replicate number of the random network
 * @param category whether the numbers are finite
 * @param signal at layer L
 * @param lnNormRatio ln of (‖h_L‖²/n)/(‖x‖²/n₀), averaged over inputs
 * @param lnGradientGain ln ‖δ₁‖²/‖δ_L‖², δ_l = ∂f/∂z_l, averaged over inputs
 * @param lnWeightGradientRatio ln ‖∂f/∂W₁‖²/‖∂f/∂W_L‖², averaged over inputs
 * @param ntk tangent kernel in NTK parameterisation
 * @param standardNtk tangent kernel in standard parameterisation
 * @param steps the first step of an optimiser
 * @param precision what number formats would lose
 * @param jacobian singular values of ∂z_L/∂z_1
 * @param spectrum of ∂z_L/∂z_1
 * @param ntkLayers what each layer adds to the tangent kernels
 * @param outputsNtk tangent kernel of all outputs, NTK parameterisation; absent where there is one
 * @param curvature of half the mean squared error
 * @param crossEntropy curvature of the mean softmax cross-entropy; absent where there is one output
 * @param profile layer by layer
 */
public record PropagationResult(
    Cell cell,
    int replicate,
    Category category,
    Signal signal,
    double lnNormRatio,
    double lnGradientGain,
    double lnWeightGradientRatio,
    KernelSpectrum ntk,
    KernelSpectrum standardNtk,
    FirstSteps steps,
    Precision precision,
    JacobianMoments jacobian,
    Spectrum spectrum,
    KernelLayers ntkLayers,
    KernelSpectrum outputsNtk,
    Curvature curvature,
    Curvature crossEntropy,
    Profile profile) {

  /** What became of the signal and the gradient. */
  public enum Category {
    FINITE,
    /** A NaN or an infinity. */
    EXPLODED,
    /** A norm of exactly zero, in float32. */
    VANISHED
  }

  /**
   * Statistics of one layer over its units and the inputs.
   *
   * @param q mean of z²
   * @param c cosine of z of two inputs, averaged over pairs; NaN for one input
   * @param mean of φ(z)
   * @param deadShare of units with φ′(z) = 0 for every input
   * @param saturatedShare of |φ′(z)| &lt; 0.01
   */
  public record Signal(double q, double c, double mean, double deadShare, double saturatedShare) {
    static final Signal ABSENT =
        new Signal(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
  }

  /**
   * Singular values of J = ∂z_L/∂z_1.
   *
   * @param lnLargestSquare ln of the largest squared singular value, averaged over inputs
   * @param squares all n of the first input, squared, the largest first; NaN where they are
   *     rounding
   */
  public record Spectrum(double lnLargestSquare, double[] squares) {
    /**
     * exp(−Σ p_i ln p_i), p_i = σ_i²/Σσ² (Roy and Vetterli 2007, §2): 1 to n; NaN where nothing was
     * measured.
     */
    public double effectiveRank() {
      double sum = Arrays.stream(squares).filter(square -> square > 0).sum();
      double entropy = 0;
      for (double square : squares) {
        entropy -= square > 0 ? square / sum * Math.log(square / sum) : 0;
      }
      return sum > 0 ? Math.exp(entropy) : Double.NaN;
    }
  }

  /**
   * Layers 1 to L.
   *
   * @param signal of each layer
   * @param lnGradient ln ‖δ_l‖², averaged over inputs
   * @param lnWeightGradient ln ‖∂f/∂W_l‖², averaged over inputs; W_l has its own scale (standard
   *     parameterisation)
   */
  public record Profile(Signal[] signal, double[] lnGradient, double[] lnWeightGradient) {}
}
