package org.phasemap.chart.map;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A map: depth, or another axis, × σ.
 *
 * @param name the activation, and what else tells the map from others
 * @param xs σ-multipliers, or σ_w² where there is no multiplier; ascending
 * @param ys depths, or values of another axis; ascending
 * @param spots by y and x; every row as long as {@code xs}
 */
public record PhaseMap(String name, List<Double> xs, List<Double> ys, List<List<Spot>> spots) {

  /** A map of which nothing is known yet; its rows can be changed. */
  static PhaseMap empty(String name, List<Double> xs, List<Double> ys) {
    List<List<Spot>> spots = new ArrayList<>();
    ys.forEach(y -> spots.add(new ArrayList<>(Collections.nCopies(xs.size(), Spot.NONE))));
    return new PhaseMap(name, xs, ys, spots);
  }

  /**
   * What is known of one cell.
   *
   * @param state of the cell
   * @param value the log gain or the share that is shown; NaN unless finite
   * @param error standard error of the value; NaN where there is none
   * @param lnChi1 ln χ₁ of the theory; NaN where there is none
   * @param marked for a log gain, whether at least half of the networks trained here; for a share,
   *     whether it is the deepest within the fitted boundary
   */
  public record Spot(State state, double value, double error, double lnChi1, boolean marked) {
    public static final Spot NONE =
        new Spot(State.ABSENT, Double.NaN, Double.NaN, Double.NaN, false);

    /** The same, marked. */
    public Spot asMarked() {
      return new Spot(state, value, error, lnChi1, true);
    }
  }

  /** What became of a cell's networks. */
  public enum State {
    FINITE,
    /** The value is that of the networks that did not explode or vanish. */
    PARTLY_FINITE,
    EXPLODED,
    VANISHED,
    FAILED,
    ABSENT
  }

  /**
   * Positions in a row where ln χ₁ crosses 0, counted in columns and interpolated: 2.5 is half-way
   * between the third and the fourth.
   */
  public List<Double> edges(int row) {
    List<Double> edges = new ArrayList<>();
    List<Spot> spots = this.spots.get(row);
    int left = -1;
    for (int i = 0; i < spots.size(); i++) {
      double here = spots.get(i).lnChi1();
      if (Double.isNaN(here)) {
        continue;
      }
      double before = left < 0 ? Double.NaN : spots.get(left).lnChi1();
      if (here == 0) {
        edges.add((double) i);
      } else if (here * before < 0) {
        edges.add(left + (i - left) * before / (before - here));
      }
      left = i;
    }
    return edges;
  }

  /** Whether theory says anything of a row. */
  public boolean hasTheory(int row) {
    return spots.get(row).stream().anyMatch(s -> !Double.isNaN(s.lnChi1()));
  }

  /** The x at a position counted in columns. */
  public double xAt(double position) {
    int left = (int) Math.min(xs.size() - 2.0, Math.floor(position));
    if (left < 0) {
      return xs.get(0);
    }
    double share = position - left;
    return xs.get(left) * (1 - share) + xs.get(left + 1) * share;
  }
}
