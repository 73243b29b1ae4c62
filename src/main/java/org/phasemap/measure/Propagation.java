package org.phasemap.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.measure.PropagationResult.Category;
import org.phasemap.measure.PropagationResult.Profile;
import org.phasemap.measure.PropagationResult.Signal;
import org.phasemap.measure.PropagationResult.Spectrum;
import org.phasemap.measure.VariantState.Backward;
import org.phasemap.measure.input.InputRelations;
import org.phasemap.measure.result.Curvature;
import org.phasemap.measure.result.FirstSteps;
import org.phasemap.measure.result.KernelSpectrum;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.PanelShape;
import org.phasemap.spec.Inputs;
import org.phasemap.spec.Spec.Probe;

/**
 * Measures a unit's MLPs: one draw of each layer for all σ_w, σ_b, activations and depths, forward
 * once to the largest depth, backward once for each.
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
    boolean backward = PanelShape.hasBackward(task);
    try (Matrix inputs = InputColumns.draw(kernel, task.inputs(), unit.seed());
        Connections connections = connections(kernel, unit, inputs)) {
      int m = inputs.columns();
      List<Panel> panels =
          Panel.of(
              unit,
              kernel.gram(inputs, m),
              m,
              backward && (connections.needsActivations() || task.hasOutputKernel()));
      List<PropagationResult> results = new ArrayList<>();
      ForwardPass forwards = new ForwardPass(kernel, connections, task.probes());
      BackwardPass backwards = new BackwardPass(kernel, connections, task);
      for (List<Panel> together : connections.together(panels)) {
        try {
          forwards.run(together);
          if (backward) {
            backwards.run(together);
          }
          probeWeights(kernel, connections, task, together);
          together.forEach(panel -> addResults(unit, task, panel, connections.relations, results));
        } finally {
          together.forEach(Panel::close);
        }
      }
      return results;
    }
  }

  /** Opens the unit's sampler. */
  private static Connections connections(Kernel kernel, Unit unit, Matrix inputs) {
    return switch (unit.sampler()) {
      case DENSE -> new DenseConnections(kernel, unit, inputs);
      case WEIGHT_FREE -> new WeightFreeConnections(kernel, unit, inputs);
    };
  }

  private static void probeWeights(
      Kernel kernel, Connections connections, Task.Propagation task, List<Panel> panels) {
    if (!task.needsWeights()) {
      return;
    }
    if (!(connections instanceof DenseConnections dense)) {
      throw new IllegalArgumentException("no weights to probe: " + task.probes());
    }
    if (task.probes().contains(Probe.JACOBIAN_LARGEST)) {
      new LargestSingularValue(kernel, dense).run(panels);
    }
    if (task.probes().contains(Probe.JACOBIAN_SPECTRUM)) {
      new SingularValues(kernel, dense).run(panels);
    }
    if (task.hasOutputKernel()) {
      new OutputKernels(kernel, dense, task.outputs()).run(panels);
    }
  }

  private static void addResults(
      Unit unit,
      Task.Propagation task,
      Panel panel,
      InputRelations relations,
      List<PropagationResult> results) {
    for (int v = 0; v < panel.variants().size(); v++) {
      RoundingNoise noise =
          task.hasKernel() ? new RoundingNoise(panel, v, task.inputs(), relations) : null;
      for (Cell cell : panel.variants().get(v).cells()) {
        results.add(result(cell, unit.replicate(), task, panel, v, noise));
      }
    }
  }

  private static PropagationResult result(
      Cell cell,
      int replicate,
      Task.Propagation task,
      Panel panel,
      int v,
      @Nullable RoundingNoise noise) {
    VariantState variant = panel.variants().get(v);
    Inputs inputs = task.inputs();
    int depth = cell.network().depth();
    Backward pass = variant.backward(depth);
    if (pass == null) {
      throw new IllegalStateException("depth " + depth + " was not measured");
    }
    boolean hasGradient = task.probes().contains(Probe.GRADIENT);
    boolean hasNtk = task.probes().contains(Probe.NTK);
    boolean hasCurvature = task.probes().contains(Probe.CURVATURE);
    boolean hasSignal = task.probes().contains(Probe.SIGNAL);
    Signal[] signal = new Signal[hasSignal ? depth : 0];
    Arrays.setAll(signal, l -> variant.signal(l + 1));
    double[] lnGradient = hasGradient ? means(pass.lnDelta) : new double[0];
    double[] lnWeightGradient = hasGradient ? means(pass.lnWeightGradient) : new double[0];
    KernelSpectrum standardNtk =
        noise != null && (hasNtk || hasCurvature)
            ? noise.spectrum(pass.standardTheta, depth)
            : KernelSpectrum.ABSENT;
    Curvature squaredError =
        hasCurvature ? Curvature.ofSquaredError(standardNtk, inputs.count()) : Curvature.ABSENT;
    OutputKernel outputs = pass.outputs;
    double bottom = hasGradient ? lnGradient[0] : 0;
    double top = hasGradient ? lnGradient[depth - 1] : 0;
    return new PropagationResult(
        cell,
        replicate,
        category(variant.signal(depth).q(), bottom, top),
        hasSignal ? variant.signal(depth) : Signal.ABSENT,
        hasSignal
            ? lnNormRatio(panel.gram(depth, v), cell.network().width(), panel.gram(0, v), inputs)
            : Double.NaN,
        hasGradient ? finiteOrNan(bottom - top) : Double.NaN,
        hasGradient ? finiteOrNan(lnWeightGradient[0] - lnWeightGradient[depth - 1]) : Double.NaN,
        noise != null && hasNtk ? noise.spectrum(pass.theta, depth) : KernelSpectrum.ABSENT,
        hasNtk ? standardNtk : KernelSpectrum.ABSENT,
        task.probes().contains(Probe.OPTIMISER)
            ? FirstSteps.of(cell.network(), pass.batchGradient, inputs.count(), inputs.dimension())
            : FirstSteps.ABSENT,
        task.probes().contains(Probe.PRECISION)
            ? Precision.of(variant.formats(), List.of(pass.formats))
            : Precision.ABSENT,
        task.probes().contains(Probe.JACOBIAN)
            ? JacobianMoments.of(variant.lnTangents(), pass.tangentSquares, depth)
            : JacobianMoments.ABSENT,
        new Spectrum(finiteOrNan(pass.lnLargestSquare), pass.squaredSingularValues),
        task.probes().contains(Probe.NTK_LAYERS)
            ? KernelLayers.of(pass.layerTrace, pass.standardLayerTrace, inputs.count())
            : KernelLayers.ABSENT,
        outputs == null || noise == null || !hasNtk
            ? KernelSpectrum.ABSENT
            : noise.spectrum(outputs.theta(), depth),
        outputs == null || !hasCurvature ? squaredError : outputs.squaredError(),
        outputs == null || !hasCurvature ? Curvature.ABSENT : outputs.crossEntropy(),
        new Profile(signal, lnGradient, lnWeightGradient));
  }

  /** From HᵀH of layer L and from XᵀX. */
  private static double lnNormRatio(double[] gram, int width, double[] inputGram, Inputs inputs) {
    int m = inputs.count();
    double sum = 0;
    for (int a = 0; a < m; a++) {
      int at = a * m + a;
      sum += Math.log(gram[at] / width / (inputGram[at] / inputs.dimension()));
    }
    return finiteOrNan(sum / m);
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

  /** The mean of each row. */
  private static double[] means(double[][] rows) {
    return Arrays.stream(rows).mapToDouble(Propagation::mean).toArray();
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
