package org.phasemap.theory.limit;

import java.util.HashMap;
import java.util.Map;
import org.phasemap.network.Activation;
import org.phasemap.theory.dual.CrossDual;
import org.phasemap.theory.dual.CrossDuals;
import org.phasemap.theory.dual.HermiteSeries;

/**
 * E φ(u)φ(v) and E φ′(u)φ′(v) of inputs of different variance. Pairs share the Hermite coefficients
 * of each variance. Relative errors are below 1e-8; where c is above 0.95, and φ has a kink or q is
 * large, they are up to 1e-5 and 2e-3.
 */
public final class UnequalPairs {
  private static final int MOST_SERIES = 256;

  private final Activation activation;
  private final Map<Double, HermiteSeries> series = new HashMap<>();

  public UnequalPairs(Activation activation) {
    this.activation = activation;
  }

  /**
   * Of a pair.
   *
   * @param product E φφ
   * @param derivative E φ′φ′
   */
  public record Value(double product, double derivative) {}

  /** At two different variances &gt; 0 and a correlation. */
  public Value of(double qa, double qb, double oneMinusC) {
    double product = Double.NaN;
    double derivative = Double.NaN;
    if (!CrossDuals.areClosed(activation)
        && HermiteSeries.covers(activation, qa)
        && HermiteSeries.covers(activation, qb)) {
      product = HermiteSeries.product(series(qa), series(qb), 1 - oneMinusC);
      derivative = HermiteSeries.derivative(series(qa), series(qb), 1 - oneMinusC);
    }
    if (Double.isNaN(product) || Double.isNaN(derivative)) {
      CrossDual dual = CrossDuals.of(activation, qa, qb);
      product = Double.isNaN(product) ? dual.product(oneMinusC) : product;
      derivative = Double.isNaN(derivative) ? dual.derivative(oneMinusC) : derivative;
    }
    return new Value(product, derivative);
  }

  private HermiteSeries series(double q) {
    if (series.size() > MOST_SERIES) {
      series.clear();
    }
    return series.computeIfAbsent(q, own -> new HermiteSeries(activation, own));
  }
}
