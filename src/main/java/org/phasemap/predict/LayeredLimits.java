package org.phasemap.predict;

import static org.phasemap.predict.Rounding.cleared;

import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.phasemap.measure.result.FirstSteps;
import org.phasemap.measure.result.FirstSteps.LayerWeights;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task.Propagation;
import org.phasemap.predict.graph.NetworkTheory;
import org.phasemap.quantity.JacobianQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.quantity.StepQuantity;
import org.phasemap.quantity.TokenQuantity;

/** What the probes find on a network that is a graph of layers, at infinite width. */
final class LayeredLimits {
  private final Cell cell;
  private final LayerGraph graph;
  private final Propagation task;
  private final NetworkTheory theory;
  private final Measurement.Builder limit = new Measurement.Builder();

  private LayeredLimits(Cell cell, LayerGraph graph, NetworkTheory theory) {
    this.cell = cell;
    this.graph = graph;
    this.task = (Propagation) cell.task();
    this.theory = theory;
  }

  static Measurement of(
      Cell cell, LayerGraph graph, NetworkTheory theory, Optional<DerivativeLimits> derivatives) {
    LayeredLimits limits = new LayeredLimits(cell, graph, theory);
    limits.addSignals();
    limits.addTokens();
    limits.addGradients();
    KernelLimits.add(limits.task, theory.ntk(), theory.standardNtk(), limits.limit);
    derivatives.ifPresent(along -> along.addTo(limits.limit, theory.depth()));
    return limits.limit.of(null);
  }

  private void addSignals() {
    int top = theory.depth();
    limit
        .put(SignalQuantity.LN_Q, cleared(Math.log(theory.q(top))))
        .put(SignalQuantity.C, cleared(theory.c(top)))
        .put(SignalQuantity.MEAN, theory.meanActivation(top))
        .put(SignalQuantity.LN_NORM_RATIO, cleared(theory.lnNormRatio()))
        .put(Profile.Q, layers(theory::q))
        .put(Profile.C, cleared(layers(theory::c)));
  }

  private void addTokens() {
    int top = theory.depth();
    limit
        .put(TokenQuantity.TOKEN_COSINE, cleared(theory.positionCosine(top)))
        .put(TokenQuantity.ATTENTION_LOGIT_VARIANCE, theory.logitVariance(top))
        .put(TokenQuantity.ATTENTION_ENTROPY, theory.attentionEntropy(top));
    if (graph.layer(top).shape().positions() > 1) {
      limit
          .put(TokenQuantity.POSITION_SPREAD, cleared(theory.positionSpread(top)))
          .put(Profile.TOKEN_COSINE, cleared(layers(theory::positionCosine)))
          .put(Profile.POSITION_SPREAD, cleared(layers(theory::positionSpread)));
    }
    if (Double.isFinite(theory.logitVariance(top))) {
      limit.put(Profile.ATTENTION_LOGIT_VARIANCE, layers(theory::logitVariance));
    }
    if (Double.isFinite(theory.attentionEntropy(top))) {
      limit.put(Profile.ATTENTION_ENTROPY, layers(theory::attentionEntropy));
    }
  }

  private void addSteps() {
    FirstSteps steps =
        FirstSteps.of(
            LayerWeights.of(cell.network(), graph),
            layers(theory::batchGradient),
            task.inputs().count());
    limit
        .put(StepQuantity.LN_SGD_STEP_MAX, steps.lnSgdMax())
        .put(StepQuantity.LN_SGD_STEP_MIN, steps.lnSgdMin())
        .put(StepQuantity.LN_ADAM_STEP_MAX, steps.lnAdamMax())
        .put(StepQuantity.LN_ADAM_STEP_MIN, steps.lnAdamMin());
  }

  private void addGradients() {
    int top = theory.depth();
    double[] lnGradients = cleared(layers(l -> theory.lnGradient(l) - theory.lnGradient(top)));
    limit
        .put(SignalQuantity.LN_GRADIENT_GAIN, lnGradients[0])
        .put(SignalQuantity.LN_WEIGHT_GRADIENT_RATIO, cleared(theory.lnWeightGradientRatio()))
        .put(JacobianQuantity.LN_JACOBIAN_MEAN, cleared(theory.lnJacobianMean()));
    if (theory.whyNoGradient().isPresent()) {
      return;
    }
    addSteps();
    limit
        .put(TokenQuantity.LN_QUERY_KEY_GRADIENT, theory.lnQueryKeyGradient(top))
        .put(Profile.LN_GRADIENT, lnGradients)
        .put(Profile.LN_NTK, layers(theory::lnNtk))
        .put(Profile.LN_NTK_STANDARD, layers(theory::lnNtkStandard));
    if (Double.isFinite(theory.lnQueryKeyGradient(top))) {
      limit.put(Profile.LN_QUERY_KEY_GRADIENT, layers(theory::lnQueryKeyGradient));
    }
  }

  private double[] layers(IntToDoubleFunction quantity) {
    return IntStream.rangeClosed(1, theory.depth()).mapToDouble(quantity).toArray();
  }
}
