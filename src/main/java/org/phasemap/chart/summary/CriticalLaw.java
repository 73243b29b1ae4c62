package org.phasemap.chart.summary;

import java.util.List;
import java.util.stream.StreamSupport;
import org.phasemap.chart.Digits;
import org.phasemap.network.activation.Activations;
import org.phasemap.query.Query;
import org.phasemap.theory.limit.EdgeOfChaos;

/**
 * A point of theory's edge of chaos of MLPs in the limit of depth.
 *
 * @param activation its name
 * @param q the fixed point q* of the variance
 * @param chiQ slope of the variance map there
 * @param stable whether q* attracts
 */
@Digits(8)
public record CriticalLaw(
    String activation, double sigmaB2, double sigmaW2, double q, double chiQ, boolean stable) {

  /** Those of every activation and bias variance that a sweep has MLPs of. */
  static List<CriticalLaw> of(Query query) {
    String laws =
        """
        select distinct activation, sigma_b2 from cells
        where sigma_b2 is not null and architecture = 'mlp' order by all
        """;
    return StreamSupport.stream(query.rows(laws).spliterator(), false)
        .flatMap(law -> of(law.text("activation"), law.number("sigma_b2")).stream())
        .toList();
  }

  private static List<CriticalLaw> of(String activation, double sigmaB2) {
    return EdgeOfChaos.points(Activations.ofTable(activation), sigmaB2).stream()
        .map(
            p ->
                new CriticalLaw(
                    activation, p.sigmaB2(), p.sigmaW2(), p.qStar(), p.chiQ(), p.stable()))
        .toList();
  }
}
