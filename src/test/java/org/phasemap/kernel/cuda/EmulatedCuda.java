package org.phasemap.kernel.cuda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The emulated device of {@code src/main/cuda/emulator}, built when its sources are newer, and what
 * tests ask of it. Settings are the process's; {@link #reset} takes them back.
 */
public final class EmulatedCuda {
  /** What may be set; {@code driver.cpp} says what each does. */
  public enum Setting {
    DEVICES,
    VERSION,
    MEMORY,
    CAPABILITY,
    COOPERATIVE,
    ORDER,
    THREADS,
    FAIL
  }

  /** Functions of the library that no driver has. */
  private interface Controls extends Library {
    void emulated_set(String name, @Nullable String value);

    void emulated_mend();

    void emulated_fault(byte[] to, int bytes);

    long emulated_used(int ordinal);

    int emulated_barriers();

    void emulated_barrier(int number, byte[] to, int bytes);

    void emulated_leave_out(int number);
  }

  private static final Path KERNELS = Path.of("src/main/cuda");
  private static final Path SAMPLES = Path.of("src/test/cuda");
  private static final EmulatedCuda INSTANCE =
      new EmulatedCuda("emulated-cuda", KERNELS.resolve("phasemap.cu"));

  private final Path path;
  private final Controls controls;

  private EmulatedCuda(String folder, Path kernels) {
    this(build(Path.of("target", folder), kernels).toAbsolutePath());
  }

  private EmulatedCuda(Path path) {
    this.path = path;
    controls = Native.load(path.toString(), Controls.class);
  }

  /** The device, for code that names it; skips the test where it cannot be built. */
  public static EmulatedCuda get() {
    return INSTANCE;
  }

  /** One with the kernels of {@code src/test/cuda/samples.cu}. */
  static EmulatedCuda ofSamples() {
    return new EmulatedCuda("emulated-samples", SAMPLES.resolve("samples.cu"));
  }

  /** Makes it this process's driver until {@link #reset}. */
  public static EmulatedCuda install() {
    System.setProperty(CudaLibrary.PROPERTY, INSTANCE.path.toString());
    return INSTANCE;
  }

  /**
   * Makes a copy this process's driver until {@link #reset}: another library, whose devices nobody
   * has used.
   *
   * @param folder for the copy
   */
  public static EmulatedCuda installCopy(Path folder) {
    try {
      Path copy = Files.copy(INSTANCE.path, folder.resolve("libcuda.so.1")).toAbsolutePath();
      System.setProperty(CudaLibrary.PROPERTY, copy.toString());
      return new EmulatedCuda(copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path build(Path folder, Path kernels) {
    Tool.require("g++");
    Path library = folder.resolve("libcuda.so.1");
    try (Stream<Path> product = Files.walk(KERNELS);
        Stream<Path> samples = Files.walk(SAMPLES);
        Stream<Path> sources = Stream.concat(product, samples)) {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        boolean stale =
            !Files.exists(library)
                || sources.anyMatch(
                    source -> source.toFile().lastModified() > library.toFile().lastModified());
        if (stale && lock.isValid()) {
          Tool.run("jobs/cuda-kernels", "emulate", folder.toString(), kernels.toString());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return library;
  }

  /** Of the library. */
  public Path path() {
    return path;
  }

  CudaLibrary library() {
    return CudaLibrary.load(path.toString());
  }

  public void set(Setting setting, String value) {
    controls.emulated_set(setting.name(), value);
  }

  /** Takes back all settings, mends what failed launches broke, and uninstalls. */
  public void reset() {
    for (Setting setting : Setting.values()) {
      controls.emulated_set(setting.name(), null);
    }
    controls.emulated_mend();
    controls.emulated_leave_out(-1);
    System.clearProperty(CudaLibrary.PROPERTY);
  }

  /** What went wrong in a kernel, and where; empty if nothing has. */
  public String fault() {
    byte[] text = new byte[512];
    controls.emulated_fault(text, text.length);
    return Native.toString(text, UTF_8);
  }

  /** Bytes of the first device's memory that are allocated. */
  public long used() {
    return controls.emulated_used(0);
  }

  /** Barriers that launches have reached so far, as FILE:LINE. */
  public List<String> barriers() {
    return IntStream.range(0, controls.emulated_barriers()).mapToObj(this::barrier).toList();
  }

  private String barrier(int number) {
    byte[] text = new byte[256];
    controls.emulated_barrier(number, text, text.length);
    return Native.toString(text, UTF_8);
  }

  /** Leaves out a barrier from now on. */
  public void leaveOut(String barrier) {
    controls.emulated_leave_out(barriers().indexOf(barrier));
  }
}
