package org.phasemap.measure;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.measure.PropagationResult.Category;
import org.phasemap.measure.PropagationResult.Profile;
import org.phasemap.measure.PropagationResult.Signal;
import org.phasemap.measure.VariantState.Backward;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.spec.Spec.Probe;

/**
 * Measures a unit's networks: one draw of each layer for all σ_w, σ_b, activations and depths,
 * forward once to the largest depth, backward once for each.
 */
public final class Propagation {
  private Propagation() {}

  /**
   * One result for each cell of the unit, in no particular order.
   *
   * @throws IllegalArgumentException if the unit's task is not propagation
   */
  public static List<PropagationResult> measure(Kernel kernel, Unit unit) {
    if (!(unit.task() instanceof Task.Propagation task)) {
      throw new IllegalArgumentException("not a propagation unit: " + unit.task());
    }
    boolean kernels = task.probes().contains(Probe.NTK);
    boolean backward = kernels || task.probes().contains(Probe.GRADIENT);
    try (Matrix inputs = WhitenedInputs.draw(kernel, task.inputs(), unit.seed());
        Connections connections = Connections.open(kernel, unit, inputs)) {
      int m = inputs.columns();
      List<Panel> panels =
          Panel.of(unit, kernel.gram(inputs, m), m, backward && connections.needsActivations());
      try {
        new ForwardPass(kernel, connections).run(panels);
        if (backward) {
          new BackwardPass(kernel, connections, kernels).run(panels);
        }
      } finally {
        panels.forEach(Panel::close);
      }
      List<PropagationResult> results = new ArrayList<>();
      for (Panel panel : panels) {
        for (VariantState variant : panel.variants()) {
          for (Cell cell : variant.cells()) {
            results.add(result(cell, unit, task, variant, inputs.columns()));
          }
        }
      }
      return results;
    }
  }

  private static PropagationResult result(
      Cell cell, Unit unit, Task.Propagation task, VariantState variant, int m) {
    int depth = cell.network().depth();
    Backward pass = variant.backward(depth);
    if (pass == null) {
      throw new IllegalStateException("depth " + depth + " was not measured");
    }
    boolean hasGradient = task.probes().contains(Probe.GRADIENT);
    boolean hasNtk = task.probes().contains(Probe.NTK);
    boolean hasSignal = task.probes().contains(Probe.SIGNAL);
    Signal[] signal = new Signal[hasSignal ? depth : 0];
    for (int l = 0; l < signal.length; l++) {
      signal[l] = variant.signal(l + 1);
    }
    double[] lnGradient = new double[hasGradient ? depth : 0];
    for (int l = 0; l < lnGradient.length; l++) {
      lnGradient[l] = mean(pass.lnDelta[l]);
    }
    double bottom = hasGradient ? lnGradient[0] : 0;
    double top = hasGradient ? lnGradient[depth - 1] : 0;
    return new PropagationResult(
        cell,
        unit.replicate(),
        category(variant.signal(depth).q(), bottom, top),
        hasSignal ? variant.signal(depth) : Signal.ABSENT,
        hasGradient ? finiteOrNan(bottom - top) : Double.NaN,
        hasNtk ? KernelSpectrum.of(pass.theta, m) : KernelSpectrum.ABSENT,
        hasNtk ? KernelSpectrum.of(pass.standardTheta, m) : KernelSpectrum.ABSENT,
        new Profile(signal, lnGradient));
  }

  private static Category category(double q, double bottom, double top) {
    if (!(q + bottom + top < Double.POSITIVE_INFINITY)) {
      return Category.EXPLODED;
    }
    return q == 0 || bottom + top == Double.NEGATIVE_INFINITY ? Category.VANISHED : Category.FINITE;
  }

  private static double finiteOrNan(double x) {
    return Double.isFinite(x) ? x : Double.NaN;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
