package org.phasemap.kernel.openblas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenBlasMatrixTest {
  /** Of a size that a buffer holds, and of one that it does not. */
  @ParameterizedTest
  @ValueSource(longs = {1000, 0})
  void entriesOfAViewAreCopiedToArraysAndBack(long mostInBuffer) {
    try (OpenBlasKernel kernel = new OpenBlasKernel();
        OpenBlasMemory memory = new OpenBlasMemory(mostInBuffer)) {
      OpenBlasMatrix matrix = new OpenBlasMatrix(kernel.open(), memory, 2, 4);
      matrix.write(new float[] {1, 2, 3, 4, 5, 6, 7, 8});
      OpenBlasMatrix view = (OpenBlasMatrix) matrix.view(1, 3);
      float[] loaded = new float[4];

      view.load(1, loaded, 3);
      view.store(new float[] {-5, -6, -7}, 2, 2);

      assertThat(loaded).containsExactly(4, 5, 6, 0);
      assertThat(matrix.read()).containsExactly(1, 2, 3, 4, -5, -6, 7, 8);
      matrix.free();
    }
  }
}
