package org.phasemap.measure;

import java.util.List;
import org.phasemap.kernel.Activity;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.measure.PropagationResult.Signal;
import org.phasemap.spec.Spec.Probe;

/** Sends the inputs up through all panels at once, layer by layer: one draw of G_l serves all. */
final class ForwardPass {
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

  /** Fills the panels' signals, Gram matrices, activations and derivatives. */
  void run(List<Panel> panels) {
    int depth = panels.stream().mapToInt(Panel::depth).max().orElseThrow();
    try (Matrix z = kernel.matrix(connections.width(), panels.get(0).columns())) {
      for (int layer = 1; layer <= depth; layer++) {
        connections.enterUpwards(layer);
        for (Panel panel : panels) {
          if (layer <= panel.depth()) {
            double[] gramZ = connections.up(panel, z);
            activate(panel, z, gramZ);
          }
        }
      }
    }
  }

  private void activate(Panel panel, Matrix z, double[] gramZ) {
    Matrix h = panel.addActivation(kernel, connections.width());
    Matrix derivative = panel.addDerivative(kernel, connections.width());
    for (int v = 0; v < panel.variants().size(); v++) {
      VariantState variant = panel.variants().get(v);
      Activity activity =
          kernel.activate(
              variant.variant().activation(),
              panel.block(z, v),
              panel.block(h, v),
              panel.block(derivative, v));
      variant.addSignal(signal(gramZ, v * count * count, activity));
      if (formats) {
        variant.addFormats(kernel, panel.block(h, v));
      }
    }
    panel.addGram(kernel.gram(h, count));
  }

  /** Statistics of one variant's layer, in float64, from zᵀz at an offset. */
  private Signal signal(double[] gramZ, int offset, Activity activity) {
    double square = 0;
    double cosines = 0;
    for (int a = 0; a < count; a++) {
      square += gramZ[offset + a * count + a];
      for (int b = 0; b < a; b++) {
        double norms = gramZ[offset + a * count + a] * gramZ[offset + b * count + b];
        cosines += gramZ[offset + a * count + b] / Math.sqrt(norms);
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
