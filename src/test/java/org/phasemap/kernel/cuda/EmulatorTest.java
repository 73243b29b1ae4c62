package org.phasemap.kernel.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.kernel.DeviceFailure;
import org.phasemap.kernel.cuda.EmulatedCuda.Setting;

/** The emulated device computes as CUDA says, and catches what a GPU would only sometimes show. */
class EmulatorTest {
  private static final int NUMBERS = 64;

  /** Orders in which threads run: forwards, backwards and shuffled. */
  private static final int ORDERS = 6;

  private static EmulatedCuda emulated;
  private static CudaLibrary library;

  @BeforeAll
  static void build() {
    emulated = EmulatedCuda.ofSamples();
    library = CudaLibrary.open(emulated.path().toString());
  }

  @AfterEach
  void reset() {
    emulated.reset();
  }

  /** A process has little room for libraries whose variables of threads are at fixed places. */
  @Test
  void aProcessLoadsManyCopies(@TempDir Path folder) throws IOException {
    for (int i = 0; i < 60; i++) {
      Path copy = Files.copy(emulated.path(), folder.resolve(i + ".so"));
      assertThat(NativeLibrary.getInstance(copy.toString()).getFile()).hasName(i + ".so");
    }
  }

  /** As much of a kernel as the emulated device reads. */
  static Ptx ptx(String kernel, int argumentBytes) {
    return Ptx.parse(
        """
        .version 6.3
        .target sm_70
        .visible .entry %s(
        	.param .align 8 .b8 %s_param_0[%d]
        )
        .maxntid 256, 1, 1
        {
        }
        """
            .formatted(kernel, kernel, argumentBytes));
  }

  /** What a kernel makes of the numbers 1 to 64. */
  private static float[] run(String kernel, int blocks, int threads, int sharedBytes, long number) {
    return run(
        kernel,
        number,
        (device, argument) -> device.launch(kernel, blocks, threads, sharedBytes, argument));
  }

  /** The same, of blocks that wait for each other. */
  private static float[] runTogether(String kernel, int blocks) {
    return run(kernel, 0, (device, argument) -> device.launchTogether(kernel, blocks, argument));
  }

  private static float[] run(
      String kernel, long number, BiConsumer<CudaDevice, ByteBuffer> launch) {
    try (CudaDevice device = CudaDevice.open(new CudaContext(library, 0, ptx(kernel, 24)));
        DeviceArena arena = device.arena(1 << 12)) {
      ByteBuffer numbers = floats();
      for (int i = 1; i <= NUMBERS; i++) {
        numbers.putFloat(i);
      }
      long from = arena.allocate(4 * NUMBERS);
      long to = arena.allocate(4 * NUMBERS);
      device.write(from, numbers.flip());
      device.clear(to, 4 * NUMBERS);
      ByteBuffer argument = floats().putLong(from).putLong(to).putLong(number).flip();
      launch.accept(device, argument);
      ByteBuffer out = floats();
      device.read(to, out);
      device.synchronise();
      float[] values = new float[NUMBERS];
      out.asFloatBuffer().get(values);
      return values;
    }
  }

  private static ByteBuffer floats() {
    return ByteBuffer.allocateDirect(4 * NUMBERS).order(ByteOrder.nativeOrder());
  }

  @Test
  void threadsExchangeNumbersInEveryOrder() {
    for (int order = 0; order < ORDERS; order++) {
      emulated.set(Setting.ORDER, "" + order);
      assertThat(run("sum", 1, 64, 8, 0)[0]).isEqualTo(64 * 65 / 2);
      assertThat(run("turn", 1, 64, 256, 0)).startsWith(64, 63, 62).endsWith(2, 1);
      assertThat(run("turn_warps", 1, 64, 256, 0)).startsWith(32, 31).endsWith(34, 33);
      assertThat(run("broadcast", 1, 32, 0, 0)).startsWith(4 / 3f, 4 / 3f);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3"})
  void blocksAddTogether(String threads) {
    emulated.set(Setting.THREADS, threads);
    float[] counted = run("count", 100, 64, 0, 6400);
    assertThat(Float.floatToRawIntBits(counted[0])).isEqualTo(6400);
    assertThat(counted[1]).isZero();
    assertThat(run("count", 100, 64, 0, 6399)[1]).isEqualTo(1);
  }

  @Test
  void blocksOfACooperativeLaunchWaitForEachOther() {
    for (int order = 0; order < ORDERS; order++) {
      emulated.set(Setting.ORDER, "" + order);
      assertThat(runTogether("together", 2)).startsWith(1, 2, 3, 3);
    }
    assertThat(emulated.barriers().stream().filter(EmulatorTest::blocksNeed))
        .singleElement()
        .asString()
        .contains("samples.cu");
  }

  private static boolean blocksNeed(String barrier) {
    emulated.leaveOut(barrier);
    float[] apart = runTogether("together", 2);
    return apart[2] + apart[3] < 6;
  }

  @Test
  void blocksOfOtherLaunchesMustNotWait() {
    assertThatThrownBy(() -> run("together", 2, 256, 0, 0)).isInstanceOf(DeviceFailure.class);
    assertThat(emulated.fault())
        .isEqualTo(
            "kernel together, block 0, thread 255: waits for other blocks, of a launch that is not"
                + " cooperative");
  }

  @Test
  void allBlocksOfACooperativeLaunchMustWait() {
    assertThatThrownBy(() -> runTogether("one_waits", 2)).isInstanceOf(DeviceFailure.class);
    assertThat(emulated.fault())
        .isEqualTo("kernel one_waits: blocks wait at different barriers, or have ended");
  }

  /** Nothing is broken: the launch is refused. */
  @Test
  void moreBlocksThanTheDeviceHoldsCannotWaitForEachOther() {
    assertThatThrownBy(() -> runTogether("together", 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "GPU 0 (emulated GPU): launch of together (3 blocks, together) fails:"
                + " CUDA_ERROR_COOPERATIVE_LAUNCH_TOO_LARGE");
    assertThat(runTogether("together", 1)[0]).isEqualTo(1);
  }

  /** Whoever forgets one sees other numbers in some order of threads. */
  @ParameterizedTest
  @CsvSource({"sum, 8", "turn, 256", "turn_warps, 256"})
  void aBarrierThatIsLeftOutShows(String kernel, int sharedBytes) {
    float[] right = run(kernel, 1, 64, sharedBytes, 0);
    assertThat(emulated.barriers().stream().filter(b -> shows(b, kernel, sharedBytes, right)))
        .singleElement()
        .asString()
        .matches(".*samples.cu:\\d+");
  }

  private static boolean shows(String barrier, String kernel, int sharedBytes, float[] right) {
    emulated.leaveOut(barrier);
    return IntStream.range(0, ORDERS)
        .anyMatch(
            order -> {
              emulated.set(Setting.ORDER, "" + order);
              return !Arrays.equals(run(kernel, 1, 64, sharedBytes, 0), right);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "diverge|32|0|719|other threads of its block wait at another barrier, or have ended",
        "shuffle_alone|0|0|719|lanes of its warp wait at different barriers or shuffles, or have",
        "misaligned|1|0|716|misaligned address 0x",
        "read_at|64|0|700|illegal address 0x",
        "read_at|-1024|0|700|illegal address 0x",
        "write_at|64|0|700|illegal address 0x",
        "write_at|-1|0|700|wrote beside 256 bytes of memory",
        "write_shared_at|4|16|700|illegal address 0x",
        "write_shared_at|3|12|700|wrote beside its 12 bytes of shared memory",
        "shared_at|-1024|16|700|illegal address 0x",
        "array_at|4|0|700|index out of range (",
        "to_int|0|0|719|conversion out of range (",
        "deep|0|0|700|illegal address 0x",
      })
  void aFaultEndsTheLaunch(String kernel, long number, int shared, int error, String message) {
    assertThatThrownBy(() -> run(kernel, 1, kernel.equals("read_at") ? 32 : 64, shared, number))
        .isInstanceOf(DeviceFailure.class)
        .hasMessageContaining(library.name(error));
    assertThat(emulated.fault()).startsWith("kernel " + kernel).contains(message);
  }

  /** Nobody may take what was never written for a number. */
  @Test
  void memoryThatNobodyWroteIsNaN() {
    assertThat(run("shared_at", 1, 32, 16, 3)[0]).isNaN();
  }
}
