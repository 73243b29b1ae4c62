package org.phasemap.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * To which depth the networks of a column can be trained: a logistic curve of P(trained) in ln L.
 *
 * @param kind what the column lets be said
 * @param depth L where P(trained) = ½; NaN unless fitted or separable
 * @param low lower end of its 95 % interval, 0 where it is open; NaN where there is no boundary
 * @param high upper end, infinite where it is open
 * @param width ln of the ratio of the depths where P = 0.1 and P = 0.9; where separable, of the
 *     first untrained and the last trained depth, whose geometric mean is the depth
 */
public record Boundary(Kind kind, double depth, double low, double high, double width) {
  /** What a column lets be said. */
  public enum Kind {
    /** A curve falls through trained and untrained networks. */
    FITTED,
    /** Every network above a depth is trained and none from a depth on: a gap, and no curve. */
    SEPARABLE,
    /** Every network is trained: the boundary lies beyond the deepest, or not far before it. */
    ALL_TRAINED,
    /** No network is trained: the boundary lies before the shallowest, or not far beyond it. */
    NONE_TRAINED,
    /** P(trained) does not fall with depth, or there is one depth only: there is no boundary. */
    NOT_FALLING,
    /** There is no network. */
    EMPTY
  }

  /**
   * With more networks a cell the error of the fit is normal enough, and the posterior too slow.
   */
  static final int MOST_EXACT = 64;

  /** The ends of a 95 % interval. */
  private static final double LOWER = 0.025;

  private static final double UPPER = 0.975;

  /** The boundary of some networks, and its interval. */
  public static Boundary of(List<Trial> trials) {
    Boundary estimate = withoutInterval(trials);
    long depths = trials.stream().mapToInt(Trial::depth).distinct().count();
    if (estimate.kind == Kind.EMPTY || estimate.kind == Kind.NOT_FALLING || depths < 2) {
      return estimate;
    }
    boolean many = estimate.kind == Kind.FITTED && networksOfACell(trials) > MOST_EXACT;
    return many ? estimate.withSpread(trials) : estimate.withPosterior(trials);
  }

  private static long networksOfACell(List<Trial> trials) {
    return points(trials).stream().mapToLong(LogisticFit.Point::trials).max().orElse(0);
  }

  /** The boundary alone, which takes far less time; its interval is open at both ends. */
  public static Boundary withoutInterval(List<Trial> trials) {
    if (trials.isEmpty()) {
      return open(Kind.EMPTY, Double.NaN, Double.NaN);
    }
    int lastTrained = trials.stream().filter(Trial::trained).mapToInt(Trial::depth).max().orElse(0);
    int firstUntrained =
        trials.stream()
            .filter(t -> !t.trained())
            .mapToInt(Trial::depth)
            .min()
            .orElse(Integer.MAX_VALUE);
    if (lastTrained == 0) {
      return open(Kind.NONE_TRAINED, Double.NaN, Double.NaN);
    }
    if (firstUntrained == Integer.MAX_VALUE) {
      return open(Kind.ALL_TRAINED, Double.NaN, Double.NaN);
    }
    if (lastTrained < firstUntrained) {
      double middle = Math.sqrt((double) lastTrained * firstUntrained);
      return open(Kind.SEPARABLE, middle, Math.log((double) firstUntrained / lastTrained));
    }
    List<LogisticFit.Point> points = points(trials);
    LogisticFit fit =
        points.size() < 2 ? new LogisticFit(Double.NaN, Double.NaN) : LogisticFit.of(points);
    return fit.scale() > 0
        ? open(Kind.FITTED, Math.exp(fit.midpoint()), fit.width())
        : open(Kind.NOT_FALLING, Double.NaN, Double.NaN);
  }

  private static Boundary open(Kind kind, double depth, double width) {
    boolean none = kind == Kind.EMPTY || kind == Kind.NOT_FALLING;
    return new Boundary(
        kind, depth, none ? Double.NaN : 0, none ? Double.NaN : Double.POSITIVE_INFINITY, width);
  }

  /** Counts by ln depth. */
  static List<LogisticFit.Point> points(List<Trial> trials) {
    Map<Integer, List<Trial>> byDepth =
        trials.stream()
            .collect(Collectors.groupingBy(Trial::depth, TreeMap::new, Collectors.toList()));
    List<LogisticFit.Point> points = new ArrayList<>();
    byDepth.forEach(
        (depth, list) ->
            points.add(
                new LogisticFit.Point(
                    Math.log(depth), list.size(), list.stream().filter(Trial::trained).count())));
    return points;
  }

  /** An end beyond the map is open: there are no networks that say where. */
  private Boundary withPosterior(List<Trial> trials) {
    Outcomes outcomes = Outcomes.of(trials);
    BoundaryPosterior posterior = new BoundaryPosterior(outcomes);
    double[] x = outcomes.lnDepths();
    double from = posterior.quantile(LOWER);
    double to = posterior.quantile(UPPER);
    boolean isOpenBelow = from < x[0] || kind == Kind.NONE_TRAINED;
    boolean isOpenAbove = to > x[x.length - 1] || kind == Kind.ALL_TRAINED;
    return between(
        isOpenBelow ? 0 : Math.min(Math.exp(from), Math.exp(x[x.length - 1])),
        isOpenAbove ? Double.POSITIVE_INFINITY : Math.max(Math.exp(to), Math.exp(x[0])));
  }

  private Boundary withSpread(List<Trial> trials) {
    List<MidpointError.Network> networks =
        trials.stream()
            .map(t -> new MidpointError.Network(Math.log(t.depth()), t.trained(), 0, t.replicate()))
            .toList();
    LogisticFit fit = LogisticFit.of(points(trials));
    double factor = Math.exp(MidpointError.overReplicates(fit, networks).halfWidth());
    return between(depth / factor, depth * factor);
  }

  /** The depth itself, where there is one, is always inside, and so is the whole of a gap. */
  private Boundary between(double from, double to) {
    if (Double.isNaN(depth)) {
      return new Boundary(kind, depth, from, to, width);
    }
    double half = kind == Kind.SEPARABLE ? Math.exp(width / 2) : 1;
    return new Boundary(
        kind, depth, Math.min(from, depth / half), Math.max(to, depth * half), width);
  }
}
