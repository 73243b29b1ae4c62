package org.phasemap.kernel.graph;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Activity;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.network.Activation;

/** φ. */
final class Activating implements Step {
  private final Kernel kernel;
  private final Activation activation;
  private @Nullable Matrix slope;
  private @Nullable Activity activity;

  Activating(Kernel kernel, Activation activation) {
    this.kernel = kernel;
    this.activation = activation;
  }

  @Override
  public void forward(List<Matrix> in, Matrix out) {
    if (slope == null) {
      slope = kernel.scratch(out.rows(), out.columns());
    }
    activity = kernel.activate(activation, in.get(0), out, slope);
  }

  /** What the units did in the last forward pass. */
  Activity activity() {
    return Objects.requireNonNull(activity);
  }

  @Override
  public void tangent(List<Matrix> in, Matrix out) {
    backward(in.get(0), 0, out);
  }

  @Override
  public void backward(Matrix gradient, int index, Matrix out) {
    kernel.copy(gradient, out);
    kernel.multiplyElements(Objects.requireNonNull(slope), out);
  }

  @Override
  public void close() {
    if (slope != null) {
      slope.close();
    }
  }
}
