package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that are started through links, beside folders that look like a build's. */
class LinkedScriptsTest {
  @TempDir private Path folder = Path.of("");
  private Path checkout = Path.of("");

  @BeforeEach
  void write() throws IOException {
    checkout = Files.createDirectories(folder.resolve("checkout"));
    for (String name : List.of("jobs", "conf")) {
      Files.createDirectory(checkout.resolve(name));
    }
    for (String script : List.of("phasemap", "gpu-check", "bench")) {
      Files.copy(
          Path.of("jobs", script),
          checkout.resolve("jobs").resolve(script),
          StandardCopyOption.COPY_ATTRIBUTES);
    }
    precious(folder.resolve("home/target/app"));
    precious(folder.resolve("home/target/gpu-check/openblas"));
    precious(checkout.resolve("target/app"));
  }

  private static void precious(Path in) throws IOException {
    Files.createDirectories(in);
    Files.writeString(in.resolve("precious"), "mine");
  }

  /** A link to a link, one absolute and one relative. */
  private Launched linked(String script) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("home/bin"));
    Files.createSymbolicLink(bin.resolve("one"), checkout.resolve("jobs").resolve(script));
    Files.createSymbolicLink(bin.resolve(script), Path.of("one"));
    return Launched.of(
        folder.resolve("log"), List.of(bin.resolve(script).toString(), "theory"), Map.of());
  }

  private void assertNothingIsGone() {
    for (String kept : List.of("home/target/app", "home/target/gpu-check/openblas")) {
      assertThat(folder.resolve(kept).resolve("precious")).hasContent("mine");
    }
    assertThat(checkout.resolve("target/app/precious")).hasContent("mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"phasemap", "gpu-check", "bench"})
  void aScriptOutsideACheckoutDoesNothing(String script) throws Exception {
    Launched launched = linked(script);

    assertThat(launched.exitCode()).as(launched.text()).isEqualTo(2);
    assertThat(launched.text())
        .startsWith(script + ": " + checkout.toRealPath() + ": is no checkout of PhaseMap");
    assertNothingIsGone();
  }

  @Test
  void aBuildThatFailsDeletesNothing() throws Exception {
    Files.writeString(checkout.resolve("pom.xml"), "<artifactId>phasemap</artifactId>\n");
    Files.createDirectories(checkout.resolve("src/main"));
    Files.createDirectories(checkout.resolve("target/app/lib"));
    Files.writeString(checkout.resolve("target/app/lib/old.jar"), "");
    Path mvnw = Files.writeString(checkout.resolve("mvnw"), "#!/usr/bin/env bash\nexit 1\n");
    assertThat(mvnw.toFile().setExecutable(true)).isTrue();
    Launched launched = linked("phasemap");

    assertThat(launched.exitCode()).as(launched.text()).isEqualTo(4);
    assertThat(launched.text()).contains("phasemap: the build failed");
    assertThat(checkout.resolve("target/app/lib/old.jar")).exists();
    assertNothingIsGone();
  }

  @Test
  void aJvmThatDoesNotStartIsNoFailedCell() throws Exception {
    Files.writeString(checkout.resolve("pom.xml"), "<artifactId>phasemap</artifactId>\n");
    Launched launched =
        Launched.of(
            folder.resolve("log"),
            List.of(checkout.resolve("jobs/phasemap").toString(), "theory", "list"),
            Map.of("JAVA_TOOL_OPTIONS", "-Xmxnonsense"));

    assertThat(launched.exitCode()).as(launched.text()).isEqualTo(2);
    assertThat(launched.text()).contains("java: does not start with JAVA_TOOL_OPTIONS");
  }

  @Test
  void fewOpenFilesAreOneMessage() throws Exception {
    Files.writeString(checkout.resolve("pom.xml"), "<artifactId>phasemap</artifactId>\n");
    Launched launched =
        Launched.of(
            folder.resolve("log"),
            List.of("bash", "-c", "ulimit -n 64; exec " + checkout.resolve("jobs/phasemap")),
            Map.of());

    assertThat(launched.exitCode()).as(launched.text()).isEqualTo(2);
    assertThat(launched.text())
        .isEqualTo("phasemap: ulimit -n: 64 open files are too few; allowed: 512 or more\n");
  }
}
