package org.phasemap.theory.width;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What replicates of a finite width n measure of a set of inputs: expectation and standard
 * deviation over random networks to first order in 1/n, at every depth L that was asked for.
 */
public interface NetworkFluctuations {
  /** Names of the columns of the scalars below, for a network of one output. */
  List<String> SCALARS =
      List.of(
          "ln_q",
          "c",
          "ln_gradient_gain",
          "ln_ntk_scale",
          "ln_ntk_standard_scale",
          "mean",
          "ln_norm_ratio",
          "ln_weight_gradient_ratio",
          "ln_jacobian_mean");

  /**
   * Those scalars, by name and in this order.
   *
   * @param parameters weights per unit of the hidden layers, p n
   * @param inputParameters weights per unit of the first layer, p n₀
   */
  default Map<String, Band> scalars(
      int depth, int width, double parameters, double inputParameters) {
    List<Band> bands =
        List.of(
            lnQ(depth, width),
            c(depth, width),
            lnGradientGain(depth, width),
            lnNtkScale(depth, width, 1),
            lnNtkStandardScale(depth, width, parameters, inputParameters, 1),
            mean(depth, width),
            lnNormRatio(depth, width),
            lnWeightGradientRatio(depth, width, parameters, inputParameters),
            lnJacobianMean(depth, width));
    Map<String, Band> named = new LinkedHashMap<>();
    for (int i = 0; i < bands.size(); i++) {
      named.put(SCALARS.get(i), bands.get(i));
    }
    return named;
  }

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
