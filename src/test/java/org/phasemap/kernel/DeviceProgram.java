package org.phasemap.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.phasemap.kernel.cuda.Tool;

/** A program of {@code src/test/cuda}: functions of {@code src/main/cuda} on this CPU. */
final class DeviceProgram {
  private static final Path SOURCES = Path.of("src/main/cuda");
  private static final Path PROGRAMS = Path.of("src/test/cuda");

  private final Path program;
  private final Path in;
  private final Path out;

  private DeviceProgram(Path program) {
    this.program = program;
    in = program.resolveSibling("in");
    out = program.resolveSibling("out");
  }

  /** Compiles a program as {@code jobs/cuda-kernels} compiles the emulated device. */
  static DeviceProgram compile(String name, Path folder) throws Exception {
    Tool.require("g++");
    Path program = folder.resolve(name).toAbsolutePath();
    List<String> command = new ArrayList<>(List.of("g++", "-std=c++17", "-O2"));
    command.addAll(List.of("-ffp-contract=off", "-fno-math-errno", "-Wno-unknown-pragmas"));
    command.addAll(List.of("-fsanitize=float-cast-overflow", "-fno-sanitize-recover=all"));
    if (Files.readString(Path.of("/proc/cpuinfo")).contains(" fma ")) {
      // Elsewhere fmaf is a function with the same results.
      command.add("-mfma");
    }
    command.addAll(List.of("-pthread", "-I", SOURCES.toString(), "-o", program.toString()));
    command.add(PROGRAMS.resolve(name + ".cpp").toString());
    Tool.run(command.toArray(String[]::new));
    return new DeviceProgram(program);
  }

  /**
   * What the program writes when it reads this.
   *
   * @param input all of a buffer
   */
  ByteBuffer run(ByteBuffer input, String... arguments) throws Exception {
    byte[] bytes = new byte[input.capacity()];
    input.duplicate().rewind().get(bytes);
    Files.write(in, bytes);
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor()).as("exit code of %s", command).isZero();
    return ByteBuffer.wrap(Files.readAllBytes(out)).order(ByteOrder.nativeOrder());
  }
}
