package org.phasemap.measure.device;

import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.measure.input.InputColumns;
import org.phasemap.measure.input.InputRelations;
import org.phasemap.spec.Inputs;

/**
 * What a device's batch knows of the inputs that the networks of one seed are shown.
 *
 * @param columns n₀ × m, column by column
 * @param gram XᵀX, m × m
 * @param lnSize ln ‖x‖²/n₀, averaged over the inputs
 */
record ShownInputs(float[] columns, double[] gram, InputRelations relations, double lnSize) {
  static ShownInputs of(Kernel kernel, Inputs inputs, long seed) {
    try (Matrix x = InputColumns.draw(kernel, inputs, seed)) {
      int m = x.columns();
      float[] columns = x.read();
      double[] gram = kernel.gram(x, m);
      double sum = 0;
      for (int a = 0; a < m; a++) {
        sum += Math.log(gram[a * (m + 1)] / x.rows());
      }
      return new ShownInputs(columns, gram, InputRelations.of(columns, m), sum / m);
    }
  }
}
