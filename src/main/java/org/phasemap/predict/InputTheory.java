package org.phasemap.predict;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.phasemap.measure.result.KernelSpectrum;
import org.phasemap.theory.width.NetworkFluctuations;

/**
 * What networks make of a cell's inputs, at every depth of a group of cells: one climb through the
 * layers serves them all.
 */
interface InputTheory {
  /** Inputs that count alike: all, or one of those that are alike. */
  List<SingleInput> alone();

  /** Mean over inputs. */
  default double mean(ToDoubleFunction<SingleInput> quantity) {
    return alone().stream().mapToDouble(quantity).sum() / alone().size();
  }

  /** Correlation at layer l, averaged over pairs of inputs. */
  double c(int layer);

  /**
   * Correlation of two inputs' ∂f/∂z_l at one unit, averaged over pairs; index l − 1.
   *
   * @param depth L
   */
  double[] gradientCosine(int depth);

  /** Θ over the inputs, NTK parameterisation; L is the depth of one of the cells. */
  KernelSpectrum ntk(int depth);

  /** Θ over the inputs, standard parameterisation. */
  KernelSpectrum standardNtk(int depth);

  /**
   * E ‖Σ_a ∂f_a/∂W_l‖² over the inputs a, over the number of weights into a unit; index l − 1.
   *
   * @param depth L
   */
  double[] batchGradient(int depth);

  /** Their law over networks of the group's width. */
  NetworkFluctuations finite();
}
