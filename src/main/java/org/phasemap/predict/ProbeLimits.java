package org.phasemap.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.phasemap.measure.input.GivenInputs;
import org.phasemap.measure.result.Curvature;
import org.phasemap.measure.result.FirstSteps;
import org.phasemap.measure.result.KernelSpectrum;
import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task.Propagation;
import org.phasemap.quantity.JacobianQuantity;
import org.phasemap.quantity.KernelQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.quantity.StepQuantity;
import org.phasemap.spec.Inputs;
import org.phasemap.theory.limit.InputKernels;
import org.phasemap.theory.limit.JacobianSpectrum;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.NeuralTangentKernel;
import org.phasemap.theory.limit.SignalMaps;
import org.phasemap.theory.limit.Trajectory;
import org.phasemap.theory.limit.WeightSpectrum;

/**
 * What the probes find on a cell at infinite width, beside what {@link MlpPredictor} finds itself,
 * averaged over inputs as the probes average. Number formats and the Jacobian's largest singular
 * value are predicted where they are probed.
 */
final class ProbeLimits {
  private ProbeLimits() {}

  /**
   * Adds the predictions for a group, in its order.
   *
   * @param group from {@link Predictors#groups}
   * @param limits of each of its cells
   */
  static void add(List<Cell> group, List<Measurement.Builder> limits) {
    new Group(group).predict(limits);
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

    private final DoubleUnaryOperator layerVariance;

    /** Whether the inputs make every kernel singular. */
    private final boolean singular;

    Group(List<Cell> cells) {
      this.cells = cells;
      network = cells.get(0).network();
      task = (Propagation) cells.get(0).task();
      inputs = task.inputs();
      law = new LayerLaw(network.activation(), network.effectiveSigmaW2(), network.sigmaB2());
      layerVariance = JacobianSpectrum.layerVariance(law, weights());
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

    void predict(List<Measurement.Builder> limits) {
      PrecisionPrediction precision =
          task.probes().contains(Probe.PRECISION)
              ? new PrecisionPrediction(
                  network, alone.stream().map(Alone::t).toList(), inputs.count())
              : null;
      for (int i = 0; i < cells.size(); i++) {
        int depth = cells.get(i).network().depth();
        Measurement.Builder limit = limits.get(i);
        addSignal(depth, limit);
        addKernels(depth, limit);
        addKernelLayers(depth, limit);
        addSteps(cells.get(i).network(), limit);
        addJacobian(depth, limit);
        if (precision != null) {
          precision.add(depth, limit);
        }
      }
    }

    private void addKernelLayers(int depth, Measurement.Builder limit) {
      double[] lnNtk = new double[depth];
      double[] lnNtkStandard = new double[depth];
      double bias = network.sigmaB2() > 0 ? 1 : 0;
      for (int layer = 1; layer <= depth; layer++) {
        int l = layer;
        lnNtk[l - 1] = lnMean(a -> Math.log(a.t().q()[l - 1]) + a.lnGradient(l, depth));
        lnNtkStandard[l - 1] =
            lnMean(a -> Math.log(kept(l) * a.square(l - 1) + bias) + a.lnGradient(l, depth));
      }
      limit.put(Profile.LN_NTK, lnNtk).put(Profile.LN_NTK_STANDARD, lnNtkStandard);
    }

    /** ln of the mean of what may leave the range of doubles. */
    private double lnMean(ToDoubleFunction<Alone> ln) {
      double first = ln.applyAsDouble(alone.get(0));
      return alone.size() == 1
          ? first
          : first + Math.log(mean(a -> Math.exp(ln.applyAsDouble(a) - first)));
    }

    private void addSignal(int depth, Measurement.Builder limit) {
      double fans = Math.log(kept(1) / kept(depth));
      limit.put(SignalQuantity.MEAN, mean(a -> a.t().meanPhi()[depth - 1]));
      limit.put(SignalQuantity.LN_NORM_RATIO, mean(a -> Math.log(a.square(depth) / a.q0())));
      limit.put(
          SignalQuantity.LN_WEIGHT_GRADIENT_RATIO,
          fans
              + mean(
                  a ->
                      a.lnGradient(1, depth)
                          - a.lnGradient(depth, depth)
                          + Math.log(a.q0() / a.square(depth - 1))));
    }

    private void addKernels(int depth, Measurement.Builder limit) {
      KernelSpectrum kernel = singular ? pairs.ntk(depth).singular() : pairs.ntk(depth);
      limit.put(KernelQuantity.LN_NTK_LAMBDA_MAX, kernel.lnLambdaMax());
      limit.put(KernelQuantity.LN_NTK_LAMBDA_MIN, kernel.lnLambdaMin());
      limit.put(KernelQuantity.NTK_EFFECTIVE_RANK, kernel.effectiveRank());
      limit.put(KernelQuantity.LN_NTK_CRITICAL_LEARNING_RATE, kernel.lnCriticalLearningRate());
      if (task.hasOutputKernel()) {
        // Θ of one output, once for each.
        limit.put(KernelQuantity.LN_NTK_OUTPUTS_SCALE, kernel.lnScale());
        limit.put(KernelQuantity.LN_NTK_OUTPUTS_LAMBDA_MAX, kernel.lnLambdaMax());
        limit.put(KernelQuantity.LN_NTK_OUTPUTS_LAMBDA_MIN, kernel.lnLambdaMin());
        limit.put(KernelQuantity.LN_NTK_OUTPUTS_CONDITION, kernel.lnCondition());
        limit.put(
            KernelQuantity.NTK_OUTPUTS_EFFECTIVE_RANK, task.outputs() * kernel.effectiveRank());
      }
      KernelSpectrum weights = pairs.standardNtk(depth);
      Curvature curvature = Curvature.ofSquaredError(weights, inputs.count());
      limit.put(
          KernelQuantity.LN_NTK_STANDARD_CRITICAL_LEARNING_RATE, weights.lnCriticalLearningRate());
      limit.put(KernelQuantity.LN_CURVATURE_LAMBDA_MAX, curvature.lnLambdaMax());
      limit.put(KernelQuantity.LN_CURVATURE_TRACE, Math.log(task.outputs()) + curvature.lnTrace());
    }

    private void addSteps(NetworkConfig cell, Measurement.Builder limit) {
      double[] batch = pairs.batchGradient(cell.depth());
      for (int l = 1; l <= batch.length; l++) {
        batch[l - 1] *= kept(l);
      }
      FirstSteps steps = FirstSteps.of(cell, batch, inputs.count(), inputs.dimension());
      limit.put(StepQuantity.LN_SGD_STEP_MAX, steps.lnSgdMax());
      limit.put(StepQuantity.LN_SGD_STEP_MIN, steps.lnSgdMin());
      limit.put(StepQuantity.LN_ADAM_STEP_MAX, steps.lnAdamMax());
      limit.put(StepQuantity.LN_ADAM_STEP_MIN, steps.lnAdamMin());
    }

    private void addJacobian(int depth, Measurement.Builder limit) {
      int layers = depth - 1;
      limit.put(JacobianQuantity.LN_JACOBIAN_MEAN, mean(a -> a.lnGain()[layers]));
      limit.put(
          JacobianQuantity.JACOBIAN_RELATIVE_VARIANCE,
          mean(a -> JacobianSpectrum.relativeVariance(a.t(), layers, layerVariance)));
      if (task.probes().contains(Probe.JACOBIAN_LARGEST)) {
        limit.put(
            JacobianQuantity.LN_JACOBIAN_LARGEST,
            layers == 0 ? 0 : mean(a -> lnEdge(a.t(), layers)));
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
