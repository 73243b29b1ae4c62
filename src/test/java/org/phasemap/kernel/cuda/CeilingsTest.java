package org.phasemap.kernel.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CeilingsTest {
  /** Any device reaches one, and the emulated one less than a GPU. */
  @Test
  void aDeviceCopiesAndMultipliesSomething() {
    EmulatedCuda emulated = EmulatedCuda.install();
    try (CudaDevice device = CudaDevice.open()) {
      Ceilings ceilings = Ceilings.measure(device, 1e-4);
      assertThat(ceilings.copyBytes()).isBetween(1e3, 1e12);
      assertThat(ceilings.flops()).isBetween(1e3, 1e12);
      assertThat(ceilings.flops64()).isBetween(1e3, 1e12);
    } finally {
      emulated.reset();
    }
  }
}
