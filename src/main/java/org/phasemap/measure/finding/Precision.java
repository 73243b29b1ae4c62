package org.phasemap.measure.finding;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.phasemap.measure.finding.FormatCounts.Held;
import org.phasemap.quantity.FormatQuantity;
import org.phasemap.quantity.FormatQuantity.Entries;
import org.phasemap.quantity.FormatQuantity.Format;
import org.phasemap.quantity.FormatQuantity.Loss;
import org.phasemap.quantity.Measurement;

/**
 * What number formats would lose of a network's activations h_l and gradients δ_l, as float32 has
 * them. The 8-bit grid has one step for all layers, max |h_1|/127 over units and inputs.
 *
 * <p>Formats are judged on float32 networks. How errors would add up in a network that computes in
 * the format is another question. The 8-bit grid is set once, on layer 1, so that it shows signals
 * that grow or die out.
 */
final class Precision {
  /** Share of a layer's entries that may be lost. */
  private static final double TOLERATED = 0.01;

  private Precision() {}

  /**
   * Adds what each format would lose of a network.
   *
   * @param signals layers 1 to L
   * @param gradients layers 1 to L
   */
  static void add(
      List<FormatCounts> signals, List<FormatCounts> gradients, Measurement.Builder found) {
    int[] up = IntStream.rangeClosed(1, gradients.size()).toArray();
    int[] down = Arrays.stream(up).map(l -> up.length + 1 - l).toArray();
    add(signals, up, FormatCounts::fp16, Format.FP16, Entries.SIGNAL, found);
    add(gradients, down, FormatCounts::fp16, Format.FP16, Entries.GRADIENT, found);
    add(signals, up, FormatCounts::bf16, Format.BF16, Entries.SIGNAL, found);
    add(gradients, down, FormatCounts::bf16, Format.BF16, Entries.GRADIENT, found);
    add(signals, up, FormatCounts::int8, Format.INT8, Entries.SIGNAL, found);
  }

  /** Shares of a layer's non-zero entries, in the worst layer for each. NaN overflows. */
  private static void add(
      List<FormatCounts> layers,
      int[] order,
      Function<FormatCounts, Held> held,
      Format format,
      Entries entries,
      Measurement.Builder found) {
    double subnormal = 0;
    double flushed = 0;
    double overflow = 0;
    double first = Double.NaN;
    for (int l : order) {
      FormatCounts counts = layers.get(l - 1);
      if (counts.nonZero() == 0) {
        continue;
      }
      Held own = held.apply(counts);
      double all = counts.nonZero();
      double below = 1 - own.normal() / all;
      double above = own.overflow() / all;
      if (Double.isNaN(first) && Math.max(below, above) > TOLERATED) {
        first = l;
      }
      subnormal = Math.max(subnormal, below);
      flushed = Math.max(flushed, 1 - own.kept() / all);
      overflow = Math.max(overflow, above);
    }
    if (format != Format.INT8) {
      found.put(FormatQuantity.of(format, entries, Loss.SUBNORMAL), subnormal);
    }
    found.put(FormatQuantity.of(format, entries, Loss.FLUSHED), flushed);
    found.put(FormatQuantity.of(format, entries, Loss.OVERFLOW), overflow);
    found.put(FormatQuantity.of(format, entries, Loss.LAYER), first);
  }
}
