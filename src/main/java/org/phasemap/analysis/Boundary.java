package org.phasemap.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * To which depth the networks of a column can be trained: a logistic curve of P(trained) in ln L.
 *
 * @param kind what the column lets be said
 * @param depth L where P(trained) = ½; NaN unless fitted or separable
 * @param low lower end of its 95 % confidence interval, 0 where it is open; the deepest depth where
 *     all are trained
 * @param high upper end, infinite where it is open; the shallowest depth where none is trained
 * @param width ln of the ratio of the depths where P = 0.1 and P = 0.9; at most that, where
 *     separable
 */
public record Boundary(Kind kind, double depth, double low, double high, double width) {
  /** What a column lets be said. */
  public enum Kind {
    /** A curve falls through trained and untrained networks. */
    FITTED,
    /** Every network above a depth is trained and none from a depth on: only the gap is known. */
    SEPARABLE,
    /** Every network is trained: the boundary lies beyond the deepest. */
    ALL_TRAINED,
    /** No network is trained: the boundary lies before the shallowest. */
    NONE_TRAINED,
    /** P(trained) does not fall with depth, or there is one depth only: there is no boundary. */
    NOT_FALLING,
    /** There is no network. */
    EMPTY
  }

  /** From so many replicates on, these are resampled; with fewer, outcomes of the fitted curve. */
  static final int ENOUGH_REPLICATES = 5;

  private static final int RESAMPLES = 400;
  private static final long SEED = 20260419;

  /** The boundary of some networks. */
  public static Boundary of(List<Trial> trials) {
    if (trials.isEmpty()) {
      return none(Kind.EMPTY, Double.NaN, Double.NaN);
    }
    int deepest = trials.stream().mapToInt(Trial::depth).max().orElseThrow();
    int shallowest = trials.stream().mapToInt(Trial::depth).min().orElseThrow();
    long trained = trials.stream().filter(Trial::trained).count();
    if (trained == trials.size()) {
      return none(Kind.ALL_TRAINED, deepest, Double.NaN);
    }
    if (trained == 0) {
      return none(Kind.NONE_TRAINED, Double.NaN, shallowest);
    }
    int lastTrained =
        trials.stream().filter(Trial::trained).mapToInt(Trial::depth).max().orElseThrow();
    int firstUntrained =
        trials.stream().filter(t -> !t.trained()).mapToInt(Trial::depth).min().orElseThrow();
    if (lastTrained < firstUntrained) {
      double middle = Math.sqrt((double) lastTrained * firstUntrained);
      double gap = Math.log((double) firstUntrained / lastTrained);
      return new Boundary(Kind.SEPARABLE, middle, lastTrained, firstUntrained, gap);
    }
    if (shallowest == deepest) {
      return none(Kind.NOT_FALLING, Double.NaN, Double.NaN);
    }
    LogisticFit fit = LogisticFit.of(points(trials));
    if (!(fit.scale() > 0)) {
      return none(Kind.NOT_FALLING, Double.NaN, Double.NaN);
    }
    double[] midpoints = resampledMidpoints(trials, fit);
    return new Boundary(
        Kind.FITTED,
        Math.exp(fit.midpoint()),
        Math.exp(Quantiles.of(midpoints, 0.025)),
        Math.exp(Quantiles.of(midpoints, 0.975)),
        fit.width());
  }

  private static Boundary none(Kind kind, double low, double high) {
    return new Boundary(kind, Double.NaN, low, high, Double.NaN);
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

  private static double[] resampledMidpoints(List<Trial> trials, LogisticFit fit) {
    RandomGenerator random = new Well19937c(SEED);
    List<List<Trial>> replicates =
        List.copyOf(
            trials.stream()
                .collect(Collectors.groupingBy(Trial::replicate, TreeMap::new, Collectors.toList()))
                .values());
    double[] midpoints = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      List<Trial> resample =
          replicates.size() >= ENOUGH_REPLICATES
              ? Resamples.of(replicates, random).stream().flatMap(List::stream).toList()
              : redrawn(trials, fit, random);
      midpoints[i] = midpoint(resample);
    }
    return midpoints;
  }

  private static List<Trial> redrawn(List<Trial> trials, LogisticFit fit, RandomGenerator random) {
    return trials.stream()
        .map(
            t -> {
              double odds = (Math.log(t.depth()) - fit.midpoint()) / fit.scale();
              double p = 1 / (1 + Math.exp(odds));
              return new Trial(t.depth(), t.replicate(), random.nextDouble() < p);
            })
        .toList();
  }

  /** ±∞ where all or none are trained; NaN where P rises with depth. */
  private static double midpoint(List<Trial> trials) {
    long trained = trials.stream().filter(Trial::trained).count();
    if (trained == trials.size()) {
      return Double.POSITIVE_INFINITY;
    }
    if (trained == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    LogisticFit fit = LogisticFit.of(points(trials));
    return fit.scale() > 0 ? fit.midpoint() : Double.NaN;
  }
}
