package org.phasemap.kernel.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.network.UserException;

class CudaTest {
  /** K80, M60, P100, P4, V100, T4, A100, A10, L40. */
  @ParameterizedTest
  @ValueSource(strings = {"3.7", "5.2", "6.0", "6.1", "7.0", "7.5", "8.0", "8.6", "8.9"})
  void theLibraryHasMachineCodeForTheseGpus(String capability) {
    assertThatCode(() -> Cuda.requireMachineCode(List.of("0, NVIDIA X, " + capability)))
        .doesNotThrowAnyException();
  }

  /** K40, H100, B200 and a GeForce RTX 5090. */
  @ParameterizedTest
  @ValueSource(strings = {"3.5", "9.0", "10.0", "12.0"})
  void itHasNoneForOlderAndNewerOnes(String capability) {
    assertThatThrownBy(
            () ->
                Cuda.requireMachineCode(
                    List.of("0, NVIDIA A10, 8.6", "1, NVIDIA X, Y, " + capability)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "backend: nd4j has no machine code for GPU 1: NVIDIA X, Y (compute capability "
                + capability
                + "); allowed: compute capability 3.7 and 5.0 to 8.9 (V100, T4, A100, A10, L40),"
                + " or backend: openblas");
  }

  @Test
  void aMachineWithoutGpusSaysSo() {
    assertThatThrownBy(() -> Cuda.requireMachineCode(List.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("names no GPU");
  }

  /** Drivers before 510 answer {@code [N/A]} or an error. */
  @Test
  void aDriverTooOldSaysSo() {
    assertThatThrownBy(() -> Cuda.requireMachineCode(List.of("0, NVIDIA A10, [N/A]")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'0, NVIDIA A10, [N/A]'; needed: a driver");
  }

  @Test
  void aCapabilityPrintsAsItIsWritten() {
    assertThat(ComputeCapability.parse(" 12.1 ")).hasToString("12.1");
  }
}
