package org.phasemap.chart.explore;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.phasemap.analysis.NetworkLaw;
import org.phasemap.chart.explore.selection.Columns;
import org.phasemap.network.PlainText;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.architecture.Families;

/** Depth scales of the laws that cells of a sweep have, each found once. */
final class Laws {
  /** A law takes a few hundred bytes. */
  private static final int MOST = 100_000;

  private final Map<Law, Scales> known = new ConcurrentHashMap<>();

  /**
   * The law of a cell's network, as tables have it.
   *
   * @param architecture its text
   * @param activation its name
   * @param sigmaW2 before the mask
   * @param keepProbability share of weights kept
   * @param sigmaB2 bias variance
   */
  record Law(
      String architecture,
      String activation,
      double sigmaW2,
      double keepProbability,
      double sigmaB2) {
    /** The columns that {@link #of} reads, of cells {@code c}. */
    static final String COLUMNS =
        "c.architecture, c.activation, c.sigma_w2, c.keep_probability, c.sigma_b2";

    static Law of(Columns cells, int row) {
      return new Law(
          PlainText.of(String.valueOf(cells.at("architecture", row))),
          PlainText.of(String.valueOf(cells.at("activation", row))),
          cells.number("sigma_w2", row),
          cells.number("keep_probability", row),
          cells.number("sigma_b2", row));
    }

    NetworkLaw read() {
      return new NetworkLaw(
          Families.ofTable(architecture),
          Activations.ofTable(activation),
          sigmaW2,
          keepProbability,
          sigmaB2);
    }
  }

  /** Those of a law; none of architectures without a fixed point. */
  Scales scales(Law law) {
    Scales scales = known.get(law);
    if (scales == null) {
      scales = law.read().point().map(Scales::of).orElse(Scales.NONE);
      if (known.size() < MOST) {
        known.put(law, scales);
      }
    }
    return scales;
  }
}
