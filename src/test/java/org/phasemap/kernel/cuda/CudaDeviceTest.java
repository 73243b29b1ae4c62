package org.phasemap.kernel.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.kernel.DeviceCheck;
import org.phasemap.kernel.cuda.EmulatedCuda.Setting;

class CudaDeviceTest {
  private EmulatedCuda emulated;

  @BeforeEach
  void install() {
    emulated = EmulatedCuda.install();
  }

  @AfterEach
  void reset() {
    emulated.reset();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "2", "7"})
  void numbersHaveJavasBitsInWhateverOrderThreadsRun(String order) {
    emulated.set(Setting.ORDER, order);
    emulated.set(Setting.THREADS, "2");
    try (CudaDevice device = CudaDevice.open()) {
      assertThat(DeviceDraw.check(device))
          .isEqualTo(new DeviceCheck("emulated GPU, emulated and slow", 50_000, 0));
      assertThat(device.launches()).isEqualTo(1);
    }
    assertThat(emulated.used()).isZero();
  }

  @Test
  void aDeviceSaysWhatItIs() {
    try (CudaDevice device = CudaDevice.open(0)) {
      assertThat(device.name()).isEqualTo("emulated GPU");
      assertThat(device).hasToString("GPU 0 (emulated GPU)");
      assertThat(device.capability()).hasToString("9.0");
      assertThat(device.driverVersion()).isEqualTo("13.0");
      assertThat(device.isEmulated()).isTrue();
      assertThat(device.multiprocessors()).isPositive();
      assertThat(device.sharedMemoryPerBlock()).isEqualTo(227 << 10);
      assertThat(device.memory()).isEqualTo(new DeviceMemory(8L << 30, 8L << 30));
    }
    assertThat(CudaDevice.count()).isEqualTo(1);
  }

  /** Both ways in which an arena may hold its pieces: in one block as on GPUs, and apart. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void piecesOfAnArenaAreAlignedAndApartAndKeepWhatIsWritten(boolean inOne) {
    try (CudaDevice device = CudaDevice.open();
        DeviceArena arena = device.arena(4096, inOne)) {
      long first = arena.allocate(100);
      long second = arena.allocate(300);
      assertThat(first % 256).isZero();
      assertThat(second % 256).isZero();
      assertThat(Math.abs(second - first)).isGreaterThanOrEqualTo(256);
      assertThat(arena.used()).isEqualTo(256 + 512);

      device.write(first, ints(100, 7));
      device.clear(second, 300);
      ByteBuffer read = ints(100, 0);
      device.read(first, read);
      device.synchronise();
      assertThat(read).isEqualTo(ints(100, 7));

      arena.reset();
      assertThat(arena.used()).isZero();
      arena.allocate(4096);
    }
    assertThat(emulated.used()).isZero();
  }

  private static ByteBuffer ints(int bytes, int value) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    while (buffer.hasRemaining()) {
      buffer.putInt(value);
    }
    return buffer.flip();
  }

  @Test
  void copiesTakePositionAndLimit() {
    try (CudaDevice device = CudaDevice.open();
        DeviceArena arena = device.arena(1024)) {
      ByteBuffer from = device.pinned(16).putInt(0, 1).putInt(4, 2).putInt(8, 3);
      ByteBuffer to = device.pinned(16);
      long there = arena.allocate(8);
      device.write(there, from.position(4).limit(12));
      device.read(there, to.position(8));
      device.synchronise();
      assertThat(new int[] {to.getInt(0), to.getInt(4), to.getInt(8), to.getInt(12)})
          .containsExactly(0, 0, 2, 3);
    }
  }

  /** As on a GPU: what the host does before it waits may come too early. */
  @Test
  void workWaitsUntilTheHostWaits() {
    try (CudaDevice device = CudaDevice.open();
        DeviceArena arena = device.arena(1024)) {
      ByteBuffer from = device.pinned(4).putInt(0, 1);
      ByteBuffer to = device.pinned(4);
      long there = arena.allocate(4);
      device.write(there, from);
      device.read(there, to);
      assertThat(to.getInt(0)).isZero();
      from.putInt(0, 2);
      device.synchronise();
      assertThat(to.getInt(0)).isEqualTo(2);
    }
  }

  @Test
  void timeIsMeasuredBetweenMarks() {
    try (CudaDevice device = CudaDevice.open();
        DeviceMark start = device.mark()) {
      DeviceDraw.check(device);
      try (DeviceMark end = device.mark()) {
        device.synchronise();
        assertThat(end.secondsSince(start)).isPositive().isLessThan(60);
      }
    }
  }

  @Test
  void aDeviceBelongsToItsThread() throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    try (CudaDevice device = CudaDevice.open()) {
      Thread other = new Thread(device::synchronise);
      other.setUncaughtExceptionHandler((thread, e) -> thrown.set(e));
      other.start();
      other.join();
    }
    assertThat(thrown.get()).hasMessage("A device belongs to the thread that opened it");
  }

  @Test
  void tasksOfSeveralThreadsShareADevice() throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          new Thread(
              () -> {
                try (CudaDevice device = CudaDevice.open()) {
                  for (int k = 0; k < 5; k++) {
                    assertThat(DeviceDraw.check(device).passes()).isTrue();
                  }
                }
              });
      threads[i].setUncaughtExceptionHandler((thread, e) -> thrown.set(e));
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(thrown.get()).isNull();
  }

  @Test
  void whatTheDriverCannotTakeIsRefusedFirst() {
    try (CudaDevice device = CudaDevice.open()) {
      ByteBuffer argument = ints(48, 0);
      assertThatThrownBy(() -> device.launch("draw_gaussian", 1, 256, 1 << 20, argument))
          .hasMessage(
              "Cannot launch draw_gaussian with 1048576 bytes of shared memory: must be at most"
                  + " 232448");
      assertThatThrownBy(() -> device.write(0, ByteBuffer.allocate(4)))
          .hasMessage("Cannot give a heap buffer to a device: must be direct");
      assertThatThrownBy(() -> device.launch("draw_gaussian", 0, 256, 0, argument))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "GPU 0 (emulated GPU): launch of draw_gaussian (0 blocks of 256 threads) fails:"
                  + " CUDA_ERROR_INVALID_VALUE");
    }
  }
}
