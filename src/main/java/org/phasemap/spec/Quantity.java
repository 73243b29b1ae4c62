package org.phasemap.spec;

import java.util.Locale;
import java.util.Set;
import org.phasemap.spec.Spec.Probe;

/**
 * What is measured of a network at initialisation, one number a replicate, under its column's name.
 */
public enum Quantity {
  LN_Q(Probe.SIGNAL, 1),
  C(Probe.SIGNAL, 2),
  MEAN(Probe.SIGNAL, 1),
  DEAD_SHARE(Probe.SIGNAL, 1),
  SATURATED_SHARE(Probe.SIGNAL, 1),
  LN_GRADIENT_GAIN(Probe.GRADIENT, 1),
  LN_NTK_SCALE(Probe.NTK, 1),
  NTK_OFF_RATIO(Probe.NTK, 2),
  LN_NTK_LAMBDA_MAX(Probe.NTK, 1),
  LN_NTK_LAMBDA_MIN(Probe.NTK, 1),
  LN_NTK_CONDITION(Probe.NTK, 2),
  LN_NTK_STANDARD_SCALE(Probe.NTK, 1),
  LN_NORM_RATIO(Probe.SIGNAL, 1),
  LN_WEIGHT_GRADIENT_RATIO(Probe.GRADIENT, 1),
  NTK_EFFECTIVE_RANK(Probe.NTK, 2),
  LN_NTK_CRITICAL_LEARNING_RATE(Probe.NTK, 1),
  LN_NTK_STANDARD_CRITICAL_LEARNING_RATE(Probe.NTK, 1),
  LN_SGD_STEP_MAX(Probe.OPTIMISER, 1),
  LN_SGD_STEP_MIN(Probe.OPTIMISER, 1),
  LN_ADAM_STEP_MAX(Probe.OPTIMISER, 1),
  LN_ADAM_STEP_MIN(Probe.OPTIMISER, 1),
  FP16_SIGNAL_SUBNORMAL(Probe.PRECISION, 1),
  FP16_SIGNAL_FLUSHED(Probe.PRECISION, 1),
  FP16_SIGNAL_OVERFLOW(Probe.PRECISION, 1),
  FP16_GRADIENT_SUBNORMAL(Probe.PRECISION, 1),
  FP16_GRADIENT_FLUSHED(Probe.PRECISION, 1),
  FP16_GRADIENT_OVERFLOW(Probe.PRECISION, 1),
  BF16_SIGNAL_SUBNORMAL(Probe.PRECISION, 1),
  BF16_SIGNAL_FLUSHED(Probe.PRECISION, 1),
  BF16_SIGNAL_OVERFLOW(Probe.PRECISION, 1),
  BF16_GRADIENT_SUBNORMAL(Probe.PRECISION, 1),
  BF16_GRADIENT_FLUSHED(Probe.PRECISION, 1),
  BF16_GRADIENT_OVERFLOW(Probe.PRECISION, 1),
  INT8_SIGNAL_FLUSHED(Probe.PRECISION, 1),
  INT8_SIGNAL_OVERFLOW(Probe.PRECISION, 1),
  LN_JACOBIAN_MEAN(Probe.JACOBIAN, 1),
  JACOBIAN_RELATIVE_VARIANCE(Probe.JACOBIAN, 1),
  LN_JACOBIAN_LARGEST(Probe.JACOBIAN_LARGEST, 1),
  JACOBIAN_EFFECTIVE_RANK(Probe.JACOBIAN_SPECTRUM, 1),
  LN_CURVATURE_LAMBDA_MAX(Probe.CURVATURE, 1),
  LN_CURVATURE_TRACE(Probe.CURVATURE, 1),
  LN_NTK_OUTPUTS_SCALE(Probe.NTK, 1, 2),
  LN_NTK_OUTPUTS_LAMBDA_MAX(Probe.NTK, 1, 2),
  LN_NTK_OUTPUTS_LAMBDA_MIN(Probe.NTK, 1, 2),
  LN_NTK_OUTPUTS_CONDITION(Probe.NTK, 1, 2),
  NTK_OUTPUTS_EFFECTIVE_RANK(Probe.NTK, 1, 2),
  LN_CROSS_ENTROPY_LAMBDA_MAX(Probe.CURVATURE, 1, 2),
  LN_CROSS_ENTROPY_TRACE(Probe.CURVATURE, 1, 2);

  private final Probe probe;
  private final int fewestInputs;
  private final int fewestOutputs;

  Quantity(Probe probe, int fewestInputs) {
    this(probe, fewestInputs, 1);
  }

  Quantity(Probe probe, int fewestInputs, int fewestOutputs) {
    this.probe = probe;
    this.fewestInputs = fewestInputs;
    this.fewestOutputs = fewestOutputs;
  }

  /** The name of its column in the table {@code replicates}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether these probes measure it on so many inputs and outputs. */
  boolean isMeasured(Set<Probe> probes, int inputs, int outputs) {
    return probes.contains(probe) && inputs >= fewestInputs && outputs >= fewestOutputs;
  }
}
