package org.phasemap.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task.Propagation;
import org.phasemap.spec.Inputs;
import org.phasemap.spec.Spec.Probe;
import org.phasemap.theory.GaussNewtonCurvature;
import org.phasemap.theory.JacobianSpectrum;
import org.phasemap.theory.LayerLaw;
import org.phasemap.theory.NeuralTangentKernel;
import org.phasemap.theory.SignalMaps;
import org.phasemap.theory.Trajectory;
import org.phasemap.theory.TwoPointSpectrum;

/**
 * What the probes find on a cell at infinite width, beside {@link Prediction}. Number formats and
 * the Jacobian's largest singular value are predicted where they are probed.
 *
 * @param scalars by the names of their columns; NaN where there is none
 * @param lnNtk what each layer adds to the kernel's scale, as {@link KernelLayers#lnScale}
 * @param lnNtkStandard the same in standard parameterisation
 */
public record ProbePrediction(Map<String, Double> scalars, double[] lnNtk, double[] lnNtkStandard) {

  /**
   * Predicts a group, in its order. There is nothing for inputs that differ in norm or correlation.
   *
   * @param group from {@link Prediction#groups}
   */
  public static List<ProbePrediction> of(List<Cell> group) {
    Inputs inputs = ((Propagation) group.get(0).task()).inputs();
    return inputs.source() instanceof Inputs.Gaussian gaussian
        ? new Group(group, inputs.scale() * inputs.scale() * gaussian.q0(), gaussian.c0()).predict()
        : Collections.nCopies(
            group.size(), new ProbePrediction(Map.of(), new double[0], new double[0]));
  }

  /** Cells that differ in depth alone; what layers do whatever the depth. */
  private static final class Group {
    private final List<Cell> cells;
    private final NetworkConfig network;
    private final Propagation task;
    private final Inputs inputs;
    private final LayerLaw law;
    private final Trajectory t;
    private final NeuralTangentKernel.Pair ntk;
    private final NeuralTangentKernel.Pair standard;

    /** E φ² and E φφ of two inputs at layer l, from the inputs' own at 0. */
    private final double[] square;

    private final double[] product;

    Group(List<Cell> cells, double q0, double c0) {
      this.cells = cells;
      network = cells.get(0).network();
      task = (Propagation) cells.get(0).task();
      inputs = task.inputs();
      law = new LayerLaw(network.activation(), network.effectiveSigmaW2(), network.sigmaB2());
      int depth = cells.stream().mapToInt(c -> c.network().depth()).max().orElseThrow();
      t = SignalMaps.propagate(law, q0, c0, depth);
      ntk = NeuralTangentKernel.ntkParameterisation(law, t, q0, c0);
      standard = NeuralTangentKernel.standardParameterisation(law, t, q0, c0, kept(2), kept(1));
      square = new double[depth];
      product = new double[depth];
      square[0] = q0;
      product[0] = q0 * c0;
      for (int l = 1; l < depth; l++) {
        square[l] = t.secondMomentPhi()[l - 1];
        product[l] = NeuralTangentKernel.productPhi(law, t, l);
      }
    }

    /** Weights that a mask leaves to a unit of layer l. */
    private double kept(int layer) {
      return network.keepProbability() * (layer == 1 ? inputs.dimension() : network.width());
    }

    List<ProbePrediction> predict() {
      PrecisionPrediction precision =
          task.probes().contains(Probe.PRECISION) ? new PrecisionPrediction(network, t) : null;
      List<ProbePrediction> out = new ArrayList<>();
      for (Cell cell : cells) {
        int depth = cell.network().depth();
        double[] gradient = lnGradient(depth);
        Map<String, Double> scalars = new LinkedHashMap<>();
        addSignal(depth, gradient, scalars);
        addKernels(depth, scalars);
        addSteps(cell.network(), gradient, scalars);
        addJacobian(depth, scalars);
        if (precision != null) {
          precision.add(depth, scalars);
        }
        double[] lnNtk = new double[depth];
        double[] lnNtkStandard = new double[depth];
        for (int l = 1; l <= depth; l++) {
          double bias = network.sigmaB2() > 0 ? 1 : 0;
          lnNtk[l - 1] = Math.log(t.q()[l - 1]) + gradient[l - 1];
          lnNtkStandard[l - 1] = Math.log(kept(l) * square[l - 1] + bias) + gradient[l - 1];
        }
        out.add(new ProbePrediction(scalars, lnNtk, lnNtkStandard));
      }
      return out;
    }

    /** ln E‖δ_l‖² = Σ ln χ₁ from l to L, index l − 1. */
    private double[] lnGradient(int depth) {
      double[] ln = new double[depth];
      double sum = 0;
      for (int l = depth; l >= 1; l--) {
        sum += Math.log(t.chi1()[l - 1]);
        ln[l - 1] = sum;
      }
      return ln;
    }

    private void addSignal(int depth, double[] gradient, Map<String, Double> scalars) {
      double top = t.secondMomentPhi()[depth - 1];
      double first = gradient[0] + Math.log(kept(1) * square[0]);
      double last = gradient[depth - 1] + Math.log(kept(depth) * square[depth - 1]);
      scalars.put("mean", t.meanPhi()[depth - 1]);
      scalars.put("ln_norm_ratio", Math.log(top / square[0]));
      scalars.put("ln_weight_gradient_ratio", first - last);
    }

    private void addKernels(int depth, Map<String, Double> scalars) {
      TwoPointSpectrum kernel = spectrum(ntk, depth);
      double smallest = Math.min(kernel.constantEigenvalue(), kernel.bulkEigenvalue());
      scalars.put("ln_ntk_lambda_max", Math.log(2 / kernel.criticalLearningRate()));
      scalars.put("ln_ntk_lambda_min", Math.log(smallest));
      scalars.put("ntk_effective_rank", kernel.effectiveRank());
      scalars.put("ln_ntk_critical_learning_rate", Math.log(kernel.criticalLearningRate()));
      if (task.hasOutputKernel()) {
        // Θ of one output, once for each.
        scalars.put("ln_ntk_outputs_scale", Math.log(kernel.diagonal()));
        scalars.put("ln_ntk_outputs_lambda_max", Math.log(2 / kernel.criticalLearningRate()));
        scalars.put("ln_ntk_outputs_lambda_min", Math.log(smallest));
        scalars.put("ln_ntk_outputs_condition", Math.log(kernel.conditionNumber()));
        scalars.put("ntk_outputs_effective_rank", task.outputs() * kernel.effectiveRank());
      }
      TwoPointSpectrum weights = spectrum(standard, depth);
      scalars.put(
          "ln_ntk_standard_critical_learning_rate", Math.log(weights.criticalLearningRate()));
      scalars.put(
          "ln_curvature_lambda_max", Math.log(GaussNewtonCurvature.largestEigenvalue(weights)));
      scalars.put(
          "ln_curvature_trace", Math.log(task.outputs() * GaussNewtonCurvature.trace(weights)));
    }

    /** One input is alone with its diagonal. */
    private TwoPointSpectrum spectrum(NeuralTangentKernel.Pair pair, int depth) {
      int m = inputs.count();
      double off = m == 1 ? 0 : pair.offDiagonal()[depth - 1];
      return new TwoPointSpectrum(pair.diagonal()[depth - 1], off, m);
    }

    private void addSteps(NetworkConfig cell, double[] gradient, Map<String, Double> scalars) {
      int m = inputs.count();
      double[] batch = new double[gradient.length];
      // E δ_a·δ_b over E‖δ‖².
      double cosine = 1;
      for (int l = gradient.length; l >= 1; l--) {
        cosine *= t.chiC()[l - 1] / t.chi1()[l - 1];
        double pairs = square[l - 1] + (m - 1) * cosine * product[l - 1];
        batch[l - 1] = Math.exp(gradient[l - 1]) * kept(l) * m * pairs;
      }
      FirstSteps steps = FirstSteps.of(cell, batch, m, inputs.dimension());
      scalars.put("ln_sgd_step_max", steps.lnSgdMax());
      scalars.put("ln_sgd_step_min", steps.lnSgdMin());
      scalars.put("ln_adam_step_max", steps.lnAdamMax());
      scalars.put("ln_adam_step_min", steps.lnAdamMin());
    }

    private void addJacobian(int depth, Map<String, Double> scalars) {
      int layers = depth - 1;
      scalars.put("ln_jacobian_mean", t.lnGradientGain(layers));
      scalars.put(
          "jacobian_relative_variance",
          JacobianSpectrum.relativeVariance(law, t, layers, network.weightLaw()));
      if (task.probes().contains(Probe.JACOBIAN_LARGEST)) {
        scalars.put(
            "ln_jacobian_largest",
            layers == 0 ? 0 : JacobianSpectrum.lnUpperEdge(law, t, layers, network.weightLaw()));
      }
    }
  }
}
