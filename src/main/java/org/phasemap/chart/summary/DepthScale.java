package org.phasemap.chart.summary;

import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.phasemap.analysis.MapColumn;
import org.phasemap.analysis.NetworkLaw;
import org.phasemap.chart.Point;
import org.phasemap.network.Architecture;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.PhasePoint;

/**
 * Theory's depth scale of correlations over a map.
 *
 * @param sigmaB2 the bias variance it is of
 * @param xiC points (σ_w², ξ_c), by σ_w² before the mask; ξ_c is infinite where there is no scale
 */
public record DepthScale(double sigmaB2, List<Point> xiC) {
  private static final int POINTS = 97;

  /**
   * That of a law.
   *
   * @param bare the law of weight variance 1, keep probability included
   * @param lowest σ_w² where the line begins, before the mask
   * @param highest σ_w² where it ends
   */
  public static DepthScale of(LayerLaw bare, double lowest, double highest) {
    return new Span(bare, lowest, highest).line();
  }

  /** Lines that several maps share are computed once. */
  static final class Lines {
    private final Map<Span, DepthScale> known = new HashMap<>();

    /** A line for each bias variance of some columns, ascending; only MLPs have any. */
    List<DepthScale> of(List<MapColumn> columns) {
      return columns.stream()
          .filter(column -> column.law().sigmaW2() > 0)
          .filter(column -> column.law().architecture().equals(Architecture.MLP))
          .collect(Collectors.groupingBy(c -> c.law().sigmaB2(), TreeMap::new, Collectors.toList()))
          .values()
          .stream()
          .map(part -> known.computeIfAbsent(Span.of(part), Span::line))
          .toList();
    }
  }

  /**
   * What the columns of one bias variance span.
   *
   * @param bare the law of weight variance 1, keep probability included
   * @param lowest σ_w², before the mask
   * @param highest σ_w², before the mask
   */
  private record Span(LayerLaw bare, double lowest, double highest) {
    static Span of(List<MapColumn> columns) {
      DoubleSummaryStatistics extent =
          columns.stream().mapToDouble(column -> column.law().sigmaW2()).summaryStatistics();
      NetworkLaw law = columns.get(0).law();
      LayerLaw bare = new LayerLaw(law.activation(), law.keepProbability(), law.sigmaB2());
      return new Span(bare, extent.getMin(), extent.getMax());
    }

    DepthScale line() {
      return new DepthScale(
          bare.sigmaB2(), IntStream.range(0, POINTS).parallel().mapToObj(this::point).toList());
    }

    private Point point(int i) {
      double sigmaW2 = lowest * Math.pow(highest / lowest, i / (POINTS - 1.0));
      LayerLaw law = new LayerLaw(bare.activation(), bare.sigmaW2() * sigmaW2, bare.sigmaB2());
      return new Point(sigmaW2, PhasePoint.of(law).xiC());
    }
  }
}
