package org.phasemap.network.architecture;

import java.util.List;
import java.util.Optional;
import org.phasemap.network.Architecture;
import org.phasemap.network.Equation;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerMap;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Shape;

/**
 * Fully connected layers of one width, u(x) of one number x, whose derivatives along x are to solve
 * a differential equation (Raissi, Perdikaris and Karniadakis 2019; ARCHITECTURES 8).
 *
 * @param problem the equation
 */
public record PhysicsInformed(Equation problem) implements Architecture.Layered {
  private static final Parameter<Equation> EQUATION =
      Parameter.of(
              "equation",
              ParameterType.Name.of(Equation.class),
              Equation.POISSON,
              "what u(x) is to solve: u″ = −π² sin πx on [−1, 1] with u = 0 at the ends, whose"
                  + " solution is sin πx",
              "poisson")
          .said();

  static final Family FAMILY =
      new Family(
          "pinn",
          "fully connected layers u(x) that are to solve a differential equation",
          List.of(EQUATION),
          choices -> new PhysicsInformed(choices.get(EQUATION)));

  @Override
  public boolean hasPlainLayers() {
    return true;
  }

  @Override
  public Optional<LayerMap> layerMap() {
    return Optional.of(LayerMap.PLAIN);
  }

  @Override
  public Optional<Equation> equation() {
    return Optional.of(problem);
  }

  @Override
  public LayerGraph graph(int depth, int width, int dimension) {
    if (dimension != 1) {
      throw new Misfit(
          EQUATION,
          "a function of one x has no inputs of "
              + dimension
              + " numbers; allowed: kind collocation, in inputs and in training.data");
    }
    LayerGraph.Builder builder = new LayerGraph.Builder();
    int h = builder.add(new Operation.Given(Shape.vector(dimension)));
    for (int l = 1; l <= depth; l++) {
      int z = builder.endLayer(builder.add(Operation.Weighted.dense(width), h));
      h = builder.add(new Operation.Activate(), z);
    }
    return builder.readout(Operation.Weighted.dense(1), h);
  }

  @Override
  public String toString() {
    return Choices.NONE.with(EQUATION, problem).text(FAMILY.kind());
  }
}
