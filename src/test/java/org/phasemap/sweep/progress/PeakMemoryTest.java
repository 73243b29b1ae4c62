package org.phasemap.sweep.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PeakMemoryTest {
  private static final int BYTES = 64 << 20;

  /** Half is enough: the heap may have held what it gives. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void memoryThatIsHeldRaisesThePeak() {
    PeakMemory.reset();
    long before = PeakMemory.bytes();
    ByteBuffer held = ByteBuffer.allocateDirect(BYTES);
    byte[] page = new byte[BYTES];
    Arrays.fill(page, (byte) 1);
    held.put(page);

    assertThat(before).isPositive();
    assertThat(PeakMemory.bytes()).isGreaterThan(before + BYTES / 2);
    assertThat(held.position()).isEqualTo(BYTES);
  }
}
