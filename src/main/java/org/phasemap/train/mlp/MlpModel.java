package org.phasemap.train.mlp;

import java.util.List;
import org.phasemap.data.DataSet;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.NetworkConfig;
import org.phasemap.spec.Recipe;
import org.phasemap.train.loss.Evaluation;
import org.phasemap.train.model.Arena;
import org.phasemap.train.model.ForeignEngine;
import org.phasemap.train.model.ForeignNetwork;
import org.phasemap.train.model.LayerValues;
import org.phasemap.train.model.Model;
import org.phasemap.train.model.Parameters;
import org.phasemap.train.model.Pass;
import org.phasemap.train.model.Replicate;

/**
 * Fully connected layers of one width.
 *
 * @param shape its activation, depth and width are those of all networks
 * @param data its examples are what goes in
 * @param outputs of the read-out
 */
public record MlpModel(NetworkConfig shape, DataSet data, int outputs) implements Model {
  @Override
  public Parameters draw(
      Kernel kernel,
      Arena arena,
      List<NetworkConfig> networks,
      Recipe recipe,
      Replicate replicate) {
    return Parameters.draw(kernel, arena, networks, recipe, data, replicate);
  }

  @Override
  public Pass pass(Kernel kernel, Arena arena, int batch, int count) {
    return new Backpropagation(kernel, arena, shape, data.dimension(), outputs, batch, count);
  }

  @Override
  public double[] tangentKernel(Kernel kernel, Parameters network, float[] features, int examples) {
    return TangentKernel.of(kernel, shape, network, features, examples, outputs);
  }

  @Override
  public ForeignNetwork open(
      ForeignEngine engine,
      NetworkConfig network,
      Recipe recipe,
      double rate,
      List<LayerValues> start) {
    return engine.open(network, recipe, rate, start);
  }

  @Override
  public Evaluation.Order order() {
    return Evaluation.Order.AS_GIVEN;
  }
}
