package org.phasemap.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.network.UserException;
import org.phasemap.query.Query;
import org.phasemap.spec.SpecReader;

/**
 * What is done with a folder that somebody has tampered with stays in that folder: sixty mutations
 * at each build, as many as {@code phasemap.fuzz} says where it is set.
 */
class HostileFolderTest {
  private static final Path KEPT = Path.of("src/test/resources/org/phasemap/cli/schema/schema-5");
  private static final int MUTATIONS = Integer.getInteger("phasemap.fuzz", 60);
  private static final Map<String, byte[]> WHOLE = new HashMap<>();

  /** DuckDB takes its time to open and is not asked at every mutation. */
  private static final int QUERIES = 25;

  @TempDir private Path folder = Path.of("");

  private static Map<String, byte[]> whole() throws IOException {
    if (WHOLE.isEmpty()) {
      try (Stream<Path> files = Files.walk(KEPT)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          WHOLE.put(KEPT.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
      byte[] rows = file("replicates/85a0b854-001-0-6.parquet");
      WHOLE.put("_staging/0123abcd-000-0-0.parquet", rows);
      WHOLE.put("replicates/0123abcd-001-0-0.parquet", rows);
      WHOLE.put(
          "_lock",
          "{\"id\": \"x\", \"host\": \"elsewhere\", \"pid\": 1}".getBytes(StandardCharsets.UTF_8));
    }
    return WHOLE;
  }

  private static byte[] file(String name) throws IOException {
    return Files.readAllBytes(KEPT.resolve(name));
  }

  private static void write(Path to, Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = to.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  /** Nobody has written to it for long, so that it may be taken over. */
  private static void abandon(Path lock) throws IOException {
    if (Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
      Files.setLastModifiedTime(lock, FileTime.fromMillis(0));
    }
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Every file with its bytes and the time of its last change. */
  private static Map<String, String> state(Path root) throws IOException {
    Map<String, String> state = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList()) {
        String content =
            Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? Arrays.hashCode(Files.readAllBytes(file)) + ""
                : "";
        state.put(file.toString(), Files.getLastModifiedTime(file) + " " + content);
      }
    }
    return state;
  }

  private static Path victim(Path victim) throws IOException {
    byte[] rows = file("replicates/85a0b854-001-0-6.parquet");
    write(victim, Map.of("spec.yaml", file("spec.yaml"), "precious", new byte[] {1}));
    write(victim, Map.of("replicates/a.parquet", rows, "a.parquet", rows));
    return victim;
  }

  @Test
  void nothingOutsideIsReadWrittenOrDeleted() throws IOException {
    Configuration watched = WatchedFileSystem.register(new Configuration());
    int accepted = 0;
    for (int seed = 0; seed < MUTATIONS; seed++) {
      Path results = folder.resolve("results-" + seed);
      Path victim = victim(folder.resolve("victim"));
      write(results, whole());
      String mutation = new HostileFolder(results, victim, seed).mutate();
      Map<String, String> before = state(victim);
      abandon(results.resolve("_lock"));
      WatchedFileSystem.touched();
      accepted += used(results, watched, seed);
      assertThat(WatchedFileSystem.touched())
          .as("%d: %s", seed, mutation)
          .allMatch(path -> path.toUri().normalize().getPath().startsWith(results.toString()));
      assertThat(state(victim)).as("%d: %s", seed, mutation).isEqualTo(before);
      delete(results);
      delete(victim);
    }
    // Some are harmless; if all were, or none, this would test nothing.
    assertThat(accepted).isBetween(MUTATIONS / 50, MUTATIONS * 9 / 10);
  }

  /** All that commands do with a folder, to the end or to a message; 1 if to the end. */
  private static int used(Path results, Configuration watched, int seed) throws IOException {
    int steps = 0;
    for (Step step :
        List.<Step>of(
            HostileFolderTest::readers,
            HostileFolderTest::writer,
            folder -> query(folder, seed),
            HostileFolderTest::mender)) {
      try {
        step.on(ResultsFolder.at(results.toString(), watched));
        steps++;
      } catch (UserException e) {
        assertThat(e.getMessage()).isNotBlank().doesNotContain("\u001b");
      } catch (IOException | UncheckedIOException e) {
        assertThat(e).hasMessageNotContaining("victim/");
      }
    }
    return steps == 4 ? 1 : 0;
  }

  private interface Step {
    void on(ResultsFolder folder) throws IOException;
  }

  private static void readers(ResultsFolder folder) throws IOException {
    folder.specYaml().ifPresent(yaml -> SpecReader.resolved(yaml, "spec.yaml"));
    CommittedFiles.check(folder);
    Damage.find(folder);
    for (ManifestEntry.DataFile file : folder.dataFiles(Tables.REPLICATES)) {
      RowFile.read(folder.fileSystem().getConf(), folder.uri(), file.path(), Tables.replicates());
    }
  }

  private static void query(ResultsFolder folder, int seed) {
    if (seed % QUERIES == 0) {
      try (Query query = Query.open(folder)) {
        query.rows("select count(*) from cells");
      }
    }
  }

  /** What a sweep does besides measuring. */
  private static void writer(ResultsFolder folder) throws IOException {
    try (FolderLock lock = FolderLock.take(folder)) {
      Commit commit = new Commit(folder, lock);
      commit.staged();
      commit.discardLeftovers();
      folder.writeSpec("name: other\n");
      List<ManifestEntry.DataFile> kept =
          folder.dataFiles(Tables.REPLICATES).stream().skip(1).toList();
      commit.replace(Tables.REPLICATES, kept, folder.provenance());
      commit.end();
    }
  }

  private static void mender(ResultsFolder folder) throws IOException {
    try (FolderLock lock = FolderLock.take(folder)) {
      Damage.discard(folder, new Commit(folder, lock));
    }
  }
}
