package org.phasemap.train;

import java.util.Arrays;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;

/** Heavy ball: v ← μ v + g, θ ← θ − η v; dropped weights stay zero. */
final class MomentumUpdates implements Updates {
  private final Kernel kernel;
  private final double mu;
  private final Parameters velocities;
  private final double[] ones;
  private Parameters parameters;
  private Parameters velocity;
  private double[] factors = {};

  MomentumUpdates(Kernel kernel, Arena arena, Parameters parameters, double mu) {
    this.kernel = kernel;
    this.mu = mu;
    this.velocities = parameters.zeros(arena);
    this.velocity = velocities;
    this.parameters = parameters;
    this.ones = new double[parameters.count()];
    Arrays.fill(ones, 1);
  }

  @Override
  public void begin(Parameters parameters, double[] rates) {
    this.parameters = parameters;
    this.velocity = velocities.view(0, parameters.count());
    this.factors = Arrays.stream(rates).map(rate -> -rate).toArray();
  }

  @Override
  public void accept(int index, Blocks delta, Blocks input) {
    Layer layer = parameters.layers().get(index);
    Layer v = velocity.layers().get(index);
    v.addGradient(kernel, ones, delta, input, mu);
    layer.add(kernel, factors, v);
    layer.applyMask(kernel, layer);
  }

  @Override
  public void move(int from, int to) {
    velocities.move(kernel, from, to);
  }
}
