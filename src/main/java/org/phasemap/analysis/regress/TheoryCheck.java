package org.phasemap.analysis.regress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.phasemap.quantity.Figure;
import org.phasemap.quantity.Quantity;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/**
 * Whether z of a quantity is as normal over the cells of one sweep as theory has it: Kolmogorov and
 * Smirnov's test (p by Marsaglia, Tsang and Wang 2003), of how far the distance exceeds what is
 * known to be no fault. Cells must share no random numbers, or their z are not independent.
 *
 * @param cells with a z
 * @param mean of z
 * @param deviation of z
 * @param distance largest of the two laws, Kolmogorov's D
 * @param p that chance gives this distance beyond {@link #ALLOWED}, or more
 * @param departs whether that is less than the level over the number of quantities (Bonferroni)
 */
public record TheoryCheck(
    Quantity quantity,
    int cells,
    double mean,
    double deviation,
    double distance,
    double p,
    boolean departs) {
  /**
   * Bands are of first order in 1/n. In docs/calibration.md the 5,000 cells of the first two rows
   * have means within 0.04 and deviations within 0.03 of a normal law's. That is a distance of 0.04
   * φ(0) + 0.03 φ(1) = 0.016 + 0.0073.
   */
  public static final double ALLOWED = 0.04 * 0.3989 + 0.03 * 0.2420;

  /**
   * Below √n D of 0.2 Kolmogorov's law is less than 1e-12 (√(2π)/x exp(−π²/8x²)), and the recursion
   * for it underflows to NaN.
   */
  private static final double SURE = 0.2;

  /** Fewer have no law to speak of. */
  private static final int FEWEST = 20;

  /** The checks of all quantities with a band; of the table {@code cells}. */
  static List<TheoryCheck> of(Query query, double level) {
    List<Quantity> banded = Quantity.all().stream().filter(q -> Figure.Z.isOf(q)).toList();
    List<TheoryCheck> checks = new ArrayList<>();
    for (Quantity quantity : banded) {
      String column = Figure.Z.column(quantity);
      List<Double> z = new ArrayList<>();
      for (Rows.Row row :
          query.rows("select " + column + " as z from cells where z is not null order by z")) {
        z.add(row.number("z"));
      }
      if (z.size() >= FEWEST) {
        checks.add(of(quantity, z.stream().mapToDouble(x -> x).toArray(), level / banded.size()));
      }
    }
    return List.copyOf(checks);
  }

  /**
   * Of some z.
   *
   * @param sorted ascending
   * @param level at which it departs
   */
  static TheoryCheck of(Quantity quantity, double[] sorted, double level) {
    int n = sorted.length;
    NormalDistribution normal = new NormalDistribution(null, 0, 1);
    double distance = 0;
    for (int i = 0; i < n; i++) {
      double law = normal.cumulativeProbability(sorted[i]);
      distance = Math.max(distance, Math.max(law - (double) i / n, (i + 1.0) / n - law));
    }
    double beyond = distance - ALLOWED;
    double p = beyond * Math.sqrt(n) < SURE ? 1 : 1 - new KolmogorovSmirnovTest().cdf(beyond, n);
    double mean = Arrays.stream(sorted).average().orElse(0);
    double squares = Arrays.stream(sorted).map(z -> (z - mean) * (z - mean)).sum();
    return new TheoryCheck(
        quantity, n, mean, Math.sqrt(squares / (n - 1)), distance, Math.max(0, p), p < level);
  }
}
