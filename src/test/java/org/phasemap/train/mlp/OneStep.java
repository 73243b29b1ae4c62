package org.phasemap.train.mlp;

import java.util.List;
import org.phasemap.data.DataSet;
import org.phasemap.data.Digits;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.NetworkConfig;
import org.phasemap.spec.Loss;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.Recipe;
import org.phasemap.train.Recipes;
import org.phasemap.train.ReferenceNetwork;
import org.phasemap.train.TestKernels;
import org.phasemap.train.loss.Criteria;
import org.phasemap.train.loss.Criterion;
import org.phasemap.train.model.Arena;
import org.phasemap.train.model.LayerValues;
import org.phasemap.train.model.Minibatches;
import org.phasemap.train.model.Parameters;
import org.phasemap.train.model.Replicate;
import org.phasemap.train.update.Optimisers;
import org.phasemap.train.update.Updates;

/**
 * Steps of an optimiser on the first minibatch of the digits, as the kernel takes them.
 *
 * @param start parameters before
 * @param drawn the same as numbers
 * @param x x[example][component]
 * @param labels of the examples
 * @param loss of the minibatch before the first step
 * @param gradient of that loss
 * @param end parameters after the last step
 */
@SuppressWarnings("ArrayRecordComponent")
public record OneStep(
    ReferenceNetwork start,
    List<LayerValues> drawn,
    double[][] x,
    int[] labels,
    double loss,
    ReferenceNetwork gradient,
    ReferenceNetwork end) {
  public static final double LEARNING_RATE = 0.1;
  private static final DataSet DIGITS = Digits.load();

  public static OneStep take(NetworkConfig network, int batch) {
    return take(network, Loss.CROSS_ENTROPY, new Optimiser.Sgd(), LEARNING_RATE, batch, 1);
  }

  public static OneStep take(
      NetworkConfig network, Loss loss, Optimiser optimiser, double rate, int batch, int steps) {
    Replicate replicate = new Replicate(1, 0);
    int inputs = DIGITS.dimension();
    int outputs = loss.outputs(DIGITS);
    Recipe recipe = Recipes.of(Recipes.sgd(batch, steps, rate, 0.9)).with(loss).recipe();
    try (Kernel kernel = TestKernels.fastest();
        Arena arena = new Arena(kernel)) {
      Minibatches batches = new Minibatches(kernel, arena, DIGITS.train(), batch, replicate);
      Parameters parameters =
          Parameters.draw(kernel, arena, List.of(network), recipe, DIGITS, replicate);
      Backpropagation pass = new Backpropagation(kernel, arena, network, inputs, outputs, batch, 1);
      List<LayerValues> drawn = parameters.read();
      ReferenceNetwork start = ReferenceNetwork.of(network.activation(), parameters);
      RecordedGradient recorded = new RecordedGradient(kernel, start.zeros());
      Updates updates = Optimisers.updates(optimiser, kernel, arena, parameters);
      float[] logitGradient = new float[pass.logitStep()];
      batches.advance();
      Criterion criterion = Criteria.of(loss, outputs).of(batches.features());
      float[] logits = pass.forward(parameters, batches.features());
      double before = criterion.gradient(logits, 0, batches.labels(), logitGradient);
      pass.backward(parameters, logitGradient, recorded);
      for (int step = 0; step < steps; step++) {
        logits = pass.forward(parameters, batches.features());
        criterion.gradient(logits, 0, batches.labels(), logitGradient);
        updates.begin(parameters, new double[] {rate});
        pass.backward(parameters, logitGradient, updates);
      }
      return new OneStep(
          start,
          drawn,
          examples(batches.features(), inputs),
          batches.labels(),
          before,
          recorded.gradient(),
          ReferenceNetwork.of(network.activation(), parameters));
    }
  }

  private static double[][] examples(float[] features, int inputs) {
    double[][] x = new double[features.length / inputs][inputs];
    for (int k = 0; k < features.length; k++) {
      x[k / inputs][k % inputs] = features[k];
    }
    return x;
  }
}
