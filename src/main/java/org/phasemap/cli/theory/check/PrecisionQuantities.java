package org.phasemap.cli.theory.check;

import java.util.Map;
import org.phasemap.theory.limit.AdamFirstStep;
import org.phasemap.theory.precision.FloatFormat;
import org.phasemap.theory.precision.Int8Quantisation;

/** Number formats and optimisers. */
final class PrecisionQuantities {
  private PrecisionQuantities() {}

  static Map<String, ReferenceQuantity> quantities() {
    return Map.ofEntries(
        Map.entry(
            "int8_saturation",
            q ->
                Int8Quantisation.saturation(
                    q.parameters().number("sigma"), q.parameters().number("delta"))),
        Map.entry(
            "int8_sigma_over_delta",
            q -> Int8Quantisation.largestSigma(q.parameters().number("eps"))),
        Map.entry("fp16_min_sigma_w2", q -> q.heGain2() * FloatFormat.FP16.smallestChi(q.depth())),
        Map.entry("fp16_depth_min_normal", q -> FloatFormat.FP16.depthToMinNormal(chi(q))),
        Map.entry("fp16_depth_min_subnormal", q -> FloatFormat.FP16.depthToMinSubnormal(chi(q))),
        Map.entry(
            "fp16_fraction_below_normal",
            q -> FloatFormat.FP16.fractionBelowNormal(q.parameters().number("sigma"))),
        Map.entry(
            "fp32_overflow_depth",
            q -> FloatFormat.FP32.overflowDepth(q.parameters().number("sigma_mult", "m"))),
        Map.entry(
            "adam_first_update",
            q ->
                AdamFirstStep.relativeUpdate(
                    q.parameters().number("g"), q.parameters().numberOr(1e-8, "eps"))),
        Map.entry(
            "adam_raw_second_moment",
            q ->
                AdamFirstStep.rawSecondMoment(
                    q.parameters().number("g"), q.parameters().numberOr(0.999, "beta2"))));
  }

  /** σ_w²(1 + a²)/2. */
  private static double chi(ReferenceQuery q) {
    return q.parameters().number("sigma_w2") / q.heGain2();
  }
}
