package org.phasemap.predict;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.phasemap.plan.Task.Propagation;
import org.phasemap.predict.graph.NetworkTheory;
import org.phasemap.quantity.JacobianQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.SignalQuantity;

/** What the probes find on a network that is a graph of layers, at infinite width. */
final class LayeredLimits {
  private final Propagation task;
  private final NetworkTheory theory;
  private final Measurement.Builder limit = new Measurement.Builder();

  private LayeredLimits(Propagation task, NetworkTheory theory) {
    this.task = task;
    this.theory = theory;
  }

  static Measurement of(Propagation task, NetworkTheory theory) {
    LayeredLimits limits = new LayeredLimits(task, theory);
    limits.addSignals();
    limits.addGradients();
    KernelLimits.add(task, theory.ntk(), theory.standardNtk(), limits.limit);
    return limits.limit.of(null);
  }

  private void addSignals() {
    int top = theory.depth();
    limit
        .put(SignalQuantity.LN_Q, Math.log(theory.q(top)))
        .put(SignalQuantity.C, theory.c(top))
        .put(SignalQuantity.MEAN, theory.meanActivation(top))
        .put(SignalQuantity.LN_NORM_RATIO, theory.lnNormRatio())
        .put(Profile.Q, layers(theory::q))
        .put(Profile.C, layers(theory::c));
  }

  private void addGradients() {
    int top = theory.depth();
    limit
        .put(SignalQuantity.LN_GRADIENT_GAIN, theory.lnGradient(1) - theory.lnGradient(top))
        .put(
            SignalQuantity.LN_WEIGHT_GRADIENT_RATIO,
            theory.lnWeightGradient(1) - theory.lnWeightGradient(top))
        .put(JacobianQuantity.LN_JACOBIAN_MEAN, theory.lnJacobianMean());
    if (theory.whyNoGradient().isPresent()) {
      return;
    }
    limit
        .put(Profile.LN_GRADIENT, layers(l -> theory.lnGradient(l) - theory.lnGradient(top)))
        .put(Profile.LN_NTK, layers(theory::lnNtk))
        .put(Profile.LN_NTK_STANDARD, layers(theory::lnNtkStandard));
  }

  private double[] layers(IntToDoubleFunction quantity) {
    return IntStream.rangeClosed(1, theory.depth()).mapToDouble(quantity).toArray();
  }
}
