package org.phasemap.train;

import java.util.Arrays;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;

/** Nesterov's momentum, θ ← θ − η (g + μ v): plain descent, and then μ times the heavy ball's. */
final class NesterovUpdates implements Updates {
  private final Updates descent;
  private final Updates ball;
  private final double mu;

  NesterovUpdates(Kernel kernel, Arena arena, Parameters parameters, double mu) {
    this.descent = new SgdUpdates(kernel);
    this.ball = new MomentumUpdates(kernel, arena, parameters, mu);
    this.mu = mu;
  }

  @Override
  public void begin(Parameters parameters, double[] rates) {
    descent.begin(parameters, rates);
    ball.begin(parameters, Arrays.stream(rates).map(rate -> mu * rate).toArray());
  }

  @Override
  public void accept(int index, Blocks delta, Blocks input) {
    descent.accept(index, delta, input);
    ball.accept(index, delta, input);
  }

  @Override
  public void move(int from, int to) {
    ball.move(from, to);
  }
}
