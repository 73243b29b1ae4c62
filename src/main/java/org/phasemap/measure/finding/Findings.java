package org.phasemap.measure.finding;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.phasemap.measure.finding.VariantState.Backward;
import org.phasemap.measure.result.Curvature;
import org.phasemap.measure.result.FirstSteps;
import org.phasemap.measure.result.KernelSpectrum;
import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.Task;
import org.phasemap.quantity.Category;
import org.phasemap.quantity.JacobianQuantity;
import org.phasemap.quantity.KernelQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.quantity.StepQuantity;
import org.phasemap.quantity.TokenQuantity;
import org.phasemap.spec.Inputs;

/** Makes what the passes through one network have left into its {@link Measurement}. */
public final class Findings {
  private final NetworkConfig network;
  private final List<Probe> probes;
  private final Inputs inputs;
  private final int depth;
  private final VariantState variant;
  private final Backward pass;
  private final @Nullable RoundingNoise noise;
  private final Measurement.Builder found = new Measurement.Builder();

  /**
   * @param network one of the variant's cells
   * @param noise of the variant; null where no kernel is measured
   */
  public Findings(
      NetworkConfig network,
      Task.Propagation task,
      VariantState variant,
      @Nullable RoundingNoise noise) {
    this.network = network;
    this.probes = task.probes();
    this.inputs = task.inputs();
    this.depth = network.depth();
    this.variant = variant;
    this.noise = noise;
    Backward backward = variant.backward(depth);
    if (backward == null) {
      throw new IllegalStateException("depth " + depth + " was not measured");
    }
    this.pass = backward;
  }

  /** All that the task's probes ask for. */
  public Measurement measurement() {
    found.put(Profile.LAYER, IntStream.rangeClosed(1, depth).asDoubleStream().toArray());
    if (probes.contains(Probe.SIGNAL)) {
      addSignal();
    }
    double growth = probes.contains(Probe.GRADIENT) ? addGradient() : 0;
    if (noise != null) {
      addKernels(noise);
    }
    if (probes.contains(Probe.OPTIMISER)) {
      addSteps();
    }
    if (probes.contains(Probe.PRECISION)) {
      Precision.add(variant.formats(), List.of(pass.formats), found);
    }
    addJacobian();
    if (pass.derivatives != null) {
      pass.derivatives.addTo(found, probes);
    }
    return found.of(category(variant.signal(depth).q(), growth));
  }

  private void addSignal() {
    Signal top = variant.signal(depth);
    found
        .put(SignalQuantity.LN_Q, Math.log(top.q()))
        .put(SignalQuantity.C, top.c())
        .put(SignalQuantity.MEAN, top.mean())
        .put(SignalQuantity.DEAD_SHARE, top.deadShare())
        .put(SignalQuantity.SATURATED_SHARE, top.saturatedShare())
        .put(SignalQuantity.LN_NORM_RATIO, finiteOrNan(pass.lnNormRatio))
        .put(Profile.Q, layers(Signal::q))
        .put(Profile.C, layers(Signal::c))
        .put(Profile.MEAN, layers(Signal::mean))
        .put(Profile.DEAD, layers(Signal::deadShare))
        .put(Profile.SATURATED, layers(Signal::saturatedShare));
    addTokens(TokenQuantity.TOKEN_COSINE, Profile.TOKEN_COSINE, TokenSignal::cosine);
    addTokens(
        TokenQuantity.ATTENTION_LOGIT_VARIANCE,
        Profile.ATTENTION_LOGIT_VARIANCE,
        tokens -> tokens.attention().logitVariance());
    addTokens(
        TokenQuantity.ATTENTION_ENTROPY,
        Profile.ATTENTION_ENTROPY,
        tokens -> tokens.attention().entropy());
    addTokens(TokenQuantity.POSITION_SPREAD, Profile.POSITION_SPREAD, TokenSignal::spread);
    List<TokenSignal> tokens = variant.tokens();
    if (!tokens.isEmpty()) {
      found.put(Profile.ATTENTION_KEYS, tokens.get(depth - 1).attention().keys());
    }
  }

  private void addTokens(
      TokenQuantity quantity, Profile profile, ToDoubleFunction<TokenSignal> statistic) {
    addLayers(quantity, profile, variant.tokens().stream().mapToDouble(statistic).toArray());
  }

  /** Nothing where no layer has it. */
  private void addLayers(TokenQuantity quantity, Profile profile, double[] list) {
    if (Arrays.stream(list).anyMatch(x -> !Double.isNaN(x))) {
      found.put(quantity, list[depth - 1]).put(profile, list);
    }
  }

  private double[] layers(ToDoubleFunction<Signal> statistic) {
    double[] list = new double[depth];
    Arrays.setAll(list, l -> statistic.applyAsDouble(variant.signal(l + 1)));
    return list;
  }

  /** Returns ln ‖δ₁‖² + ln ‖δ_L‖², which is finite where both are. */
  private double addGradient() {
    double[] lnGradient = pass.lnDelta;
    double[] lnWeightGradient = pass.lnWeightGradient;
    double bottom = lnGradient[0];
    double top = lnGradient[depth - 1];
    double weights = lnWeightGradient[0] - lnWeightGradient[depth - 1];
    found
        .put(SignalQuantity.LN_GRADIENT_GAIN, finiteOrNan(bottom - top))
        .put(SignalQuantity.LN_WEIGHT_GRADIENT_RATIO, finiteOrNan(weights))
        .put(Profile.LN_GRADIENT, lnGradient)
        .put(Profile.LN_WEIGHT_GRADIENT, lnWeightGradient);
    addLayers(
        TokenQuantity.LN_QUERY_KEY_GRADIENT,
        Profile.LN_QUERY_KEY_GRADIENT,
        pass.lnQueryKeyGradient);
    return bottom + top;
  }

  private void addKernels(RoundingNoise noise) {
    boolean hasNtk = probes.contains(Probe.NTK);
    boolean hasCurvature = probes.contains(Probe.CURVATURE);
    KernelSpectrum standard =
        hasNtk || hasCurvature ? noise.ends(pass.standardTheta, depth) : KernelSpectrum.ABSENT;
    OutputKernel outputs = pass.outputs;
    if (hasNtk) {
      addNtk(noise.spectrum(pass.theta, depth), standard);
      if (outputs != null) {
        addOutputsNtk(noise.spectrum(outputs.theta(), depth));
      }
    }
    if (hasCurvature) {
      addCurvature(
          outputs == null
              ? Curvature.ofSquaredError(standard, inputs.count())
              : outputs.squaredError());
      if (outputs != null) {
        Curvature crossEntropy = outputs.crossEntropy();
        found
            .put(KernelQuantity.LN_CROSS_ENTROPY_LAMBDA_MAX, crossEntropy.lnLambdaMax())
            .put(KernelQuantity.LN_CROSS_ENTROPY_TRACE, crossEntropy.lnTrace());
      }
    }
    if (probes.contains(Probe.NTK_LAYERS)) {
      found
          .put(Profile.LN_NTK, lnPerInput(pass.layerTrace))
          .put(Profile.LN_NTK_STANDARD, lnPerInput(pass.standardLayerTrace));
    }
  }

  private void addNtk(KernelSpectrum ntk, KernelSpectrum standard) {
    found
        .put(KernelQuantity.LN_NTK_SCALE, ntk.lnScale())
        .put(KernelQuantity.NTK_OFF_RATIO, ntk.offRatio())
        .put(KernelQuantity.LN_NTK_LAMBDA_MAX, ntk.lnLambdaMax())
        .put(KernelQuantity.LN_NTK_LAMBDA_MIN, ntk.lnLambdaMin())
        .put(KernelQuantity.LN_NTK_CONDITION, ntk.lnCondition())
        .put(KernelQuantity.NTK_EFFECTIVE_RANK, ntk.effectiveRank())
        .put(KernelQuantity.LN_NTK_CRITICAL_LEARNING_RATE, ntk.lnCriticalLearningRate())
        .put(KernelQuantity.LN_NTK_STANDARD_SCALE, standard.lnScale())
        .put(KernelQuantity.LN_NTK_STANDARD_LAMBDA_MAX, standard.lnLambdaMax())
        .put(KernelQuantity.LN_NTK_STANDARD_LAMBDA_MIN, standard.lnLambdaMin())
        .put(
            KernelQuantity.LN_NTK_STANDARD_CRITICAL_LEARNING_RATE,
            standard.lnCriticalLearningRate());
  }

  private void addOutputsNtk(KernelSpectrum ntk) {
    found
        .put(KernelQuantity.LN_NTK_OUTPUTS_SCALE, ntk.lnScale())
        .put(KernelQuantity.LN_NTK_OUTPUTS_LAMBDA_MAX, ntk.lnLambdaMax())
        .put(KernelQuantity.LN_NTK_OUTPUTS_LAMBDA_MIN, ntk.lnLambdaMin())
        .put(KernelQuantity.LN_NTK_OUTPUTS_CONDITION, ntk.lnCondition())
        .put(KernelQuantity.NTK_OUTPUTS_EFFECTIVE_RANK, ntk.effectiveRank());
  }

  private void addCurvature(Curvature curvature) {
    found
        .put(KernelQuantity.LN_CURVATURE_LAMBDA_MAX, curvature.lnLambdaMax())
        .put(KernelQuantity.LN_CURVATURE_TRACE, curvature.lnTrace());
  }

  private double[] lnPerInput(double[] traces) {
    return Arrays.stream(traces).map(trace -> Math.log(trace / inputs.count())).toArray();
  }

  private void addSteps() {
    FirstSteps steps =
        pass.layerWeights.isEmpty()
            ? FirstSteps.of(network, pass.batchGradient, inputs.count(), inputs.dimension())
            : FirstSteps.of(pass.layerWeights, pass.batchGradient, inputs.count());
    found
        .put(StepQuantity.LN_SGD_STEP_MAX, steps.lnSgdMax())
        .put(StepQuantity.LN_SGD_STEP_MIN, steps.lnSgdMin())
        .put(StepQuantity.LN_ADAM_STEP_MAX, steps.lnAdamMax())
        .put(StepQuantity.LN_ADAM_STEP_MIN, steps.lnAdamMin())
        .put(Profile.LN_SGD_STEP, steps.lnSgd())
        .put(Profile.LN_ADAM_STEP, steps.lnAdam());
  }

  private void addJacobian() {
    JacobianMoments moments = pass.jacobian;
    if (moments != null) {
      found
          .put(JacobianQuantity.LN_JACOBIAN_MEAN, moments.lnMean()[depth - 1])
          .put(JacobianQuantity.JACOBIAN_RELATIVE_VARIANCE, moments.relativeVariance())
          .put(Profile.LN_JACOBIAN, moments.lnMean());
    }
    double[] squares = pass.squaredSingularValues;
    found
        .put(JacobianQuantity.LN_JACOBIAN_LARGEST, finiteOrNan(pass.lnLargestSquare))
        .put(JacobianQuantity.JACOBIAN_EFFECTIVE_RANK, effectiveRank(squares))
        .put(JacobianQuantity.LN_JACOBIAN_SPECTRAL_RADIUS, finiteOrNan(pass.lnSpectralRadius))
        .put(Profile.JACOBIAN_SPECTRUM, squares);
  }

  /**
   * exp(−Σ p_i ln p_i), p_i = σ_i²/Σσ² (Roy and Vetterli 2007, §2): 1 to n; NaN where nothing was
   * measured.
   */
  private static double effectiveRank(double[] squares) {
    double sum = Arrays.stream(squares).filter(square -> square > 0).sum();
    double entropy = 0;
    for (double square : squares) {
      entropy -= square > 0 ? square / sum * Math.log(square / sum) : 0;
    }
    return sum > 0 ? Math.exp(entropy) : Double.NaN;
  }

  private static Category category(double q, double growth) {
    if (!(q + growth < Double.POSITIVE_INFINITY)) {
      return Category.EXPLODED;
    }
    return q == 0 || growth == Double.NEGATIVE_INFINITY ? Category.VANISHED : Category.FINITE;
  }

  private static double finiteOrNan(double x) {
    return Double.isFinite(x) ? x : Double.NaN;
  }
}
