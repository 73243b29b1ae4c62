package org.phasemap.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.Activation;
import org.phasemap.network.Fans;
import org.phasemap.network.InitScheme;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.UserException;
import org.phasemap.network.WeightLaw;
import org.phasemap.spec.NetworkAxes.Scheme;
import org.phasemap.spec.NetworkAxes.Variance;
import org.phasemap.spec.NetworkAxes.Weights;
import org.phasemap.spec.NetworkAxes;
import org.phasemap.theory.limit.CriticalPoint;
import org.phasemap.theory.limit.EdgeOfChaos;

/** The Cartesian product of a grid's axes. */
public final class Grid {
  private Grid() {}

  /** Cells in the order of the axes, depth fastest. */
  static List<Cell> cells(NetworkAxes axes, Task task) {
    List<Cell> cells = new ArrayList<>();
    for (int width : axes.width()) {
      for (double keep : axes.keepProbability()) {
        for (Activation activation : axes.activation()) {
          for (double sigmaB2 : axes.sigmaB2()) {
            double rescale = axes.rescaleForSparsity() ? 1 / keep : 1;
            for (Weight weight : weights(axes.weights(), activation, sigmaB2, width)) {
              for (int depth : axes.depth()) {
                NetworkConfig network =
                    new NetworkConfig(
                        activation,
                        depth,
                        width,
                        weight.law,
                        weight.sigmaW2 * rescale,
                        sigmaB2,
                        keep);
                cells.add(new Cell(network, weight.scheme, task));
              }
            }
          }
        }
      }
    }
    return cells;
  }

  private record Weight(WeightLaw law, double sigmaW2, Cell.@Nullable Scheme scheme) {}

  private static List<Weight> weights(
      Weights weights, Activation activation, double sigmaB2, int width) {
    List<Weight> expanded = new ArrayList<>();
    if (weights instanceof Variance variance) {
      for (double sigmaW2 : variance.sigmaW2()) {
        expanded.add(new Weight(WeightLaw.NORMAL, sigmaW2, null));
      }
    } else if (weights instanceof Scheme scheme) {
      for (InitScheme init : scheme.init()) {
        double gain2 = gain2(init, activation, sigmaB2, width);
        for (double multiplier : scheme.sigmaMultiplier()) {
          double sigmaW2 = multiplier * multiplier * gain2;
          expanded.add(new Weight(init.law(), sigmaW2, new Cell.Scheme(init, multiplier)));
        }
      }
    }
    return expanded;
  }

  /** σ_w² of a square hidden layer; a cell has one σ_w², in its first and last layer too. */
  private static double gain2(InitScheme init, Activation activation, double sigmaB2, int width) {
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
