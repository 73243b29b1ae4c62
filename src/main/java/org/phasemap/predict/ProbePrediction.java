package org.phasemap.predict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.phasemap.measure.KernelLayers;
import org.phasemap.measure.input.GivenInputs;
import org.phasemap.measure.result.Curvature;
import org.phasemap.measure.result.FirstSteps;
import org.phasemap.measure.result.KernelSpectrum;
import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task.Propagation;
import org.phasemap.spec.Inputs;
import org.phasemap.spec.Spec.Probe;
import org.phasemap.theory.limit.InputKernels;
import org.phasemap.theory.limit.JacobianSpectrum;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.NeuralTangentKernel;
import org.phasemap.theory.limit.SignalMaps;
import org.phasemap.theory.limit.Trajectory;
import org.phasemap.theory.limit.WeightSpectrum;

/**
 * What the probes find on a cell at infinite width, beside {@link Prediction}, averaged over inputs
 * as the probes average. Number formats and the Jacobian's largest singular value are predicted
 * where they are probed.
 *
 * @param scalars by the names of their columns; NaN where there is none
 * @param lnNtk what each layer adds to the kernel's scale, as {@link KernelLayers#lnScale}
 * @param lnNtkStandard the same in standard parameterisation
 */
public record ProbePrediction(Map<String, Double> scalars, double[] lnNtk, double[] lnNtkStandard) {

  /**
   * Predicts a group, in its order.
   *
   * @param group from {@link Predictors#groups}
   */
  static List<ProbePrediction> of(List<Cell> group) {
    return new Group(group).predict();
  }

  /** Cells that differ in depth alone; what layers do whatever the depth. */
  private static final class Group {
    private final List<Cell> cells;
    private final NetworkConfig network;
    private final Propagation task;
    private final Inputs inputs;
    private final LayerLaw law;

    /** Inputs that count alike: all, or one of those that are alike. */
    private final List<Alone> alone = new ArrayList<>();

    private final PairTheory pairs;

    /** Whether the inputs make every kernel singular. */
    private final boolean singular;

    Group(List<Cell> cells) {
      this.cells = cells;
      network = cells.get(0).network();
      task = (Propagation) cells.get(0).task();
      inputs = task.inputs();
      law = new LayerLaw(network.activation(), network.effectiveSigmaW2(), network.sigmaB2());
      TreeSet<Integer> depths =
          cells.stream()
              .map(c -> c.network().depth())
              .collect(Collectors.toCollection(TreeSet::new));
      if (inputs.source() instanceof Inputs.Gaussian gaussian) {
        double q0 = inputs.scale() * inputs.scale() * gaussian.q0();
        pairs = equalPairs(q0, gaussian.c0(), depths.last());
        singular = false;
      } else {
        GivenInputs given = GivenInputs.of(inputs);
        singular = given.relations().makeSingular(law.activation(), law.sigmaB2());
        double[][] gram = given.gram();
        GramPairs all = new GramPairs(InputKernels.of(law, gram, kept(2), kept(1)), gram, depths);
        for (int a = 0; a < gram.length; a++) {
          alone.add(Alone.of(gram[a][a], all.inputs().get(a)));
        }
        pairs = all;
      }
    }

    private EqualPairs equalPairs(double q0, double c0, int depth) {
      Trajectory t = SignalMaps.propagate(law, q0, c0, depth);
      Alone each = Alone.of(q0, t);
      alone.add(each);
      double[] square = new double[depth];
      double[] product = new double[depth];
      for (int l = 0; l < depth; l++) {
        square[l] = each.square(l);
        product[l] = l == 0 ? q0 * c0 : NeuralTangentKernel.productPhi(law, t, l);
      }
      return new EqualPairs(
          inputs.count(),
          t,
          NeuralTangentKernel.ntkParameterisation(law, t, q0, c0),
          NeuralTangentKernel.standardParameterisation(law, t, q0, c0, kept(2), kept(1)),
          square,
          product);
    }

    /** Weights that a mask leaves to a unit of layer l. */
    private double kept(int layer) {
      return network.keepProbability() * (layer == 1 ? inputs.dimension() : network.width());
    }

    private double mean(ToDoubleFunction<Alone> quantity) {
      return alone.stream().mapToDouble(quantity).sum() / alone.size();
    }

    List<ProbePrediction> predict() {
      PrecisionPrediction precision =
          task.probes().contains(Probe.PRECISION)
              ? new PrecisionPrediction(
                  network, alone.stream().map(Alone::t).toList(), inputs.count())
              : null;
      List<ProbePrediction> out = new ArrayList<>();
      for (Cell cell : cells) {
        int depth = cell.network().depth();
        Map<String, Double> scalars = new LinkedHashMap<>();
        addSignal(depth, scalars);
        addKernels(depth, scalars);
        addSteps(cell.network(), scalars);
        addJacobian(depth, scalars);
        if (precision != null) {
          precision.add(depth, scalars);
        }
        double[] lnNtk = new double[depth];
        double[] lnNtkStandard = new double[depth];
        double bias = network.sigmaB2() > 0 ? 1 : 0;
        for (int layer = 1; layer <= depth; layer++) {
          int l = layer;
          lnNtk[l - 1] = lnMean(a -> Math.log(a.t().q()[l - 1]) + a.lnGradient(l, depth));
          lnNtkStandard[l - 1] =
              lnMean(a -> Math.log(kept(l) * a.square(l - 1) + bias) + a.lnGradient(l, depth));
        }
        out.add(new ProbePrediction(scalars, lnNtk, lnNtkStandard));
      }
      return out;
    }

    /** ln of the mean of what may leave the range of doubles. */
    private double lnMean(ToDoubleFunction<Alone> ln) {
      double first = ln.applyAsDouble(alone.get(0));
      return alone.size() == 1
          ? first
          : first + Math.log(mean(a -> Math.exp(ln.applyAsDouble(a) - first)));
    }

    private void addSignal(int depth, Map<String, Double> scalars) {
      double fans = Math.log(kept(1) / kept(depth));
      scalars.put("mean", mean(a -> a.t().meanPhi()[depth - 1]));
      scalars.put("ln_norm_ratio", mean(a -> Math.log(a.square(depth) / a.q0())));
      scalars.put(
          "ln_weight_gradient_ratio",
          fans
              + mean(
                  a ->
                      a.lnGradient(1, depth)
                          - a.lnGradient(depth, depth)
                          + Math.log(a.q0() / a.square(depth - 1))));
    }

    private void addKernels(int depth, Map<String, Double> scalars) {
      KernelSpectrum kernel = singular ? pairs.ntk(depth).singular() : pairs.ntk(depth);
      scalars.put("ln_ntk_lambda_max", kernel.lnLambdaMax());
      scalars.put("ln_ntk_lambda_min", kernel.lnLambdaMin());
      scalars.put("ntk_effective_rank", kernel.effectiveRank());
      scalars.put("ln_ntk_critical_learning_rate", kernel.lnCriticalLearningRate());
      if (task.hasOutputKernel()) {
        // Θ of one output, once for each.
        scalars.put("ln_ntk_outputs_scale", kernel.lnScale());
        scalars.put("ln_ntk_outputs_lambda_max", kernel.lnLambdaMax());
        scalars.put("ln_ntk_outputs_lambda_min", kernel.lnLambdaMin());
        scalars.put("ln_ntk_outputs_condition", kernel.lnCondition());
        scalars.put("ntk_outputs_effective_rank", task.outputs() * kernel.effectiveRank());
      }
      KernelSpectrum weights = pairs.standardNtk(depth);
      Curvature curvature = Curvature.ofSquaredError(weights, inputs.count());
      scalars.put("ln_ntk_standard_critical_learning_rate", weights.lnCriticalLearningRate());
      scalars.put("ln_curvature_lambda_max", curvature.lnLambdaMax());
      scalars.put("ln_curvature_trace", Math.log(task.outputs()) + curvature.lnTrace());
    }

    private void addSteps(NetworkConfig cell, Map<String, Double> scalars) {
      double[] batch = pairs.batchGradient(cell.depth());
      for (int l = 1; l <= batch.length; l++) {
        batch[l - 1] *= kept(l);
      }
      FirstSteps steps = FirstSteps.of(cell, batch, inputs.count(), inputs.dimension());
      scalars.put("ln_sgd_step_max", steps.lnSgdMax());
      scalars.put("ln_sgd_step_min", steps.lnSgdMin());
      scalars.put("ln_adam_step_max", steps.lnAdamMax());
      scalars.put("ln_adam_step_min", steps.lnAdamMin());
    }

    private void addJacobian(int depth, Map<String, Double> scalars) {
      int layers = depth - 1;
      scalars.put("ln_jacobian_mean", mean(a -> a.lnGain()[layers]));
      scalars.put(
          "jacobian_relative_variance",
          mean(a -> JacobianSpectrum.relativeVariance(law, a.t(), layers, weights())));
      if (task.probes().contains(Probe.JACOBIAN_LARGEST)) {
        scalars.put("ln_jacobian_largest", layers == 0 ? 0 : mean(a -> lnEdge(a.t(), layers)));
      }
    }

    private WeightSpectrum weights() {
      return WeightSpectrum.of(network.weightLaw(), network.keepProbability());
    }

    private double lnEdge(Trajectory t, int layers) {
      return JacobianSpectrum.lnReachedEdge(law, t, layers, weights(), network.width());
    }
  }

  /**
   * One input.
   *
   * @param q0 ‖x‖²/n₀
   * @param t its signals
   * @param lnGain Σ ln χ₁ over layers 1 … l
   */
  @SuppressWarnings("ArrayRecordComponent") // read-only
  private record Alone(double q0, Trajectory t, double[] lnGain) {
    static Alone of(double q0, Trajectory t) {
      double[] lnGain = new double[t.depth() + 1];
      for (int l = 1; l <= t.depth(); l++) {
        lnGain[l] = lnGain[l - 1] + Math.log(t.chi1()[l - 1]);
      }
      return new Alone(q0, t, lnGain);
    }

    /** E φ² at layer l, from the input's own at 0. */
    double square(int layer) {
      return layer == 0 ? q0 : t.secondMomentPhi()[layer - 1];
    }

    /** ln E‖δ_l‖² = Σ ln χ₁ from l to L. */
    double lnGradient(int layer, int depth) {
      return lnGain[depth] - lnGain[layer - 1];
    }
  }
}
