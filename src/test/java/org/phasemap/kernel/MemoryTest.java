package org.phasemap.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@EnabledOnOs(OS.LINUX)
class MemoryTest {
  /**
   * In a JVM of its own, whose heap is resident from the start. For mkl its collector frees no
   * pointers, so that whatever is not closed shows; ND4J leaves small pointers to the collector.
   * Nothing but the result may reach stdout. One forgotten 128 × 128 matrix a unit would be 96,000
   * and 12,000 kB.
   */
  @ParameterizedTest
  @CsvSource({"MKL, 2000, true", "ND4J, 300, false"})
  void manySmallUnitsKeepMemoryFlat(Backend backend, int units, boolean noCollector)
      throws IOException, InterruptedException {
    Process probe =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx64m",
                "-XX:+AlwaysPreTouch",
                "-Dorg.bytedeco.javacpp.nopointergc=" + noCollector,
                "-cp",
                System.getProperty("java.class.path"),
                MemoryProbe.class.getName(),
                backend.name(),
                Integer.toString(units))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(probe.getInputStream().readAllBytes(), UTF_8);
    assertThat(probe.waitFor()).as(output).isZero();
    Matcher grown = Pattern.compile("grown (-?\\d+) (-?\\d+)\\R").matcher(output);
    assertThat(grown.matches()).as(output).isTrue();
    assertThat(Long.parseLong(grown.group(1))).as("resident kB").isLessThan(8000);
    assertThat(Long.parseLong(grown.group(2))).as("kB of pointers").isLessThan(100);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void closingFreesAtOnce(Backend backend) throws IOException {
    try (Kernel kernel = Kernels.open(backend)) {
      kernel.matrix(1, 1);
      long before = MemoryProbe.residentKilobytes();
      // 256 MiB: other tests of this JVM may gain or lose tens of MB meanwhile.
      Matrix large = kernel.matrix(8192, 8192);
      assertThat(MemoryProbe.residentKilobytes() - before).isBetween(190_000L, 340_000L);
      large.close();
      assertThat(MemoryProbe.residentKilobytes() - before).isLessThan(70_000);
    }
  }
}
