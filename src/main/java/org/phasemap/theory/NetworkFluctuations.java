package org.phasemap.theory;

/**
 * What replicates of a finite width n measure of a set of inputs: expectation and standard
 * deviation over random networks to first order in 1/n, at every depth L that was asked for.
 */
public interface NetworkFluctuations {
  /** ln of the mean of z_L² over units and inputs. */
  Band lnQ(int depth, int width);

  /** Cosine of z_L of two inputs, averaged over pairs; NaN for one input. */
  Band c(int depth, int width);

  /** ln ‖∂f/∂z_1‖²/‖∂f/∂z_L‖², averaged over inputs. */
  Band lnGradientGain(int depth, int width);

  /** ln(tr Θ/m), NTK parameterisation. */
  Band lnNtkScale(int depth, int width);

  /**
   * ln(tr Θ/m), standard parameterisation.
   *
   * @param parameters weights per unit of the hidden layers, p n
   * @param inputParameters weights per unit of the first layer, p n₀
   */
  Band lnNtkStandardScale(int depth, int width, double parameters, double inputParameters);
}
