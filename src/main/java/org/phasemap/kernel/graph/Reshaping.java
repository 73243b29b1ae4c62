package org.phasemap.kernel.graph;

import java.util.List;

/** The same numbers in the same order, in a matrix of another shape. */
final class Reshaping extends LinearStep {
  @Override
  void up(List<float[]> in, float[] out) {
    System.arraycopy(in.get(0), 0, out, 0, out.length);
  }

  @Override
  void down(float[] gradient, int index, float[] out) {
    System.arraycopy(gradient, 0, out, 0, out.length);
  }
}
