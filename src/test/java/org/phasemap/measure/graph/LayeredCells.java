package org.phasemap.measure.graph;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.measure.Probers;
import org.phasemap.network.Architecture;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Unit.Sharing;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.spec.Inputs;

/** Cells of any architecture, measured over many networks. */
final class LayeredCells {
  private static final long SEED = 21;

  private LayeredCells() {}

  /** With normal weights and no mask. */
  static NetworkConfig network(
      Architecture architecture,
      String activation,
      int depth,
      int width,
      double sigmaW2,
      double sigmaB2) {
    return new NetworkConfig(
        architecture,
        Activations.parse(activation),
        depth,
        width,
        WeightLaw.NORMAL,
        sigmaW2,
        sigmaB2,
        1);
  }

  static Cell cell(NetworkConfig network, Inputs inputs, Probe... probes) {
    return new Cell(network, null, new Task.Propagation(inputs, List.of(probes)));
  }

  /** A number of each of so many networks. */
  static double[] measure(Cell cell, int networks, ToDoubleFunction<Measurement> number) {
    double[] values = new double[networks];
    try (Kernel kernel = Backends.fastest().open()) {
      for (int r = 0; r < networks; r++) {
        values[r] = number.applyAsDouble(measure(kernel, cell, r));
      }
    }
    return values;
  }

  static Measurement measure(Kernel kernel, Cell cell, int replicate) {
    return measure(kernel, cell, Sampler.DENSE, replicate);
  }

  static Measurement measure(Kernel kernel, Cell cell, Sampler sampler, int replicate) {
    Unit unit = new Unit(SEED, replicate, sampler, Sharing.INDEPENDENT, List.of(cell));
    return Probers.of(cell.network().architecture()).measure(kernel, unit).get(0);
  }
}
