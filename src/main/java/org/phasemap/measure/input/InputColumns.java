package org.phasemap.measure.input;

import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.spec.Inputs;

/** The inputs of a task as a matrix. */
public final class InputColumns {
  private InputColumns() {}

  /**
   * X, n₀ × m. Equal for all replicates.
   *
   * @param seed of the networks, which whitened inputs are drawn with
   */
  public static Matrix draw(Kernel kernel, Inputs inputs, long seed) {
    if (inputs.source() instanceof Inputs.Gaussian gaussian) {
      double q0 = inputs.scale() * inputs.scale() * gaussian.q0();
      return WhitenedInputs.draw(
          kernel, inputs.dimension(), inputs.count(), q0, gaussian.c0(), seed);
    }
    Matrix x = kernel.matrix(inputs.dimension(), inputs.count());
    x.write(GivenInputs.of(inputs).columns());
    return x;
  }
}
