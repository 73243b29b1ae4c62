package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code jobs/phasemap build} in a checkout whose Maven is a script that makes small files. */
class BuildTest {
  /**
   * Makes what the POM's plugins make, with the content that it is told, and notes its arguments.
   */
  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      set -eu
      echo "$*" >>maven.log
      app=target/app libraries=yes cluster=yes
      for argument; do
        case "$argument" in
          -Dapp.directory=*) app=${argument#*=} ;;
          -Dmdep.skip=true) libraries=no ;;
          -Dcluster.jar.skip=true) cluster=no ;;
        esac
      done
      version=$(cat version)
      if [[ "$libraries" == yes ]]; then
        mkdir -p "$app/lib" "$app/spark/jars"
        echo "$RANDOM" >"$app/lib/library-$version.jar"
        echo "$RANDOM" >"$app/lib/duckdb_jdbc-1.jar"
        echo "$RANDOM" >"$app/spark/jars/spark-1.jar"
        echo made >target/phasemap-0.1.0.jar
      fi
      [[ "$cluster" == no ]] || echo made >target/phasemap-0.1.0-cluster.jar
      """;

  @TempDir private Path home = Path.of("");

  @BeforeEach
  void checkout() throws IOException {
    for (String folder : List.of("jobs", "conf", "src/main", "target")) {
      Files.createDirectories(home.resolve(folder));
    }
    Files.copy(
        Path.of("jobs/phasemap"),
        home.resolve("jobs/phasemap"),
        StandardCopyOption.COPY_ATTRIBUTES);
    Files.copy(Path.of("conf/jvm.options"), home.resolve("conf/jvm.options"));
    Files.writeString(home.resolve("pom.xml"), "<artifactId>phasemap</artifactId>");
    Files.writeString(home.resolve("src/main/A.java"), "");
    Files.writeString(home.resolve("version"), "1");
    Path maven = Files.writeString(home.resolve("mvnw"), MAVEN);
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    for (String source : List.of("pom.xml", "src/main", "src/main/A.java")) {
      date(source, -100);
    }
  }

  private void date(String file, int seconds) throws IOException {
    Files.setLastModifiedTime(
        home.resolve(file), FileTime.from(Instant.now().plusSeconds(seconds)));
  }

  private Launched build(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(Stream.of(home.resolve("jobs/phasemap") + "", "build"), Stream.of(arguments))
            .toList();
    Launched launched = Launched.of(home.resolve("out"), command, Map.of());
    launched.exitCode();
    return launched;
  }

  private void succeed(String... arguments) throws IOException, InterruptedException {
    Launched launched = build(arguments);
    assertThat(launched.process().exitValue()).as(launched.text()).isZero();
  }

  private List<String> maven() throws IOException {
    return Files.readAllLines(home.resolve("maven.log"));
  }

  /** The libraries, by path. */
  private Map<String, String> libraries() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(home.resolve("target/app"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            home.resolve("target/app").relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }

  @Test
  void whatIsBuiltIsNotBuiltAgain() throws Exception {
    succeed();
    assertThat(maven()).hasSize(1);
    assertThat(home.resolve("target/phasemap-0.1.0-cluster.jar")).doesNotExist();
    succeed("--cluster");
    assertThat(maven()).hasSize(2);
    succeed("--cluster");
    assertThat(maven()).hasSize(2);
    assertThat(build("--all").process().exitValue()).isEqualTo(2);
  }

  /**
   * Running clusters have the libraries open; the archive of classes and DuckDB's are beside them.
   */
  @Test
  void buildingOneArtefactLeavesTheOthers() throws Exception {
    succeed("--cluster");
    Files.writeString(home.resolve("target/app/phasemap.jsa"), "archive");
    Map<String, String> before = libraries();

    date("target/phasemap-0.1.0-cluster.jar", -200);
    succeed("--cluster");
    assertThat(maven().get(2)).contains("-Dmdep.skip=true");
    assertThat(libraries()).isEqualTo(before);
  }

  @Test
  void newSourcesLeaveTheLibrariesAndNewLibrariesTakeTheirPlace() throws Exception {
    succeed();
    Map<String, String> before = libraries();
    date("target/phasemap-0.1.0.jar", -200);
    succeed();
    assertThat(maven()).hasSize(2);
    assertThat(libraries()).isEqualTo(before);

    Files.writeString(home.resolve("version"), "2");
    date("target/phasemap-0.1.0.jar", -200);
    succeed();
    assertThat(libraries())
        .containsKey("lib/library-2.jar")
        .doesNotContainKey("lib/library-1.jar")
        .containsEntry("spark/jars/spark-1.jar", before.get("spark/jars/spark-1.jar"));
    assertThat(home.resolve("target/app.new")).doesNotExist();
  }

  @Test
  void aBuildThatFailsLeavesWhatThereWas() throws Exception {
    succeed();
    Map<String, String> before = libraries();
    date("target/phasemap-0.1.0.jar", -200);
    Files.writeString(home.resolve("mvnw"), "#!/usr/bin/env bash\necho '[ERROR] no'\nexit 1\n");
    Launched failed = build();
    assertThat(failed.process().exitValue()).isEqualTo(4);
    assertThat(failed.text()).contains("[ERROR] no", "the build failed");
    assertThat(libraries()).isEqualTo(before);
  }
}
