package org.phasemap.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.phasemap.network.Activation;
import org.phasemap.network.Architecture;
import org.phasemap.network.Fans;
import org.phasemap.network.InitScheme;
import org.phasemap.network.UserException;
import org.phasemap.network.WeightLaw;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.AxisValues;
import org.phasemap.spec.NetworkAxes;
import org.phasemap.theory.limit.CriticalPoint;
import org.phasemap.theory.limit.EdgeOfChaos;

/** The cells of a grid: its points, with the σ_w² and the law that their schemes come to. */
final class GridCells {
  private final NetworkAxes axes;
  private final Map<Gain, Double> gains = new HashMap<>();

  private GridCells(NetworkAxes axes) {
    this.axes = axes;
  }

  /** Cells in the order of {@link NetworkAxes#forEachPoint}. */
  static List<Cell> of(NetworkAxes axes, Task task) {
    GridCells grid = new GridCells(axes);
    List<Cell> cells = new ArrayList<>();
    axes.forEachPoint(point -> cells.add(Cell.of(grid.resolved(point), task)));
    return cells;
  }

  private AxisValues resolved(AxisValues point) {
    InitScheme init = point.find(Axis.INIT);
    double sigmaW2 = init == null ? point.get(Axis.SIGMA_W2) : sigmaW2(point, init);
    double rescale = axes.rescaleForSparsity() ? 1 / point.get(Axis.KEEP_PROBABILITY) : 1;
    return point
        .put(Axis.WEIGHT_LAW, init == null ? WeightLaw.NORMAL : init.law())
        .put(Axis.SIGMA_W2, sigmaW2 * rescale);
  }

  private double sigmaW2(AxisValues point, InitScheme init) {
    double multiplier = point.get(Axis.SIGMA_MULTIPLIER);
    Architecture architecture = point.find(Axis.ARCHITECTURE);
    if (init == InitScheme.CRITICAL && architecture != null && !architecture.hasPlainLayers()) {
      throw new UserException(
          "network.init: critical is not allowed with network.architecture %s: it is the edge of"
                  .formatted(architecture)
              + " chaos of layers z′ = Wφ(z) + b; allowed: any other init, or sigma_w2");
    }
    Gain gain =
        new Gain(init, point.get(Axis.ACTIVATION), point.get(Axis.SIGMA_B2), point.get(Axis.WIDTH));
    return multiplier * multiplier * gains.computeIfAbsent(gain, Gain::squared);
  }

  /** What the gain of a scheme depends on; critical points take time to find. */
  private record Gain(InitScheme init, Activation activation, double sigmaB2, int width) {
    /**
     * σ_w² of a square hidden layer, as many channels out as in; a cell has one σ_w², in all other
     * layers too.
     */
    double squared() {
      if (init != InitScheme.CRITICAL) {
        return init.gain2(activation, Fans.dense(width, width));
      }
      List<CriticalPoint> points = EdgeOfChaos.points(activation, sigmaB2);
      if (points.isEmpty()) {
        throw new UserException(
            String.format(
                "network.init: critical is not allowed with activation %s at sigma_b2 %s: it has no"
                    + " critical point there; allowed: any other init, or sigma_w2",
                activation, sigmaB2));
      }
      return points.stream()
          .filter(CriticalPoint::stable)
          .findFirst()
          .orElse(points.get(0))
          .sigmaW2();
    }
  }
}
