package org.phasemap.measure.mlp;

import java.util.Arrays;
import java.util.List;
import org.phasemap.kernel.Activity;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.measure.finding.Signal;
import org.phasemap.measure.finding.VariantState;
import org.phasemap.quantity.Probe;

/** Sends the inputs up through all panels at once, layer by layer: one draw of G_l serves all. */
final class ForwardPass {
  /** A factor that float32 holds. */
  private static final double MOST = 1e38;

  private final Kernel kernel;
  private final Connections connections;
  private final int count;
  private final boolean formats;

  /**
   * @param probes what is wanted; statistics of z_l and φ(z_l) always are
   */
  ForwardPass(Kernel kernel, Connections connections, List<Probe> probes) {
    this.kernel = kernel;
    this.connections = connections;
    formats = probes.contains(Probe.PRECISION);
    this.count = connections.inputs.columns();
  }

  /** Fills the panels' signals, Gram matrices, activations, derivatives and tangents. */
  void run(List<Panel> panels) {
    int depth = panels.stream().mapToInt(Panel::depth).max().orElseThrow();
    try (Matrix z = kernel.matrix(connections.width(), panels.get(0).columns())) {
      for (int layer = 1; layer <= depth; layer++) {
        connections.enterUpwards(layer);
        for (Panel panel : panels) {
          if (layer <= panel.depth()) {
            double[] gramZ = connections.up(panel, z);
            if (panel.hasTangents()) {
              sendTangents(panel, layer, z, gramZ);
            }
            activate(panel, z, gramZ);
          }
        }
      }
    }
  }

  private void sendTangents(Panel panel, int layer, Matrix z, double[] gramZ) {
    if (layer == 1) {
      startTangents(panel, z);
    } else {
      growTangents(panel, z, gramZ);
    }
    if (panel.depths().contains(layer)) {
      panel.keepTangents(kernel, layer, z);
    }
  }

  /** The tangents at z_1: random directions, equal for all variants. */
  private void startTangents(Panel panel, Matrix z) {
    try (Matrix start = connections.tangents()) {
      double[] squares = kernel.gram(start, 1);
      for (int v = 0; v < panel.variants().size(); v++) {
        kernel.copy(start, panel.tangents(z, v));
        normalise(panel.tangents(z, v), squares);
        panel.variants().get(v).startTangents();
      }
    }
  }

  /**
   * Takes the tangents' growth in this layer and brings them back to unit length, so that they do
   * not leave float32 before the signal does.
   */
  private void growTangents(Panel panel, Matrix z, double[] gramZ) {
    for (int v = 0; v < panel.variants().size(); v++) {
      double[] squares = panel.squaresOfTangents(gramZ, v);
      normalise(panel.tangents(z, v), squares);
      panel.variants().get(v).growTangents(squares);
    }
  }

  /**
   * To length 1. The factor of a tangent that has nearly died exceeds float32, and times 0 it would
   * be no number: then in two steps.
   */
  private void normalise(Matrix tangents, double[] squares) {
    double[] factors =
        Arrays.stream(squares).map(square -> square > 0 ? 1 / Math.sqrt(square) : 0).toArray();
    if (Arrays.stream(factors).allMatch(factor -> factor < MOST)) {
      kernel.scaleColumns(factors, tangents);
      return;
    }
    double[] roots = Arrays.stream(factors).map(f -> Math.min(MOST, Math.sqrt(f))).toArray();
    kernel.scaleColumns(roots, tangents);
    kernel.scaleColumns(roots, tangents);
  }

  private void activate(Panel panel, Matrix z, double[] gramZ) {
    Matrix h = panel.addActivation(kernel, connections.width());
    Matrix derivative = panel.addDerivative(kernel, connections.width());
    for (int v = 0; v < panel.variants().size(); v++) {
      VariantState variant = panel.variants().get(v);
      Activity activity =
          kernel.activate(
              variant.variant().activation(),
              panel.inputs(z, v),
              panel.inputs(h, v),
              panel.inputs(derivative, v));
      variant.addSignal(signal(panel.ofInputs(gramZ, v), activity));
      if (formats) {
        variant.addFormats(kernel, panel.inputs(h, v));
      }
      if (panel.hasTangents()) {
        kernel.copy(panel.inputs(derivative, v), panel.tangents(derivative, v));
        kernel.copy(panel.tangents(z, v), panel.tangents(h, v));
        kernel.multiplyElements(panel.tangents(derivative, v), panel.tangents(h, v));
      }
    }
    panel.addGram(connections.gram(h));
  }

  /** Statistics of one variant's layer, in float64, from zᵀz of its inputs. */
  private Signal signal(double[] gramZ, Activity activity) {
    double square = 0;
    double cosines = 0;
    double[] inverseNorm = new double[count];
    for (int a = 0; a < count; a++) {
      square += gramZ[a * count + a];
      inverseNorm[a] = 1 / Math.sqrt(gramZ[a * count + a]);
      for (int b = 0; b < a; b++) {
        cosines += gramZ[a * count + b] * inverseNorm[a] * inverseNorm[b];
      }
    }
    double entries = (double) connections.width() * count;
    return new Signal(
        square / entries,
        count == 1 ? Double.NaN : 2 * cosines / (count * (count - 1.0)),
        activity.sum() / entries,
        (double) activity.dead() / connections.width(),
        activity.saturated() / entries);
  }
}
