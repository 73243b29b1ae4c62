package org.phasemap.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.data.FileAccess;
import org.phasemap.network.UserException;
import org.phasemap.plan.Plan;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.parquet.RowFile;
import org.phasemap.store.table.Tables;

/**
 * What is done with a folder that somebody has tampered with stays in that folder, and ends in
 * results or in a message: forty mutations at each build, as many as {@code phasemap.fuzz} says
 * where it is set. {@code HostileCommandsTest} does so with the commands as they are.
 */
class HostileFolderTest {
  private static final int MUTATIONS = Integer.getInteger("phasemap.fuzz", 40);
  private static final int FIRST = Integer.getInteger("phasemap.fuzz.first", 0);

  private Map<String, byte[]> whole = Map.of();

  /** Hadoop's own settings, read once. */
  private static final Configuration LOADED = new Configuration();

  private final Queue<String> faults = new ConcurrentLinkedQueue<>();

  @TempDir private Path folder = Path.of("");

  /** The folder that mutations have for a victim, and its watch. */
  @BeforeEach
  void readsAreSeen() throws IOException {
    Victim victim = Victim.at(folder.resolve("victim"), new byte[3], new byte[2]);
    victim.watch();
    assertThat(victim.touched()).isEmpty();
    Files.readAllBytes(victim.folder().resolve("replicates/a.parquet"));
    assumeTrue(!victim.touched().isEmpty(), "the temporary folder is mounted with noatime");
    assertThat(victim.touched()).containsOnlyKeys(victim.folder().resolve("replicates/a.parquet"));
  }

  @Test
  void nothingOutsideIsReadWrittenOrDeleted() throws IOException {
    whole = HostileFolder.narrow(folder.resolve("whole"));
    Map<String, Integer> ends = new TreeMap<>();
    IntStream.range(FIRST, FIRST + MUTATIONS).parallel().forEach(seed -> count(ends, used(seed)));
    System.getLogger("HostileFolderTest").log(System.Logger.Level.INFO, ends);
    assertThat(faults).isEmpty();
    // Some are harmless; if all were, or none, this would test nothing.
    assertThat(ends.get("results")).isBetween(MUTATIONS / 20, MUTATIONS * 9 / 10);
  }

  private synchronized void count(Map<String, Integer> ends, String end) {
    ends.merge(end, 1, Integer::sum);
  }

  /** How it ended. */
  private String used(int seed) {
    Path parent = folder.resolve("seed-" + seed);
    try {
      HostileFolder hostile = HostileFolder.in(parent, whole, seed);
      Configuration watched = WatchedFileSystem.register(new Configuration(LOADED));
      String end = "results";
      for (Step step :
          List.<Step>of(
              HostileFolderTest::readers, HostileFolderTest::writer, HostileFolderTest::mender)) {
        String now = end(step, hostile, seed, watched);
        end = now.equals("results") ? end : now;
      }
      WatchedFileSystem.touched(watched).stream()
          .filter(path -> !path.toUri().normalize().getPath().startsWith(parent + "/results"))
          .forEach(path -> fault(seed, hostile, "touched " + path));
      if (!hostile.victim().touched().isEmpty()) {
        fault(seed, hostile, hostile.victim().touched());
      }
      delete(parent);
      return end;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fault(int seed, HostileFolder hostile, Object what) {
    faults.add(seed + ": " + hostile + ": " + what);
  }

  /** Does what commands do with a folder, to the end or to a message. */
  private String end(Step step, HostileFolder hostile, int seed, Configuration watched) {
    try {
      step.on(ResultsFolder.at(hostile.folder().toString(), watched));
      return "results";
    } catch (UserException e) {
      if (String.valueOf(e.getMessage()).contains("\u001b")) {
        fault(seed, hostile, e);
      }
      return "message";
    } catch (IOException | UncheckedIOException e) { // Commands make messages of them.
      return "file system";
    } catch (RuntimeException | Error e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      fault(seed, hostile, trace.toString().lines().limit(12).collect(Collectors.joining("\n")));
      return "fault";
    }
  }

  private interface Step {
    void on(ResultsFolder folder) throws IOException;
  }

  private static void readers(ResultsFolder folder) throws IOException {
    folder
        .specYaml()
        .ifPresent(yaml -> Plan.of(SpecReader.resolved(yaml, "spec.yaml", FileAccess.PLAIN)));
    CommittedFiles.check(folder);
    Damage.find(folder);
    for (ManifestEntry.DataFile file : folder.dataFiles(Tables.REPLICATES)) {
      RowFile.read(folder.configuration(), folder.uri(), file.path(), Tables.replicates());
    }
  }

  /** What a sweep does besides measuring. */
  private static void writer(ResultsFolder folder) throws IOException {
    try (FolderLock lock = FolderLock.take(folder)) {
      Commit commit = new Commit(folder, lock);
      for (String staged : commit.staged()) {
        try {
          RowFile.metadata(folder.configuration(), folder.uri(), staged);
          RowFile.read(folder.configuration(), folder.uri(), staged, Tables.replicates());
        } catch (UserException e) {
          assertThat(e.getMessage()).contains("is damaged");
        }
      }
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
      Damage.discard(folder, new Commit(folder, lock), Damage.find(folder));
    }
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
