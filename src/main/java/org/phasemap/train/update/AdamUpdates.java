package org.phasemap.train.update;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.phasemap.kernel.AdamStep;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.spec.Optimiser;
import org.phasemap.train.model.Arena;
import org.phasemap.train.model.Layer;
import org.phasemap.train.model.LayerGradient;
import org.phasemap.train.model.Parameters;

/** Adam; dropped weights stay zero. */
final class AdamUpdates implements Updates {
  private final Kernel kernel;
  private final Optimiser.Adam adam;
  private final Parameters firsts;
  private final Parameters seconds;
  private final List<Layer> gradients;
  private final double[] ones;
  private Parameters parameters;
  private double[] rates = {};
  private int step;

  AdamUpdates(Kernel kernel, Arena arena, Parameters parameters, Optimiser.Adam adam) {
    this.kernel = kernel;
    this.adam = adam;
    this.firsts = parameters.zeros(arena);
    this.seconds = parameters.zeros(arena);
    this.gradients = gradients(arena, parameters.layers());
    this.parameters = parameters;
    this.ones = new double[parameters.count()];
    Arrays.fill(ones, 1);
  }

  /**
   * Room for the gradient of each layer: one for neighbours of the same shape, biases included, so
   * that it stays in the cache.
   */
  private static List<Layer> gradients(Arena arena, List<Layer> layers) {
    List<Layer> gradients = new ArrayList<>();
    for (int l = 0; l < layers.size(); l++) {
      boolean alike = l > 0 && layers.get(l).isLike(layers.get(l - 1));
      gradients.add(alike ? gradients.get(l - 1) : layers.get(l).zeros(arena));
    }
    return List.copyOf(gradients);
  }

  @Override
  public void begin(Parameters parameters, double[] rates) {
    this.parameters = parameters;
    this.rates = rates;
    step++;
  }

  @Override
  public void accept(int index, LayerGradient made) {
    int count = parameters.count();
    Layer layer = parameters.layers().get(index);
    Layer gradient = gradients.get(index).view(0, count);
    Layer first = firsts.layers().get(index).view(0, count);
    Layer second = seconds.layers().get(index).view(0, count);
    made.addTo(kernel, ones, 0, gradient);
    for (int k = 0; k < count; k++) {
      AdamStep move = step(rates[k]);
      update(move, k, gradient.weights(), first.weights(), second.weights(), layer.weights());
      if (layer.bias() != null
          && gradient.bias() != null
          && first.bias() != null
          && second.bias() != null) {
        update(move, k, gradient.bias(), first.bias(), second.bias(), layer.bias());
      }
    }
    layer.applyMask(kernel, layer);
  }

  private void update(
      AdamStep move, int k, Blocks gradient, Blocks first, Blocks second, Blocks target) {
    kernel.adam(move, gradient.block(k), first.block(k), second.block(k), target.block(k));
  }

  private AdamStep step(double rate) {
    return new AdamStep(
        rate,
        adam.beta1(),
        adam.beta2(),
        adam.epsilon(),
        1 - Math.pow(adam.beta1(), step),
        1 - Math.pow(adam.beta2(), step));
  }

  @Override
  public void move(int from, int to) {
    firsts.move(kernel, from, to);
    seconds.move(kernel, from, to);
  }
}
