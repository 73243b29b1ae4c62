package org.phasemap.train;

import java.util.List;
import org.phasemap.data.DataSet;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.Architecture;
import org.phasemap.network.NetworkConfig;
import org.phasemap.quantity.Measurement;
import org.phasemap.spec.Recipe;
import org.phasemap.train.graph.GraphModel;
import org.phasemap.train.mlp.MlpModel;
import org.phasemap.train.model.Arena;
import org.phasemap.train.model.ForeignEngine;
import org.phasemap.train.model.Model;
import org.phasemap.train.model.Replicate;

/** Trains networks and says what became of them. */
public final class Trainer {
  private Trainer() {}

  /**
   * Trains networks of one shape side by side on the same minibatches. Each result depends on its
   * network, on the other arguments and on the kind of CPU alone, not on the other networks. It is
   * an outcome, not an exception, that a network diverges or stalls.
   *
   * @param networks of one architecture, activation, depth and width, all with masks or none: the
   *     first layer is width × n₀, the read-out has an output for each class, or what the loss says
   * @param seed of the spec
   * @param replicate number of the random networks: their parameters, masks and order of examples
   * @return a result for each network
   * @throws IllegalArgumentException if the batch is larger than the training set, or shapes differ
   */
  public static List<Measurement> train(
      Kernel kernel,
      List<NetworkConfig> networks,
      Recipe recipe,
      DataSet data,
      long seed,
      int replicate) {
    NetworkConfig shape = networks.get(0);
    for (NetworkConfig network : networks) {
      if (!network.activation().equals(shape.activation())
          || network.depth() != shape.depth()
          || network.width() != shape.width()
          || !network.architecture().equals(shape.architecture())
          || (network.keepProbability() < 1) != (shape.keepProbability() < 1)) {
        throw new IllegalArgumentException(
            "Cannot train side by side: %s and %s".formatted(shape, network));
      }
    }
    try (Arena arena = new Arena(kernel)) {
      Replicate random = new Replicate(seed, replicate);
      Model model = model(shape, recipe, data);
      return new TrainingRun(kernel, arena, model, networks, recipe, data, random).run();
    }
  }

  /**
   * Trains a network in another library, from the same parameters and on the same minibatches.
   * Everything else is as for {@link #train}.
   */
  public static Measurement trainWith(
      ForeignEngine engine,
      Kernel kernel,
      NetworkConfig network,
      Recipe recipe,
      DataSet data,
      long seed,
      int replicate) {
    try (Arena arena = new Arena(kernel)) {
      Replicate random = new Replicate(seed, replicate);
      Model model = model(network, recipe, data);
      return ForeignRun.run(engine, kernel, arena, model, network, recipe, data, random);
    }
  }

  private static Model model(NetworkConfig network, Recipe recipe, DataSet data) {
    int outputs = recipe.loss().outputs(data);
    return network
        .architecture()
        .read(
            new Architecture.Reader<Model>() {
              @Override
              public Model mlp(Architecture.Mlp mlp) {
                return new MlpModel(network, data, outputs);
              }

              @Override
              public Model layered(Architecture.Layered layered) {
                return GraphModel.of(layered, network, data, outputs);
              }
            });
  }
}
