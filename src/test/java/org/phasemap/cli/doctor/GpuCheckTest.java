package org.phasemap.cli.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.kernel.cuda.EmulatedCuda;

/** The archive for machines that have a GPU and nothing else, with the emulated device as GPU. */
class GpuCheckTest {
  private static final long MOST_BYTES = 60_000_000;

  @TempDir private Path folder = Path.of("");

  /** With no Java on the PATH. */
  @Test
  void theArchiveBringsAllThatItNeeds() throws IOException, InterruptedException {
    Path archive = folder.resolve("check.tgz");
    run(Map.of("PHASEMAP_CLASS_PATH", classPath()), "jobs/gpu-check", "pack", archive.toString());
    assertThat(archive).isNotEmptyFile();
    assertThat(Files.size(archive)).isLessThan(MOST_BYTES);
    run(Map.of(), "tar", "xzf", archive.toString(), "-C", folder.toString());
    Path bin = Files.createDirectory(folder.resolve("bin"));
    for (String tool : List.of("bash", "dirname", "mktemp", "rm", "uname", "head")) {
      Path there =
          Stream.of("/usr/bin", "/bin")
              .map(place -> Path.of(place, tool))
              .filter(Files::exists)
              .findFirst()
              .orElseThrow();
      Files.createSymbolicLink(bin.resolve(tool), there);
    }
    String text =
        run(
            Map.of(
                "PATH",
                bin.toString(),
                "PHASEMAP_CUDA_DRIVER",
                EmulatedCuda.get().path().toString()),
            bin.resolve("bash").toString(),
            folder.resolve("gpu-check/run").toString());

    assertThat(text)
        .contains("device: emulated GPU, emulated and slow, compute capability 9.0")
        .contains("ok    random numbers: 50,000 of 50,000 have Java's bits")
        .contains("ok    rows: those of 24 weight-free networks have SHA-256 ")
        .contains("ok    rows: those of 48 dense networks have SHA-256 ")
        .contains("ok    rows: those of 8 orthogonal weight-free networks have SHA-256 ")
        .contains("ok    rows: those of 2 wide weight-free networks have SHA-256 ")
        .contains("ok    rows: those of 16 ten-output dense networks have SHA-256 ")
        .contains("ok    rows: those of 24 trained networks have SHA-256 ")
        .contains("ceilings: copy ")
        .endsWith("== all right\n");
  }

  private static String classPath() {
    String path = System.getProperty("surefire.test.class.path");
    if (path != null) {
      return path;
    }
    // Elsewhere the tests' launcher has a class loader of its own.
    URL[] urls = ((URLClassLoader) GpuCheck.class.getClassLoader()).getURLs();
    return Arrays.stream(urls).map(URL::getPath).collect(Collectors.joining(File.pathSeparator));
  }

  private String run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}
