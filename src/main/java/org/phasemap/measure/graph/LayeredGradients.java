package org.phasemap.measure.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.Stream;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.measure.finding.FormatCounts;
import org.phasemap.measure.finding.VariantState.Backward;
import org.phasemap.measure.result.FirstSteps.LayerWeights;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.Probe;

/** Sends the gradient of the read-out down and takes what the probes want on its way. */
final class LayeredGradients {
  private final LayeredNetwork network;
  private final Kernel kernel;
  private final Unit unit;
  private final int inputs;
  private final boolean pairs;
  private final boolean weightGradients;
  private final boolean formats;
  private final boolean needed;

  /**
   * @param task what is wanted
   */
  LayeredGradients(LayeredNetwork network, Task.Propagation task, Unit unit) {
    this.network = network;
    this.unit = unit;
    kernel = network.kernel();
    inputs = network.inputs();
    pairs = task.hasGradientPairs();
    weightGradients = pairs || task.probes().contains(Probe.GRADIENT);
    formats = task.probes().contains(Probe.PRECISION);
    needed = weightGradients || formats;
  }

  /** Fills what gradients say of a network. */
  void fill(Backward pass) {
    if (!needed) {
      return;
    }
    LayerSums sums = new LayerSums(network, pairs);
    try (Matrix start = kernel.scratch(1, inputs)) {
      start.write(network.isCoupled() ? signs() : ones());
      network
          .pass()
          .backward(
              network.graph().readout(),
              start,
              (node, gradient) -> take(node, gradient, pass, sums));
    }
    if (network.isCoupled() && pairs) {
      takeOneByOne(sums);
    }
    if (weightGradients) {
      sums.fill(pass);
      pass.layerWeights = LayerWeights.of(network.network(), network.graph());
    }
  }

  private void take(int node, Matrix gradient, Backward pass, LayerSums sums) {
    int layer = network.graph().layers().indexOf(node) + 1;
    if (layer > 0) {
      pass.lnDelta[layer - 1] =
          Arrays.stream(network.squares(gradient)).map(Math::log).average().orElseThrow();
      if (formats) {
        pass.formats[layer - 1] = FormatCounts.ofGradients(kernel, gradient);
      }
    }
    if (weightGradients && network.isWeighted(node)) {
      if (network.isCoupled()) {
        sums.addSigned(node, gradient);
      } else {
        sums.addInputs(node, gradient);
      }
    }
  }

  /** ∂f_i of each output, side by side. */
  private void takeOneByOne(LayerSums sums) {
    List<Matrix> starts = new ArrayList<>();
    try {
      for (int i = 0; i < inputs; i++) {
        float[] one = new float[inputs];
        one[i] = 1;
        Matrix start = kernel.scratch(1, inputs);
        start.write(one);
        starts.add(start);
      }
      network
          .pass()
          .backward(
              network.graph().readout(),
              starts,
              (node, gradients) -> {
                if (network.isWeighted(node)) {
                  sums.addOutputs(node, gradients);
                }
              });
    } finally {
      starts.forEach(Matrix::close);
    }
  }

  private float[] ones() {
    float[] ones = new float[inputs];
    Arrays.fill(ones, 1);
    return ones;
  }

  private float[] signs() {
    try (Matrix uniforms = kernel.scratch(1, inputs)) {
      kernel.fillUniform(uniforms, new Stream(unit.seed(), unit.replicate(), 0, Purpose.SIGNS));
      float[] signs = uniforms.read();
      for (int i = 0; i < inputs; i++) {
        signs[i] = signs[i] < 0.5f ? -1 : 1;
      }
      return signs;
    }
  }
}
