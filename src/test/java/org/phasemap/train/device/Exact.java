package org.phasemap.train.device;

import java.util.List;
import java.util.Random;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.Unit;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Recipe;
import org.phasemap.train.DrawnStart;
import org.phasemap.train.ReferenceNetwork;
import org.phasemap.train.ReferenceOptimiser;
import org.phasemap.train.model.LayerValues;

/** Training in float64 from the same parameters on the same minibatches. */
final class Exact {
  private Exact() {}

  /**
   * Loss of each step's minibatch before its update.
   *
   * @param moved share of itself by which each parameter is moved at first, up or down at random
   */
  static double[] losses(Kernel kernel, Unit unit, NetworkConfig network, double moved) {
    Recipe recipe = OnDevice.recipe(unit);
    DrawnStart start =
        DrawnStart.of(kernel, network, recipe, OnDevice.data(unit), unit.seed(), unit.replicate());
    ReferenceNetwork now = network(network, start.layers(), moved);
    ReferenceOptimiser optimiser =
        new ReferenceOptimiser(
            recipe.optimiser(), ((LearningRate.Fixed) recipe.learningRate()).rate(), now);
    double[] losses = new double[recipe.steps()];
    for (int step = 0; step < losses.length; step++) {
      DrawnStart.Batch batch = start.batches().get(step);
      double[][] x = examples(batch);
      losses[step] = now.loss(x, batch.labels(), recipe.loss());
      now = optimiser.step(now, now.gradient(x, batch.labels(), recipe.loss()));
    }
    return losses;
  }

  private static ReferenceNetwork network(
      NetworkConfig network, List<LayerValues> layers, double moved) {
    Random random = new Random(5);
    double[][][] weights = new double[layers.size()][][];
    double[][] biases = new double[layers.size()][];
    for (int l = 0; l < weights.length; l++) {
      LayerValues layer = layers.get(l);
      weights[l] = new double[layer.fanOut()][layer.fanIn()];
      biases[l] = new double[layer.fanOut()];
      for (int i = 0; i < layer.fanOut(); i++) {
        for (int j = 0; j < layer.fanIn(); j++) {
          double factor = 1 + (random.nextBoolean() ? moved : -moved);
          weights[l][i][j] = factor * layer.weights()[j * layer.fanOut() + i];
        }
        biases[l][i] = layer.bias() == null ? 0 : layer.bias()[i];
      }
    }
    return new ReferenceNetwork(network.activation(), weights, biases);
  }

  private static double[][] examples(DrawnStart.Batch batch) {
    int count = batch.labels().length;
    int inputs = batch.features().length / count;
    double[][] x = new double[count][inputs];
    for (int k = 0; k < batch.features().length; k++) {
      x[k / inputs][k % inputs] = batch.features()[k];
    }
    return x;
  }
}
