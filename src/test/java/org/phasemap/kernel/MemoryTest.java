package org.phasemap.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@EnabledOnOs(OS.LINUX)
class MemoryTest {
  /**
   * In a JVM of its own, whose heap is resident from the start. For openblas its collector frees no
   * pointers, so that whatever is not closed shows; ND4J leaves small pointers to the collector.
   * Nothing but the result may reach stdout. One forgotten 128 × 128 matrix a unit would be 96,000
   * and 12,000 kB.
   */
  @ParameterizedTest
  @CsvSource({"openblas, 2000, true", "nd4j, 300, false"})
  void manySmallUnitsKeepMemoryFlat(String backend, int units, boolean noCollector)
      throws IOException, InterruptedException {
    String output = probe(noCollector, backend, Integer.toString(units));
    Matcher grown = Pattern.compile("grown (-?\\d+) (-?\\d+)\\R").matcher(output);
    assertThat(grown.matches()).as(output).isTrue();
    assertThat(Long.parseLong(grown.group(1))).as("resident kB").isLessThan(8000);
    assertThat(Long.parseLong(grown.group(2))).as("kB of pointers").isLessThan(100);
  }

  @ParameterizedTest
  @MethodSource("org.phasemap.kernel.Backends#ofKernels")
  void memoryIsUsedAgainAndFreedWithItsKernel(Backend backend)
      throws IOException, InterruptedException {
    String output = probe(true, backend.id());
    Matcher held = Pattern.compile("(?m)^held (-?\\d+) (-?\\d+) (-?\\d+)$").matcher(output);
    assertThat(held.find()).as(output).isTrue();
    // 4096² float32 entries are 65,536 kB.
    assertThat(Long.parseLong(held.group(1))).as("kB while open").isBetween(48_000L, 96_000L);
    assertThat(Long.parseLong(held.group(2))).as("kB after two").isLessThan(96_000);
    assertThat(Long.parseLong(held.group(3))).as("kB when closed").isLessThan(16_000);
  }

  /**
   * A JVM of its own, whose heap neither grows nor shrinks and whose compiler takes little: what is
   * left is native memory.
   */
  private static String probe(boolean noCollector, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms128m",
                "-Xmx128m",
                "-XX:+AlwaysPreTouch",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.bytedeco.javacpp.nopointergc=" + noCollector,
                "-cp",
                System.getProperty("java.class.path"),
                MemoryProbe.class.getName()));
    command.addAll(List.of(arguments));
    Process probe = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(probe.getInputStream().readAllBytes(), UTF_8);
    assertThat(probe.waitFor()).as(output).isZero();
    return output;
  }
}
