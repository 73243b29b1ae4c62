package org.phasemap.chart.explore;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.phasemap.network.PlainText;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.PhasePoint;

/** Fixed points of the laws that cells of a sweep have, each found once. */
final class Laws {
  /** A fixed point takes a few hundred bytes. */
  private static final int MOST = 100_000;

  private final Map<Law, PhasePoint> known = new ConcurrentHashMap<>();

  /**
   * The law of a cell's layers.
   *
   * @param activation its name
   * @param sigmaW2 effective, the keep probability is in it
   * @param sigmaB2 bias variance
   */
  record Law(String activation, double sigmaW2, double sigmaB2) {
    /** The columns that {@link #of} reads, of cells {@code c}; only MLPs have a law. */
    static final String COLUMNS =
        "c.activation, case when c.architecture = 'mlp' then c.keep_probability * c.sigma_w2 end"
            + " as sigma_w2, c.sigma_b2";

    static Law of(Columns cells, int row) {
      return new Law(
          PlainText.of(String.valueOf(cells.at("activation", row))),
          cells.number("sigma_w2", row),
          cells.number("sigma_b2", row));
    }

    LayerLaw layers() {
      return new LayerLaw(Activations.ofTable(activation), sigmaW2, sigmaB2);
    }
  }

  PhasePoint point(Law law) {
    PhasePoint point = known.get(law);
    if (point == null) {
      point = PhasePoint.of(law.layers());
      if (known.size() < MOST) {
        known.put(law, point);
      }
    }
    return point;
  }
}
