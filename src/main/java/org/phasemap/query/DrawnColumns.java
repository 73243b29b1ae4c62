package org.phasemap.query;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.Figure;
import org.phasemap.quantity.Quantity;

/**
 * The columns of {@code cells} that charts look at: those of the axes, of what became of networks,
 * and of the quantities that a sweep has. DuckDB binds each column of a view for each question:
 * with all 400, that takes ten times as long as the answer.
 */
final class DrawnColumns {
  private static final List<String> OUTCOMES =
      List.of(
          "replicates",
          "failed",
          "finite",
          "trained",
          "stopped",
          "p_trained",
          "p_trained_low",
          "p_trained_high",
          "phase",
          "theory_chi1",
          "exploded",
          "vanished",
          "no_theory");

  private DrawnColumns() {}

  /**
   * Where these columns have a value.
   *
   * @param kept columns of {@code cells}
   */
  static Set<String> of(Set<String> kept) {
    Set<String> drawn = new LinkedHashSet<>(List.of("cell_id"));
    Axis.all().forEach(axis -> drawn.add(axis.column()));
    drawn.addAll(OUTCOMES);
    for (Quantity quantity : Quantity.all()) {
      if (quantity.isAveraged() && kept.contains(Figure.MEAN.column(quantity))) {
        Figure.of(quantity).stream()
            .filter(figure -> figure != Figure.Q05 && figure != Figure.Q50 && figure != Figure.Q95)
            .forEach(figure -> drawn.add(figure.column(quantity)));
      }
    }
    return drawn;
  }
}
