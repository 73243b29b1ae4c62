package org.phasemap.predict;

import static org.phasemap.predict.Rounding.cleared;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.phasemap.measure.result.FirstSteps;
import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.Cell;
import org.phasemap.quantity.JacobianQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.quantity.StepQuantity;
import org.phasemap.theory.limit.JacobianSpectrum;
import org.phasemap.theory.limit.Trajectory;
import org.phasemap.theory.limit.WeightSpectrum;

/**
 * What the probes find on a cell at infinite width, averaged over inputs as the probes average.
 * Number formats and the Jacobian's largest singular value are predicted where they are probed.
 */
final class MlpLimits {
  private final MlpGroup group;
  private final InputTheory inputs;
  private final DoubleUnaryOperator layerVariance;
  private final Optional<PrecisionPrediction> precision;

  MlpLimits(MlpGroup group, InputTheory inputs) {
    this.group = group;
    this.inputs = inputs;
    layerVariance = JacobianSpectrum.layerVariance(group.law(), weights());
    precision =
        group.task().probes().contains(Probe.PRECISION)
            ? Optional.of(new PrecisionPrediction(group.network(), inputs, group.inputs().count()))
            : Optional.empty();
  }

  /** Of a cell of the group. */
  Measurement of(Cell cell) {
    int depth = cell.network().depth();
    Measurement.Builder limit = new Measurement.Builder();
    addSignal(depth, limit);
    addSignalLayers(depth, limit);
    KernelLimits.add(group.task(), inputs.ntk(depth), inputs.standardNtk(depth), limit);
    addKernelLayers(depth, limit);
    addSteps(cell.network(), limit);
    addJacobian(depth, limit);
    precision.ifPresent(shares -> shares.add(depth, limit));
    return limit.of(null);
  }

  private void addSignalLayers(int depth, Measurement.Builder limit) {
    double[] q = new double[depth];
    double[] c = new double[depth];
    double[] gain = new double[depth];
    for (int layer = 1; layer <= depth; layer++) {
      int l = layer;
      q[l - 1] = inputs.mean(a -> a.q(l));
      c[l - 1] = inputs.c(l);
      gain[l - 1] = inputs.mean(a -> a.lnGradient(l, depth));
    }
    limit.put(Profile.Q, q).put(Profile.C, cleared(c)).put(Profile.LN_GRADIENT, cleared(gain));
  }

  private void addKernelLayers(int depth, Measurement.Builder limit) {
    double[] lnNtk = new double[depth];
    double[] lnNtkStandard = new double[depth];
    double bias = group.network().sigmaB2() > 0 ? 1 : 0;
    for (int layer = 1; layer <= depth; layer++) {
      int l = layer;
      lnNtk[l - 1] = lnMean(a -> Math.log(a.q(l)) + a.lnGradientOfOutput(l, depth));
      lnNtkStandard[l - 1] =
          lnMean(
              a ->
                  Math.log(group.kept(l) * a.square(l - 1) + bias)
                      + a.lnGradientOfOutput(l, depth));
    }
    limit.put(Profile.LN_NTK, lnNtk).put(Profile.LN_NTK_STANDARD, lnNtkStandard);
  }

  /** ln of the mean of what may leave the range of doubles. */
  private double lnMean(ToDoubleFunction<SingleInput> ln) {
    double first = ln.applyAsDouble(inputs.alone().get(0));
    return inputs.alone().size() == 1
        ? first
        : first + Math.log(inputs.mean(a -> Math.exp(ln.applyAsDouble(a) - first)));
  }

  private void addSignal(int depth, Measurement.Builder limit) {
    double fans = Math.log(group.kept(1) / group.kept(depth));
    limit.put(SignalQuantity.LN_Q, cleared(Math.log(inputs.mean(a -> a.q(depth)))));
    limit.put(SignalQuantity.C, cleared(inputs.c(depth)));
    limit.put(SignalQuantity.LN_GRADIENT_GAIN, cleared(inputs.mean(a -> a.lnGradient(1, depth))));
    limit.put(SignalQuantity.MEAN, inputs.mean(a -> a.t().meanPhi()[depth - 1]));
    limit.put(
        SignalQuantity.LN_NORM_RATIO,
        cleared(inputs.mean(a -> Math.log(a.square(depth) / a.q0()))));
    limit.put(
        SignalQuantity.LN_WEIGHT_GRADIENT_RATIO,
        cleared(
            fans
                + inputs.mean(
                    a ->
                        a.lnGradientOfOutput(1, depth)
                            - a.lnGradientOfOutput(depth, depth)
                            + Math.log(a.q0() / a.square(depth - 1)))));
  }

  private void addSteps(NetworkConfig cell, Measurement.Builder limit) {
    double[] batch = inputs.batchGradient(cell.depth());
    for (int l = 1; l <= batch.length; l++) {
      batch[l - 1] *= group.kept(l);
    }
    FirstSteps steps =
        FirstSteps.of(cell, batch, group.inputs().count(), group.inputs().dimension());
    limit.put(StepQuantity.LN_SGD_STEP_MAX, steps.lnSgdMax());
    limit.put(StepQuantity.LN_SGD_STEP_MIN, steps.lnSgdMin());
    limit.put(StepQuantity.LN_ADAM_STEP_MAX, steps.lnAdamMax());
    limit.put(StepQuantity.LN_ADAM_STEP_MIN, steps.lnAdamMin());
  }

  private void addJacobian(int depth, Measurement.Builder limit) {
    int layers = depth - 1;
    limit.put(JacobianQuantity.LN_JACOBIAN_MEAN, cleared(inputs.mean(a -> a.lnGradient(1, depth))));
    limit.put(
        JacobianQuantity.JACOBIAN_RELATIVE_VARIANCE,
        inputs.mean(a -> JacobianSpectrum.relativeVariance(a.t(), layers, layerVariance)));
    if (group.task().probes().contains(Probe.JACOBIAN_EIGENVALUES)) {
      // Eigenvalues of products of free matrices fill a disc whose radius is the root of the mean
      // squared singular value (Haagerup and Larsen 2000, theorem 4.4): of the first input.
      limit.put(
          JacobianQuantity.LN_JACOBIAN_SPECTRAL_RADIUS,
          cleared(inputs.alone().get(0).lnGradient(1, depth)));
    }
    if (group.task().probes().contains(Probe.JACOBIAN_LARGEST)) {
      limit.put(
          JacobianQuantity.LN_JACOBIAN_LARGEST,
          layers == 0 ? 0 : inputs.mean(a -> lnEdge(a.t(), layers)));
    }
  }

  private WeightSpectrum weights() {
    return WeightSpectrum.of(group.network().weightLaw(), group.network().keepProbability());
  }

  private double lnEdge(Trajectory t, int layers) {
    return JacobianSpectrum.lnReachedEdge(
        group.law(), t, layers, weights(), group.network().width());
  }
}
