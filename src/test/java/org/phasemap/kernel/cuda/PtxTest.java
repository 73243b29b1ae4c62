package org.phasemap.kernel.cuda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PtxTest {
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
    assertThat(Ptx.KERNELS.parameterBytes()).containsEntry("draw_gaussian", 48);
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
        .hasMessage("Cannot launch draw with an argument of 48 bytes: must be one of the PTX");
  }
}
