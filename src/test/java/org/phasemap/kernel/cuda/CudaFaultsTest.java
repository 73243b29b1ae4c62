package org.phasemap.kernel.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.phasemap.kernel.DeviceFailure;
import org.phasemap.kernel.cuda.EmulatedCuda.Setting;
import org.phasemap.network.UserException;

/** What can be wrong with a GPU, each in one message that says what to do. */
class CudaFaultsTest {
  private EmulatedCuda emulated;

  @BeforeEach
  void install() {
    emulated = EmulatedCuda.install();
  }

  @AfterEach
  void reset() {
    emulated.reset();
  }

  private CudaLibrary open() {
    return CudaLibrary.open(emulated.path().toString());
  }

  @Test
  void noDriver() {
    assertThatThrownBy(() -> CudaLibrary.open("libcuda-that-is-not-there.so.1"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "backend: cuda: no driver: libcuda-that-is-not-there.so.1 does not load; needed:"
                + " NVIDIA's driver 450 or newer (in containers"
                + " NVIDIA_DRIVER_CAPABILITIES=compute), or backend: openblas");
  }

  @Test
  void aDriverThatIsTooOld() {
    emulated.set(Setting.VERSION, "10020");
    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessage(
            "backend: cuda: the driver knows CUDA 10.2; needed: 11.0 or newer (driver 450), or"
                + " backend: openblas");
  }

  @Test
  void noDevice() {
    emulated.set(Setting.DEVICES, "0");
    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessage(
            "backend: cuda: the driver shows no GPU; needed: one that nvidia-smi lists and"
                + " CUDA_VISIBLE_DEVICES leaves, or backend: openblas");
  }

  /** 803 is a driver whose library and kernel module differ. */
  @Test
  void aDriverThatDoesNotWork() {
    emulated.set(Setting.FAIL, "cuInit=803");
    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessage(
            "backend: cuda: the driver's cuInit fails: error 803; needed: a driver that nvidia-smi"
                + " works with, or backend: openblas");
  }

  @Test
  void aNumberBeyondTheDevices() {
    emulated.set(Setting.DEVICES, "2");
    assertThatThrownBy(() -> CudaDevice.open(open(), 2))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "backend: cuda: there is no GPU 2; the driver shows this process 2; check"
                + " CUDA_VISIBLE_DEVICES and Spark's discovery script");
  }

  @Test
  void aDeviceThatIsTooOld() {
    emulated.set(Setting.CAPABILITY, "61");
    assertThatThrownBy(() -> DeviceProperties.of(open(), 0))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "backend: cuda: GPU 0 (emulated GPU) has compute capability 6.1; needed: 7.0 or newer,"
                + " or backend: openblas");
  }

  @Test
  void theDevicesMemoryIsFull() {
    emulated.set(Setting.MEMORY, "1000000");
    try (CudaDevice device = CudaDevice.open()) {
      assertThatThrownBy(() -> device.arena(2_000_000, true))
          .isInstanceOf(OutOfMemoryError.class)
          .hasMessage(
              "GPU 0 (emulated GPU): 2,000,000 bytes are needed, 1,000,000 of 1,000,000 are free;"
                  + " give tasks more memory (spark.phasemap.gpuMemory; beside RAPIDS also"
                  + " spark.rapids.memory.gpu.reserve), or put fewer on a GPU (spark.phasemap.gpusPerTask)");
    }
  }

  @Test
  void anArenaIsFull() {
    try (CudaDevice device = CudaDevice.open();
        DeviceArena arena = device.arena(1024)) {
      arena.allocate(512);
      assertThatThrownBy(() -> arena.allocate(513))
          .isInstanceOf(OutOfMemoryError.class)
          .hasMessageStartingWith(
              "GPU 0 (emulated GPU): 513 bytes are needed, the task has 512 of its 1,024 left;"
                  + " give tasks");
    }
  }

  @Test
  void ptxThatTheDriverRefuses() {
    String text = EmulatorTest.ptx("draw_gaussian", 48).text();
    Ptx headless = Ptx.parse(text.substring(text.indexOf(".visible")));
    try (CudaDevice device = CudaDevice.open(new CudaContext(open(), 0, headless))) {
      assertThatThrownBy(() -> device.launch("draw_gaussian", 1, argument(0)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "GPU 0 (emulated GPU), whose driver knows CUDA 13.0, refuses the PTX of"
                  + " draw_gaussian: CUDA_ERROR_INVALID_PTX emulated: no .version or no .target");
    }
  }

  /** The kernels that are compiled and the PTX must be of one source. */
  @Test
  void aKernelThatWasNotCompiled() {
    Ptx stale = EmulatorTest.ptx("draw_nothing", 48);
    try (CudaDevice device = CudaDevice.open(new CudaContext(open(), 0, stale))) {
      assertThatThrownBy(() -> device.launch("draw_nothing", 1, argument(0)))
          .hasMessage(
              "GPU 0 (emulated GPU): cuModuleGetFunction of draw_nothing fails:"
                  + " CUDA_ERROR_NOT_FOUND");
    }
  }

  private static ByteBuffer argument(long address) {
    return ByteBuffer.allocateDirect(48)
        .order(ByteOrder.nativeOrder())
        .putLong(0, address)
        .putLong(8, address)
        .putLong(24, 1)
        .putInt(32, 1)
        .putInt(36, 1);
  }

  /** CUDA refuses all that follows, in this process. */
  @Test
  void aLaunchThatFailsEndsAllUseOfTheDevice() {
    CudaContext context = new CudaContext(open(), 0, Ptx.KERNELS);
    CudaDevice device = CudaDevice.open(context);
    device.launch("draw_gaussian", 1, argument(64));
    String message =
        "GPU 0 (emulated GPU) failed: CUDA_ERROR_ILLEGAL_ADDRESS (%s); this process can use it no"
            + " more. If this happens again, run jobs/gpu-check there, and look for Xid in the"
            + " kernel's log";
    assertThatThrownBy(device::synchronise)
        .isInstanceOf(DeviceFailure.class)
        .isInstanceOf(VirtualMachineError.class)
        .hasMessage(message, "after draw_gaussian");
    assertThat(emulated.fault())
        .matches("kernel draw_gaussian, block 0, thread 0: illegal address 0x(4|5)\\p{XDigit}");
    assertThatThrownBy(() -> device.arena(256).allocate(1)).isInstanceOf(DeviceFailure.class);
    assertThatThrownBy(() -> CudaDevice.open(context)).isInstanceOf(DeviceFailure.class);
    assertThatThrownBy(device::close).isInstanceOf(DeviceFailure.class);
  }
}
