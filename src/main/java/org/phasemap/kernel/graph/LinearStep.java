package org.phasemap.kernel.graph;

import java.util.List;
import org.phasemap.kernel.Matrix;

/** A step without parameters that is its own derivative, on arrays column by column. */
abstract class LinearStep implements Step {
  /** What comes out; {@code out} is all zeros. */
  abstract void up(List<float[]> in, float[] out);

  /** The transpose, towards one of the things that go in; {@code out} is all zeros. */
  abstract void down(float[] gradient, int index, float[] out);

  @Override
  public final void forward(List<Matrix> in, Matrix out) {
    float[] values = new float[out.rows() * out.columns()];
    up(in.stream().map(Matrix::read).toList(), values);
    out.write(values);
  }

  @Override
  public final void tangent(List<Matrix> in, Matrix out) {
    forward(in, out);
  }

  @Override
  public final void backward(Matrix gradient, int index, Matrix out) {
    float[] values = new float[out.rows() * out.columns()];
    down(gradient.read(), index, values);
    out.write(values);
  }
}
