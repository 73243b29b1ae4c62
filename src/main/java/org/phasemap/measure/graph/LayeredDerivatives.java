package org.phasemap.measure.graph;

import java.util.Arrays;
import java.util.List;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.graph.GraphPass;
import org.phasemap.measure.finding.DerivativeMoments;
import org.phasemap.network.Equation;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.quantity.Probe;

/**
 * Sends points x of a network u(x) up beside their derivatives, and the gradient of u″ down through
 * all three.
 */
final class LayeredDerivatives {
  /** u, u′ and u″. */
  private static final int ORDERS = 3;

  private final Kernel kernel;
  private final LayeredNetwork network;
  private final Equation equation;
  private final boolean hasKernel;

  LayeredDerivatives(LayeredNetwork network, Equation equation, List<Probe> probes) {
    this.network = network;
    hasKernel = probes.contains(Probe.GRADIENT);
    this.equation = equation;
    kernel = network.kernel();
  }

  /**
   * What the network is at some points.
   *
   * @param inputs 1 × m
   */
  DerivativeMoments at(Matrix inputs) {
    LayerGraph jets = network.graph().jets();
    int points = inputs.columns();
    try (GraphPass pass = new GraphPass(kernel, jets, network.network().activation(), points)) {
      pass.forward(network.parameters(), inputs);
      LayeredNetwork beside =
          new LayeredNetwork(kernel, network.network(), jets, network.parameters(), pass, points);
      double[] source = new double[points];
      float[] x = inputs.read();
      Arrays.setAll(source, a -> equation.source(x[a]));
      return new DerivativeMoments(
          outputs(beside), layers(beside), source, hasKernel ? kernels(beside) : new double[0]);
    }
  }

  private static double[][] outputs(LayeredNetwork beside) {
    Node readout = beside.node(beside.graph().readout());
    double[][] moments = squares(beside, beside.pass().value(readout.from().get(0)));
    double kept = beside.network().keepProbability() * beside.weightVariance(readout);
    for (int order = 0; order < ORDERS; order++) {
      for (int a = 0; a < beside.inputs(); a++) {
        moments[order][a] *= kept;
      }
    }
    for (int a = 0; a < beside.inputs(); a++) {
      moments[0][a] += beside.network().sigmaB2();
    }
    return moments;
  }

  private static double[][] layers(LayeredNetwork beside) {
    double[][] means = new double[ORDERS][beside.depth()];
    for (int layer = 1; layer <= beside.depth(); layer++) {
      Matrix z = beside.z(layer);
      double[][] squares = squares(beside, z);
      for (int order = 0; order < ORDERS; order++) {
        double sum = Arrays.stream(squares[order]).sum();
        means[order][layer - 1] = sum / z.rows() / beside.inputs();
      }
    }
    return means;
  }

  /** Squared lengths of each of the three at each point, [order][point]. */
  private static double[][] squares(LayeredNetwork beside, Matrix jets) {
    double[] columns = LayeredNetwork.squares(jets.read(), jets.columns());
    double[][] squares = new double[ORDERS][beside.inputs()];
    for (int j = 0; j < columns.length; j++) {
      squares[j % ORDERS][j / ORDERS] = columns[j];
    }
    return squares;
  }

  /** ‖∂u″/∂θ‖² at each point. */
  private double[] kernels(LayeredNetwork beside) {
    double[] sums = new double[beside.inputs()];
    try (Matrix start = kernel.scratch(1, ORDERS * beside.inputs())) {
      float[] second = new float[start.columns()];
      for (int j = ORDERS - 1; j < second.length; j += ORDERS) {
        second[j] = 1;
      }
      start.write(second);
      beside
          .pass()
          .backward(
              beside.graph().readout(),
              start,
              (node, gradient) -> {
                if (beside.isWeighted(node)) {
                  add(beside, node, gradient, sums);
                }
              });
    }
    return sums;
  }

  private static void add(LayeredNetwork beside, int node, Matrix gradient, double[] sums) {
    int points = beside.inputs();
    boolean biased = beside.parameters().of(node).bias() != null;
    double sigmaB2 = biased ? beside.network().sigmaB2() : 0;
    double variance = beside.weightVariance(beside.node(node));
    try (NodeGradients gradients = new NodeGradients(beside, node, points)) {
      for (int a = 0; a < points; a++) {
        gradients.add(a, gradient, a, 1);
      }
      double[] weights = gradients.products(false);
      double[] biases = gradients.biasProducts();
      for (int a = 0; a < points; a++) {
        sums[a] += variance * weights[a * (points + 1)] + sigmaB2 * biases[a * (points + 1)];
      }
    }
  }
}
