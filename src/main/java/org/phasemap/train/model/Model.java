package org.phasemap.train.model;

import java.util.List;
import org.phasemap.data.DataSet;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.NetworkConfig;
import org.phasemap.spec.Recipe;
import org.phasemap.train.loss.Criteria;
import org.phasemap.train.loss.Criterion;
import org.phasemap.train.loss.Evaluation;

/** What training asks of a kind of network; the rest of it is the same for all. */
public interface Model {
  /**
   * Draws networks.
   *
   * @param arena owner of the parameters
   * @param networks of this kind and shape
   * @param recipe says whether there are biases and how large the read-out is
   */
  Parameters draw(
      Kernel kernel, Arena arena, List<NetworkConfig> networks, Recipe recipe, Replicate replicate);

  /**
   * Room for passes.
   *
   * @param arena owner of the buffers
   * @param batch examples of every pass
   * @param count most networks of a pass
   */
  Pass pass(Kernel kernel, Arena arena, int batch, int count);

  /**
   * The tangent kernel Θ_{(a,i),(b,j)} = ∇f_a(x_i) · ∇f_b(x_j) over kept parameters; row a · m + i
   * belongs to output a of example i.
   *
   * @param network one
   * @param features of a minibatch, n₀ × batch
   * @param examples m, the first of the minibatch
   */
  double[] tangentKernel(Kernel kernel, Parameters network, float[] features, int examples);

  /**
   * A network in another library.
   *
   * @param rate learning rate
   * @param start its parameters, layer by layer
   */
  ForeignNetwork open(
      ForeignEngine engine,
      NetworkConfig network,
      Recipe recipe,
      double rate,
      List<LayerValues> start);

  /** In which order examples are evaluated. */
  Evaluation.Order order();

  /** What is asked of its outputs. */
  default Criterion criterion(Recipe recipe, DataSet data) {
    return Criteria.of(recipe, data);
  }
}
