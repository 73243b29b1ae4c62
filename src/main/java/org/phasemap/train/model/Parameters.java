package org.phasemap.train.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.data.DataSet;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.kernel.Weights;
import org.phasemap.network.NetworkConfig;
import org.phasemap.spec.Recipe;

/**
 * Weights, biases and masks of networks of one shape, side by side; or anything else of that shape.
 *
 * @param layers the L hidden layers, then the read-out
 */
public record Parameters(List<Layer> layers) {
  /**
   * Draws networks. Hidden layer l takes the streams of layer l, the read-out those of layer 0, so
   * that networks of different depths share both.
   *
   * @param arena owner of the parameters
   * @param networks of one depth and width
   * @param recipe says whether there are biases, how large the read-out is, and its outputs
   * @param data its examples are the first fan-in
   */
  public static Parameters draw(
      Kernel kernel,
      Arena arena,
      List<NetworkConfig> networks,
      Recipe recipe,
      DataSet data,
      Replicate replicate) {
    NetworkConfig shape = networks.get(0);
    List<Layer> layers = new ArrayList<>();
    for (int l = 1; l <= shape.depth() + 1; l++) {
      boolean readout = l > shape.depth();
      Layer layer =
          zeros(
              arena,
              networks,
              recipe,
              readout ? recipe.loss().outputs(data) : shape.width(),
              l == 1 ? data.dimension() : shape.width());
      for (int k = 0; k < networks.size(); k++) {
        draw(kernel, networks.get(k), recipe, layer.view(k, 1), readout ? 0 : l, replicate);
      }
      layers.add(layer);
    }
    return new Parameters(List.copyOf(layers));
  }

  private static Layer zeros(
      Arena arena, List<NetworkConfig> networks, Recipe recipe, int fanOut, int fanIn) {
    boolean masked = networks.stream().anyMatch(network -> network.keepProbability() < 1);
    int count = networks.size();
    @Nullable Blocks bias = recipe.biases() ? arena.blocks(fanOut, 1, count) : null;
    return new Layer(
        arena.blocks(fanOut, fanIn, count),
        bias,
        masked ? arena.blocks(fanOut, fanIn, count) : null);
  }

  /**
   * Draws one network's layer.
   *
   * @param index of the layer from 1; 0 for the read-out
   */
  private static void draw(
      Kernel kernel,
      NetworkConfig network,
      Recipe recipe,
      Layer layer,
      int index,
      Replicate replicate) {
    boolean readout = index == 0;
    double scale = readout ? recipe.readoutScale() : 1;
    Weights.draw(
        kernel,
        network.weightLaw(),
        scale * scale * network.sigmaW2(),
        replicate.stream(index, readout ? Purpose.READOUT : Purpose.WEIGHTS),
        layer.weights().block(0));
    if (layer.bias() != null) {
      Weights.drawBias(
          kernel,
          network.sigmaB2(),
          replicate.stream(index, readout ? Purpose.READOUT_BIAS : Purpose.BIASES),
          layer.bias().block(0));
    }
    if (layer.mask() != null) {
      Weights.drawMask(
          kernel,
          network.keepProbability(),
          replicate.stream(index, readout ? Purpose.READOUT_MASK : Purpose.MASK),
          layer.mask().block(0));
      layer.applyMask(kernel, layer);
    }
  }

  /** How many networks there are. */
  public int count() {
    return layers.get(0).weights().count();
  }

  /** Some of the networks, sharing their memory. */
  public Parameters view(int first, int count) {
    return new Parameters(layers.stream().map(layer -> layer.view(first, count)).toList());
  }

  /** Zeros of the same shape, without masks. */
  public Parameters zeros(Arena arena) {
    return new Parameters(layers.stream().map(layer -> layer.zeros(arena)).toList());
  }

  /** The numbers of the only network. */
  public List<LayerValues> read() {
    return layers.stream().map(Layer::read).toList();
  }

  /** Overwrites weights and biases of the only network. */
  public void write(List<LayerValues> values) {
    for (int l = 0; l < layers.size(); l++) {
      layers.get(l).write(values.get(l));
    }
  }

  /** Copies one network's share over another's. */
  public void move(Kernel kernel, int from, int to) {
    layers.forEach(layer -> layer.move(kernel, from, to));
  }
}
