package org.phasemap.theory.width;

/**
 * What replicates of a finite width n measure of a set of inputs: expectation and standard
 * deviation over random networks to first order in 1/n, at every depth L that was asked for.
 */
public interface NetworkFluctuations {
  /** ln of the mean of z_L² over units and inputs. */
  Band lnQ(int depth, int width);

  /** Cosine of z_L of two inputs, averaged over pairs; NaN for one input. */
  Band c(int depth, int width);

  /** Mean of φ(z_L) over units and inputs. */
  Band mean(int depth, int width);

  /** ln (‖φ(z_L)‖²/n)/(‖x‖²/n₀), averaged over inputs. */
  Band lnNormRatio(int depth, int width);

  /** ln ‖∂f/∂z_1‖²/‖∂f/∂z_L‖², averaged over inputs. */
  Band lnGradientGain(int depth, int width);

  /** ln ‖∂z_L/∂z_1 v‖²/‖v‖², a random v for each input, averaged over inputs. */
  Band lnJacobianMean(int depth, int width);

  /**
   * ln ‖∂f/∂W_1‖²/‖∂f/∂W_L‖², averaged over inputs, standard parameterisation; none under a mask.
   *
   * @param parameters weights per unit of the hidden layers, n
   * @param inputParameters weights per unit of the first layer, n₀
   */
  Band lnWeightGradientRatio(int depth, int width, double parameters, double inputParameters);

  /**
   * ln(tr Θ/(km)), NTK parameterisation.
   *
   * @param outputs k, of independent read-outs
   */
  Band lnNtkScale(int depth, int width, int outputs);

  /**
   * ln(tr Θ/(km)), standard parameterisation.
   *
   * @param parameters weights per unit of the hidden layers, p n
   * @param inputParameters weights per unit of the first layer, p n₀
   * @param outputs k, of independent read-outs
   */
  Band lnNtkStandardScale(
      int depth, int width, double parameters, double inputParameters, int outputs);
}
