package org.phasemap.cli.theory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.phasemap.network.Activation;
import org.phasemap.theory.limit.CriticalPoint;
import org.phasemap.theory.limit.EdgeOfChaos;

/**
 * The edge of chaos of one activation.
 *
 * @param activation φ
 * @param points the critical points at each bias variance, in the order asked for
 */
record CriticalCurve(Activation activation, List<List<CriticalPoint>> points) {
  static CriticalCurve of(Activation activation, List<Double> sigmaB2) {
    double[] biases = sigmaB2.stream().mapToDouble(b -> b).toArray();
    return new CriticalCurve(activation, EdgeOfChaos.curve(activation, biases));
  }

  /** Whether some bias variance has a critical point. */
  boolean exists() {
    return points.stream().anyMatch(at -> !at.isEmpty());
  }

  /**
   * The curve's pieces by ascending σ_b², stable and unstable apart. Where a bias variance has
   * several critical points, each goes on from the one before that is nearest in σ_w².
   */
  List<Piece> pieces() {
    List<Piece> done = new ArrayList<>();
    List<Piece> open = new ArrayList<>();
    List<List<CriticalPoint>> ascending =
        points.stream()
            .filter(at -> !at.isEmpty())
            .sorted(Comparator.comparingDouble(at -> at.get(0).sigmaB2()))
            .toList();
    for (List<CriticalPoint> at : ascending) {
      List<Piece> next = new ArrayList<>();
      for (CriticalPoint point : at) {
        Piece from =
            open.stream()
                .min(Comparator.comparingDouble(piece -> piece.distance(point)))
                .orElse(null);
        if (from == null) {
          next.add(Piece.starting(point));
          continue;
        }
        open.remove(from);
        from.add(point);
        if (from.stable() == point.stable()) {
          next.add(from);
        } else {
          done.add(from);
          next.add(Piece.starting(point));
        }
      }
      done.addAll(open);
      open = next;
    }
    done.addAll(open);
    return done;
  }

  /**
   * A connected piece of one verdict; it may end on the first point of the other.
   *
   * @param stable of its first point
   * @param points by ascending σ_b²
   */
  record Piece(boolean stable, List<CriticalPoint> points) {
    private static Piece starting(CriticalPoint point) {
      return new Piece(point.stable(), new ArrayList<>(List.of(point)));
    }

    private void add(CriticalPoint point) {
      points.add(point);
    }

    private double distance(CriticalPoint point) {
      return Math.abs(points.get(points.size() - 1).sigmaW2() - point.sigmaW2());
    }
  }
}
