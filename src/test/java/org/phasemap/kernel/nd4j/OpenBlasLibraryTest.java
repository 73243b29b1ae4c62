package org.phasemap.kernel.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.bytedeco.openblas.presets.openblas_nolapack.blas_get_num_threads;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.phasemap.kernel.openblas.OpenBlas;

class OpenBlasLibraryTest {
  @Test
  void hasOneThreadAlsoBesideNd4jWhichSharesIt() {
    assumeThat(new OpenBlas().isAvailable() && new Nd4jBackend().isAvailable()).isTrue();
    assertThat(blas_get_num_threads()).isOne();
    Nd4j.factory().blas().setMaxThreads(2);
    try {
      assertThat(blas_get_num_threads()).isEqualTo(2);
    } finally {
      Nd4j.factory().blas().setMaxThreads(1);
    }
  }
}
