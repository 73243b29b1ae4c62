package org.phasemap.train.mlp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.Activation;
import org.phasemap.network.NetworkConfig;
import org.phasemap.train.model.Arena;
import org.phasemap.train.model.GradientSink;
import org.phasemap.train.model.Layer;
import org.phasemap.train.model.Parameters;
import org.phasemap.train.model.Pass;

/** Forward and backward passes of networks side by side over the same batches of a fixed size. */
final class Backpropagation implements Pass {
  private final Kernel kernel;
  private final Activation activation;
  private final int depth;
  private final Blocks input;
  private final Buffers all;
  private Buffers used;

  /**
   * What a pass leaves behind, for each network.
   *
   * @param slopes pre-activations of each layer on the way up, then φ′ of them, n × batch
   * @param a activations of each layer
   * @param deltas two of n × batch
   * @param logits classes × batch
   * @param logitGradient classes × batch
   */
  private record Buffers(
      List<Blocks> slopes,
      List<Blocks> a,
      List<Blocks> deltas,
      Blocks logits,
      Blocks logitGradient) {
    Buffers view(int count) {
      return new Buffers(
          view(slopes, count),
          view(a, count),
          view(deltas, count),
          logits.view(0, count),
          logitGradient.view(0, count));
    }

    private static List<Blocks> view(List<Blocks> blocks, int count) {
      return blocks.stream().map(b -> b.view(0, count)).toList();
    }
  }

  /**
   * @param arena owner of the buffers: 2L + 2 of width × batch for each network and some small ones
   * @param shape its activation, depth and width are those of all networks
   * @param inputs n₀, components of an example
   * @param classes number of logits
   * @param batch examples of every pass
   * @param count most networks of a pass
   */
  Backpropagation(
      Kernel kernel,
      Arena arena,
      NetworkConfig shape,
      int inputs,
      int classes,
      int batch,
      int count) {
    this.kernel = kernel;
    this.activation = shape.activation();
    this.depth = shape.depth();
    this.input = arena.blocks(inputs, batch, 1);
    int width = shape.width();
    this.all =
        new Buffers(
            many(arena, width, batch, count, depth),
            many(arena, width, batch, count, depth),
            many(arena, width, batch, count, 2),
            arena.blocks(classes, batch, count),
            arena.blocks(classes, batch, count));
    this.used = all;
  }

  private static List<Blocks> many(Arena arena, int rows, int columns, int count, int number) {
    List<Blocks> blocks = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      blocks.add(arena.blocks(rows, columns, count));
    }
    return blocks;
  }

  @Override
  public int logitStep() {
    return all.logits.step();
  }

  @Override
  public float[] forward(Parameters parameters, float[] features) {
    int count = parameters.count();
    if (used.logits.count() != count) {
      used = all.view(count);
    }
    input.block(0).write(features);
    Blocks a = input;
    for (int l = 0; l < depth; l++) {
      Blocks z = used.slopes.get(l);
      apply(parameters.layers().get(l), a, z);
      a = used.a.get(l);
      kernel.activateAndDerive(activation, z.all(), a.all());
    }
    apply(parameters.layers().get(depth), a, used.logits);
    return used.logits.all().read();
  }

  @Override
  public void backward(Parameters parameters, float[] gradient, GradientSink sink) {
    factors(parameters, gradient, (products, layer) -> sink.accept(layer, products));
  }

  /** As {@link #backward}; layer 0 is the first hidden one, L the read-out. */
  void factors(Parameters parameters, float[] gradient, ObjIntConsumer<OuterProducts> sink) {
    used.logitGradient.all().write(gradient);
    Blocks delta = used.logitGradient;
    for (int l = depth; l > 0; l--) {
      Blocks below = used.deltas.get(l % 2);
      kernel.multiplyTransposed(parameters.layers().get(l).weights(), delta, below);
      kernel.multiplyElements(used.slopes.get(l - 1).all(), below.all());
      sink.accept(new OuterProducts(delta, used.a.get(l - 1)), l);
      delta = below;
    }
    sink.accept(new OuterProducts(delta, input), 0);
  }

  private void apply(Layer layer, Blocks a, Blocks z) {
    kernel.multiply(layer.weights(), a, z);
    if (layer.bias() != null) {
      kernel.addBias(layer.bias(), z);
    }
  }
}
