package org.phasemap.measure.mlp;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.measure.finding.VariantState;
import org.phasemap.measure.finding.VariantState.Backward;
import org.phasemap.measure.linear.Eigenvalues;
import org.phasemap.measure.linear.SpectralRadius;
import org.phasemap.quantity.Probe;

/**
 * J = ∂z_L/∂z_1 at the first input, the layers multiplied out in float32: all of its singular
 * values, from the eigenvalues of J Jᵀ in float64, and the largest modulus of its own eigenvalues.
 *
 * <p>One input's: an average of sorted values over inputs would be sharper than the shape that is
 * asked for.
 */
final class ExplicitJacobian {
  /** A square this far below the largest is off by several per cent, a smaller one by more. */
  private static final double ROUNDING = 1e-12;

  private final Kernel kernel;
  private final DenseConnections connections;
  private final List<Probe> probes;

  ExplicitJacobian(Kernel kernel, DenseConnections connections, List<Probe> probes) {
    this.probes = probes;
    this.kernel = kernel;
    this.connections = connections;
  }

  /** Fills what the probes want of the panels' variants. */
  void run(List<Panel> panels) {
    for (Panel panel : panels) {
      for (int v = 0; v < panel.variants().size(); v++) {
        run(panel, v);
      }
    }
  }

  private void run(Panel panel, int v) {
    VariantState variant = panel.variants().get(v);
    JacobianLayers layers = new JacobianLayers(kernel, connections.network, panel, v);
    Matrix transposed = identity();
    try {
      for (int layer = 1; layer <= variant.depth(); layer++) {
        if (layer > 1) {
          // Jᵀ D Gᵀ: what scales the rows of J scales its columns.
          kernel.scaleColumns(slopes(panel, v, layer - 1, layers), transposed);
          connections.enterDownwards(layer);
          Matrix next = kernel.matrix(transposed.rows(), transposed.columns());
          kernel.addOuterProduct(1, transposed, connections.weights(), next);
          transposed.close();
          transposed = next;
        }
        Backward pass = variant.backward(layer);
        if (pass != null) {
          fill(pass, transposed, layers.lnGrowth(layer)[0]);
        }
      }
    } finally {
      transposed.close();
    }
  }

  private void fill(Backward pass, Matrix transposed, double lnGrowth) {
    if (probes.contains(Probe.JACOBIAN_SPECTRUM)) {
      pass.squaredSingularValues = squares(transposed, lnGrowth);
    }
    if (probes.contains(Probe.JACOBIAN_EIGENVALUES)) {
      pass.lnSpectralRadius = 2 * Math.log(spectralRadius(transposed)) + lnGrowth;
    }
  }

  /** Units whose slope is 0 have an empty column of J: it has an eigenvalue 0 more. */
  private static double spectralRadius(Matrix transposed) {
    float[] entries = transposed.read();
    int n = transposed.rows();
    int[] reached =
        IntStream.range(0, n)
            .filter(i -> IntStream.range(0, n).anyMatch(j -> entries[j * n + i] != 0))
            .toArray();
    double[] rows = new double[reached.length * reached.length];
    for (int i = 0; i < reached.length; i++) {
      for (int j = 0; j < reached.length; j++) {
        rows[i * reached.length + j] = entries[reached[i] * n + reached[j]];
      }
    }
    return SpectralRadius.of(rows, reached.length);
  }

  private Matrix identity() {
    int n = connections.width();
    float[] entries = new float[n * n];
    for (int i = 0; i < n; i++) {
      entries[i * (n + 1)] = 1;
    }
    Matrix identity = kernel.matrix(n, n);
    identity.write(entries);
    return identity;
  }

  /** φ′(z_l) of the first input, times the layer's factor. */
  private static double[] slopes(Panel panel, int v, int layer, JacobianLayers layers) {
    float[] slopes = panel.inputs(panel.derivative(layer), v).view(0, 1).read();
    double[] scaled = new double[slopes.length];
    Arrays.setAll(scaled, i -> slopes[i] * layers.scale(layer)[0]);
    return scaled;
  }

  private double[] squares(Matrix transposed, double lnGrowth) {
    int n = transposed.columns();
    double[] squares = Eigenvalues.of(kernel.gram(transposed, n), n);
    double growth = Math.exp(lnGrowth);
    double[] descending = new double[n];
    for (int i = 0; i < n; i++) {
      double square = squares[n - 1 - i];
      descending[i] = square >= ROUNDING * squares[n - 1] ? growth * square : Double.NaN;
    }
    return descending;
  }
}
