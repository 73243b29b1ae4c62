package org.phasemap.chart.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.phasemap.chart.Counted;
import org.phasemap.chart.explore.selection.Columns;
import org.phasemap.chart.explore.selection.LeftOut;
import org.phasemap.chart.explore.selection.SweepAxes;
import org.phasemap.quantity.Axis;

/** What a reader must know beside a figure: what all of its cells have in common, and n. */
final class Note {
  /** What everybody wants to know of a network, if all of them have the same. */
  private static final List<Axis<?>> SAID =
      List.of(
          Axis.ACTIVATION,
          Axis.DEPTH,
          Axis.WIDTH,
          Axis.INIT,
          Axis.WEIGHT_LAW,
          Axis.SIGMA_MULTIPLIER,
          Axis.SIGMA_W2,
          Axis.SIGMA_B2,
          Axis.KEEP_PROBABILITY);

  private Note() {}

  /**
   * The values that are not drawn.
   *
   * @param at those that were chosen, by column
   */
  static List<String> fixed(SweepAxes axes, Map<String, Object> at, List<Axis<?>> drawn) {
    List<String> parts = new ArrayList<>();
    for (Axis<?> axis : SAID) {
      List<Object> values = axes.values().getOrDefault(axis, List.of());
      if (drawn.contains(axis) || (axis.equals(Axis.SIGMA_W2) && isGiven(axes, drawn))) {
        continue;
      }
      if (at.containsKey(axis.column())) {
        parts.add(Numbers.of(axis, at.get(axis.column())));
      } else if (values.size() == 1) {
        parts.add(Numbers.of(axis, values.get(0)));
      }
    }
    at.forEach(
        (column, value) ->
            Axis.of(column)
                .filter(axis -> !SAID.contains(axis))
                .ifPresent(axis -> parts.add(Numbers.of(axis, value))));
    return parts;
  }

  /** Whether the multiplier says what σ_w² is. */
  private static boolean isGiven(SweepAxes axes, List<Axis<?>> drawn) {
    return drawn.contains(Axis.SIGMA_MULTIPLIER)
        || axes.values().containsKey(Axis.SIGMA_MULTIPLIER);
  }

  /** How many networks a point is the average of. */
  static String networks(Columns table) {
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int row = 0; row < table.size(); row++) {
      double n = table.number("n", row);
      if (n > 0) {
        least = Math.min(least, (long) n);
        most = Math.max(most, (long) n);
      }
    }
    return most == 0 ? "no networks" : counted(least, most);
  }

  private static String counted(long least, long most) {
    return least == most
        ? Counted.of(least, "network") + " a cell"
        : whole(least) + " to " + Counted.of(most, "network") + " a cell";
  }

  /** Cells that are not drawn, in sentences. */
  static String leftOut(List<LeftOut> leftOut) {
    return leftOut.stream()
        .map(
            part ->
                " %s %s not drawn: %s."
                    .formatted(
                        Counted.of(part.cells(), "cell"),
                        part.cells() == 1 ? "is" : "are",
                        part.reason()))
        .collect(Collectors.joining());
  }

  static String whole(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
