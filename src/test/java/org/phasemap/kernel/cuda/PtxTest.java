package org.phasemap.kernel.cuda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PtxTest {
  private static final Pattern CALL =
      Pattern.compile("call\\.uni\\s+(?:\\([^)]*\\),\\s*)?([\\w$]+),");

  @Test
  void theCommittedPtxIsWhatTheKernelsCompileTo(@TempDir Path folder) throws IOException {
    Tool.require("clang-19");
    Path made = folder.resolve("phasemap.ptx");
    Tool.run("jobs/cuda-kernels", "ptx", made.toString());

    assertThat(Ptx.KERNELS.text())
        .as("run jobs/cuda-kernels ptx and commit the file")
        .isEqualTo(Files.readString(made));
  }

  @Test
  void itRunsFromVoltaOnAndTellsArgumentsSizes() {
    assertThat(Ptx.KERNELS.text()).startsWith(".version 6.3\n.target sm_70\n");
    assertThat(DeviceKernels.of("draw_gaussian"))
        .isEqualTo(new DeviceKernel("draw_gaussian", 48, 256, 1, 0));
  }

  @Test
  void instancesSayWhatABlockTakes() {
    List<DeviceKernel> instances = DeviceKernels.instances("weight_free");
    assertThat(instances)
        .isNotEmpty()
        .allSatisfy(
            kernel -> {
              assertThat(kernel.name())
                  .isEqualTo("weight_free_%d_%d", kernel.columns(), kernel.threads());
              assertThat(kernel.blocks()).isGreaterThan(1);
              assertThat(kernel.sharedBytes()).isGreaterThan(kernel.columns() * kernel.columns());
            });
    assertThat(DeviceKernels.instances("drawn_gram").stream().map(DeviceKernel::columns))
        .containsExactlyElementsOf(
            instances.stream().map(DeviceKernel::columns).distinct().toList());
  }

  /** All that a module names is in it, and nothing else: the driver translates no more. */
  @Test
  void aKernelsModuleHasTheKernelAndWhatItCalls() {
    for (DeviceKernel kernel : Ptx.KERNELS.kernels()) {
      String module = Ptx.KERNELS.module(kernel.name());
      Ptx read = Ptx.parse(module);
      assertThat(module).startsWith(".version 6.3\n.target sm_70\n.address_size 64\n");
      assertThat(read.kernels()).extracting(DeviceKernel::name).containsExactly(kernel.name());
      assertThat(read.module(kernel.name())).isEqualTo(module);
      assertThat(CALL.matcher(module).results().map(call -> call.group(1)))
          .allSatisfy(function -> assertThat(module).contains(" " + function + "("));
    }
    assertThat(Ptx.KERNELS.module("weight_free_8_64")).doesNotContain("ILi16ELi32E", "draw_");
  }

  /** What would round differently on a GPU; the script must see it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mul.f32 %f1, %f2, %f3;",
        "add.rn.ftz.f32 %f1, %f2, %f3;",
        "fma.f64 %fd1, %fd2, %fd3, %fd4;",
        "div.full.f32 %f1, %f2, %f3;",
        "sqrt.approx.f32 %f1, %f2;",
        "min.f32 %f1, %f2, %f3;",
        "max.f64 %fd1, %fd2, %fd3;",
        "ex2.approx.f32 %f1, %f2;"
      })
  void instructionsWithOtherBitsElsewhereAreRefused(String instruction, @TempDir Path folder)
      throws IOException, InterruptedException {
    Path clang = folder.resolve("clang");
    Files.writeString(clang, "#!/bin/sh\nprintf '%s\\n' '\t" + instruction + "'\n");
    assertThat(clang.toFile().setExecutable(true)).isTrue();
    ProcessBuilder script =
        new ProcessBuilder("jobs/cuda-kernels", "ptx", folder.resolve("out").toString());
    script.environment().put("PHASEMAP_CLANG", clang.toString());
    Process process = script.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(output).contains(instruction).contains("round differently");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aLaunchWithAnotherArgumentIsRefused() {
    assertThatThrownBy(() -> Ptx.KERNELS.check("draw_gaussian", 40))
        .hasMessage("Cannot launch draw_gaussian with an argument of 40 bytes: must be 48");
    assertThatThrownBy(() -> Ptx.KERNELS.check("draw", 48))
        .hasMessageStartingWith("There is no kernel draw; there are [copy_ceiling, ");
  }
}
