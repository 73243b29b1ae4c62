package org.phasemap.measure.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.Stream;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.measure.finding.JacobianMoments;
import org.phasemap.measure.finding.VariantState.Backward;
import org.phasemap.plan.Unit;

/**
 * J = ∂z_L/∂z_1 by a random tangent for each input, as {@link JacobianMoments} has it: means are
 * over the dimensions of z_1, all channels and positions. Where outputs depend on all inputs J is
 * that of the batch, with one tangent.
 */
final class LayeredJacobian {
  private final LayeredNetwork network;
  private final Kernel kernel;
  private final Unit unit;

  LayeredJacobian(LayeredNetwork network, Unit unit) {
    this.network = network;
    this.unit = unit;
    kernel = network.kernel();
  }

  /** Fills {@link Backward#jacobian}. */
  void fill(Backward pass) {
    int depth = network.depth();
    int bottom = network.nodeOfLayer(1);
    int top = network.nodeOfLayer(depth);
    List<double[]> lnTangents = new ArrayList<>();
    try (Matrix start = kernel.scratch(network.z(1).rows(), network.z(1).columns());
        Matrix reached = kernel.scratch(network.z(depth).rows(), network.z(depth).columns())) {
      kernel.fillGaussian(start, new Stream(unit.seed(), unit.replicate(), 1, Purpose.TANGENTS));
      double[] first = squares(start);
      network
          .pass()
          .tangent(
              bottom,
              start,
              (node, tangent) -> {
                if (network.graph().layers().contains(node)) {
                  double[] ln = squares(tangent);
                  Arrays.setAll(ln, a -> Math.log(ln[a] / first[a]));
                  lnTangents.add(ln);
                }
                if (node == top) {
                  kernel.copy(tangent, reached);
                }
              });
      normalise(reached);
      network
          .pass()
          .backward(
              top,
              reached,
              (node, gradient) -> {
                if (node == bottom) {
                  pass.jacobian = JacobianMoments.of(lnTangents, squares(gradient), depth);
                }
              });
    }
  }

  /** Squared lengths, of each input or of the batch. */
  private double[] squares(Matrix columns) {
    double[] squares = network.squares(columns);
    return network.isCoupled() ? new double[] {Arrays.stream(squares).sum()} : squares;
  }

  private void normalise(Matrix columns) {
    double[] squares = squares(columns);
    int each = columns.columns() / squares.length;
    double[] scale = new double[columns.columns()];
    Arrays.setAll(scale, j -> squares[j / each] > 0 ? 1 / Math.sqrt(squares[j / each]) : 0);
    kernel.scaleColumns(scale, columns);
  }
}
