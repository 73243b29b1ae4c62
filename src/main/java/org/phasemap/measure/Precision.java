package org.phasemap.measure;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.phasemap.measure.FormatCounts.Held;

/**
 * What number formats would lose of a network's activations h_l and gradients δ_l, as float32 has
 * them. The 8-bit grid has one step for all layers, max |h_1|/127 over units and inputs.
 *
 * @param fp16Signal IEEE binary16, h_l
 * @param fp16Gradient IEEE binary16, δ_l
 * @param bf16Signal bfloat16, h_l
 * @param bf16Gradient bfloat16, δ_l
 * @param int8Signal signed 8-bit integers, h_l
 */
public record Precision(
    Loss fp16Signal, Loss fp16Gradient, Loss bf16Signal, Loss bf16Gradient, Loss int8Signal) {
  /** Share of a layer's entries that may be lost. */
  public static final double TOLERATED = 0.01;

  static final Precision ABSENT =
      new Precision(Loss.ABSENT, Loss.ABSENT, Loss.ABSENT, Loss.ABSENT, Loss.ABSENT);

  /**
   * Shares of a layer's non-zero entries, in the worst layer for each.
   *
   * @param subnormal below the smallest normal number, those that round to 0 included; 0 of
   *     integers
   * @param flushed that round to 0
   * @param overflow beyond the largest number, where integers saturate; NaN counts
   * @param layer that the pass meets first, upwards or downwards, with more than {@link #TOLERATED}
   *     subnormal or overflowing; null where there is none
   */
  public record Loss(double subnormal, double flushed, double overflow, @Nullable Integer layer) {
    static final Loss ABSENT = new Loss(Double.NaN, Double.NaN, Double.NaN, null);
  }

  /**
   * Of a network.
   *
   * @param signals layers 1 to L
   * @param gradients layers 1 to L
   */
  static Precision of(List<FormatCounts> signals, List<FormatCounts> gradients) {
    int[] up = IntStream.rangeClosed(1, gradients.size()).toArray();
    int[] down = Arrays.stream(up).map(l -> up.length + 1 - l).toArray();
    return new Precision(
        loss(signals, up, FormatCounts::fp16),
        loss(gradients, down, FormatCounts::fp16),
        loss(signals, up, FormatCounts::bf16),
        loss(gradients, down, FormatCounts::bf16),
        loss(signals, up, FormatCounts::int8));
  }

  private static Loss loss(
      List<FormatCounts> layers, int[] order, Function<FormatCounts, Held> format) {
    double subnormal = 0;
    double flushed = 0;
    double overflow = 0;
    Integer first = null;
    for (int l : order) {
      FormatCounts counts = layers.get(l - 1);
      if (counts.nonZero() == 0) {
        continue;
      }
      Held held = format.apply(counts);
      double all = counts.nonZero();
      double below = 1 - held.normal() / all;
      double above = held.overflow() / all;
      if (first == null && Math.max(below, above) > TOLERATED) {
        first = l;
      }
      subnormal = Math.max(subnormal, below);
      flushed = Math.max(flushed, 1 - held.kept() / all);
      overflow = Math.max(overflow, above);
    }
    return new Loss(subnormal, flushed, overflow, first);
  }
}
