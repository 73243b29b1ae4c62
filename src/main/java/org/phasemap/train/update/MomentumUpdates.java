package org.phasemap.train.update;

import java.util.Arrays;
import org.phasemap.kernel.Kernel;
import org.phasemap.train.model.Arena;
import org.phasemap.train.model.Layer;
import org.phasemap.train.model.LayerGradient;
import org.phasemap.train.model.Parameters;

/**
 * v ← μ v + g, then θ ← θ − η v (heavy ball) or θ ← θ − η (g + μ v) (Nesterov); dropped weights
 * stay zero. Nesterov's g is v − μ v of the step before, so that one product serves both.
 */
final class MomentumUpdates implements Updates {
  private final Kernel kernel;
  private final double mu;

  /** μ for Nesterov, 0 for the heavy ball. */
  private final double ahead;

  private final Parameters velocities;
  private final double[] ones;
  private Parameters parameters;
  private Parameters velocity;
  private double[] before = {};
  private double[] after = {};

  private MomentumUpdates(
      Kernel kernel, Arena arena, Parameters parameters, double mu, double ahead) {
    this.kernel = kernel;
    this.mu = mu;
    this.ahead = ahead;
    this.velocities = parameters.zeros(arena);
    this.velocity = velocities;
    this.parameters = parameters;
    this.ones = new double[parameters.count()];
    Arrays.fill(ones, 1);
  }

  static Updates heavyBall(Kernel kernel, Arena arena, Parameters parameters, double mu) {
    return new MomentumUpdates(kernel, arena, parameters, mu, 0);
  }

  static Updates nesterov(Kernel kernel, Arena arena, Parameters parameters, double mu) {
    return new MomentumUpdates(kernel, arena, parameters, mu, mu);
  }

  @Override
  public void begin(Parameters parameters, double[] rates) {
    this.parameters = parameters;
    this.velocity = velocities.view(0, parameters.count());
    this.before = Arrays.stream(rates).map(rate -> rate * ahead).toArray();
    this.after = Arrays.stream(rates).map(rate -> -rate * (1 + ahead)).toArray();
  }

  @Override
  public void accept(int index, LayerGradient gradient) {
    Layer layer = parameters.layers().get(index);
    Layer v = velocity.layers().get(index);
    if (ahead > 0) {
      layer.add(kernel, before, v);
    }
    gradient.addTo(kernel, ones, mu, v);
    layer.add(kernel, after, v);
    layer.applyMask(kernel, layer);
  }

  @Override
  public void move(int from, int to) {
    velocities.move(kernel, from, to);
  }
}
