package org.phasemap.kernel.graph;

import java.util.List;
import org.phasemap.kernel.Matrix;

/** x beside its derivatives along itself: (x, 1, 0) of each input. It is where networks begin. */
final class JetInput implements Step {
  @Override
  public void forward(List<Matrix> in, Matrix out) {
    float[] x = in.get(0).read();
    float[] jets = new float[3 * x.length];
    for (int a = 0; a < x.length; a++) {
      jets[3 * a] = x[a];
      jets[3 * a + 1] = 1;
    }
    out.write(jets);
  }

  @Override
  public void tangent(List<Matrix> in, Matrix out) {
    throw new UnsupportedOperationException("nothing comes before the input");
  }

  @Override
  public void backward(Matrix gradient, int index, Matrix out) {
    throw new UnsupportedOperationException("nothing comes before the input");
  }
}
