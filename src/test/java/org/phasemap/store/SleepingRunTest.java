package org.phasemap.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.data.LocalFiles;
import org.phasemap.network.UserException;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.parquet.RowFile;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

/**
 * A run that sleeps between its last look at the lock and its manifest entry, while another takes
 * the lock over.
 */
class SleepingRunTest {
  private static final Configuration CONFIGURATION = configuration();
  private static final List<Column> COLUMNS =
      List.of(Tables.replicatesColumn("cell_id"), Tables.replicatesColumn("replicate"));
  private static final int ROUNDS = 12;

  @TempDir private Path folder = Path.of("");

  private static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.setClass("fs.file.impl", LocalFiles.class, org.apache.hadoop.fs.FileSystem.class);
    return configuration;
  }

  private static ManifestEntry.DataFile write(ResultsFolder results, Commit commit)
      throws IOException {
    Iterator<@Nullable Object[]> row =
        List.<@Nullable Object[]>of(new Object[] {"cell", 1}).iterator();
    String path = commit.newPath(Tables.REPLICATES) + ".parquet";
    return RowFile.write(CONFIGURATION, results.uri(), path, COLUMNS, Map.of(), row);
  }

  private static void commit(ResultsFolder results, Commit commit) throws IOException {
    commit.add(Tables.REPLICATES, List.of(write(results, commit)), Map.of());
  }

  private ResultsFolder results() {
    return ResultsFolder.at(folder.toString(), CONFIGURATION);
  }

  /** The lock as another process sees it that believes its holder dead. */
  private String release() throws IOException {
    String lock = Files.readString(folder.resolve("_lock"));
    Files.delete(folder.resolve("_lock"));
    Files.deleteIfExists(folder.resolve("._lock.crc"));
    return lock;
  }

  /** As if the look at the lock had been before another took it over. */
  private void giveBack(String lock) throws IOException {
    Files.deleteIfExists(folder.resolve("._lock.crc"));
    Files.writeString(folder.resolve("_lock"), lock);
  }

  private List<String> missingFiles() {
    return results().files(Tables.REPLICATES).stream()
        .filter(file -> !Files.exists(Path.of(file)))
        .toList();
  }

  @Test
  void doesNotCommitUnderANumberThatAnotherHasTaken() throws IOException {
    Commit asleep = new Commit(results(), FolderLock.take(results()));
    commit(results(), asleep);
    ManifestEntry.DataFile late = write(results(), asleep);
    String lock = release();
    Commit other = new Commit(results(), FolderLock.take(results()));
    assertThatThrownBy(() -> asleep.add(Tables.REPLICATES, List.of(late), Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("_lock: is no longer this process's");

    commit(results(), other);
    giveBack(lock);
    assertThatThrownBy(() -> asleep.add(Tables.REPLICATES, List.of(late), Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("another process has committed 000002.json meanwhile");
    assertThat(results().manifest()).hasSize(2);
  }

  @Test
  void doesNotCommitAFileThatAnotherHasSweptAway() throws IOException {
    for (int entries = 0; entries < 2; entries++) {
      Commit asleep = new Commit(results(), FolderLock.take(results()));
      ManifestEntry.DataFile late = write(results(), asleep);
      String lock = release();
      Commit other = new Commit(results(), FolderLock.take(results()));
      List<String> before = results().files(Tables.REPLICATES);
      other.discardLeftovers();
      assertThat(folder.resolve(late.path())).doesNotExist();

      giveBack(lock);
      Files.createFile(folder.resolve(late.path())); // It was synchronised before it was deleted.
      assertThatThrownBy(() -> asleep.add(Tables.REPLICATES, List.of(late), Map.of()))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("another process has committed");
      assertThat(results().files(Tables.REPLICATES)).isEqualTo(before);
      Files.delete(folder.resolve(late.path()));
      release();
      Commit last = new Commit(results(), FolderLock.take(results()));
      commit(results(), last);
      release();
    }
  }

  @Test
  void deletesNothingOfAnother() throws IOException {
    Commit asleep = new Commit(results(), FolderLock.take(results()));
    Path own = folder.resolve(write(results(), asleep).path());
    String lock = release();
    Commit other = new Commit(results(), FolderLock.take(results()));
    Path others = folder.resolve(write(results(), other).path());
    Path staged = folder.resolve(other.newStagedPath() + ".parquet");
    Files.createDirectories(staged.getParent());
    Files.createFile(staged);
    giveBack(lock);
    asleep.end();

    assertThat(own).doesNotExist();
    assertThat(others).exists();
    assertThat(staged).exists();
  }

  /** Commits waves of a row, as fast as it can, whenever it gets the lock; prints their files. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] folder) throws Exception {
      ResultsFolder results = ResultsFolder.at(folder[0], CONFIGURATION);
      while (true) {
        try (FolderLock lock = FolderLock.take(results)) {
          Commit commit = new Commit(results, lock);
          commit.discardLeftovers();
          for (int wave = 0; wave < 1000; wave++) {
            commit(results, commit);
          }
        } catch (UserException | IOException e) { // The latter: a file swept away while written.
          System.out.println(e.getMessage());
          Thread.sleep(10);
        }
      }
    }
  }

  /**
   * Real processes: one is stopped at any moment, and goes on as if its lock were still its own.
   */
  @Test
  void stoppedAtAnyMomentLosesAndDoublesNothing() throws Exception {
    Path log = folder.resolve("log");
    Process writer =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Random random = new Random(1);
    try {
      int entries = 0;
      for (int round = 0; round < ROUNDS; round++) {
        for (int before = entries; entries < before + 2; entries = results().manifest().size()) {
          Thread.sleep(20);
          assertThat(writer.isAlive()).as(Files.readString(log)).isTrue();
        }
        Thread.sleep(random.nextInt(30));
        signal(writer, "STOP");
        awaitStopped(writer);
        if (!Files.exists(folder.resolve("_lock"))) {
          signal(writer, "CONT");
          continue;
        }
        String lock = release();
        Commit other = new Commit(results(), FolderLock.take(results()));
        other.discardLeftovers();
        if (round % 2 == 0) {
          commit(results(), other);
        }
        entries = results().manifest().size();
        giveBack(lock);
        signal(writer, "CONT");
      }
    } finally {
      writer.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
    List<String> files = results().files(Tables.REPLICATES);
    System.out.printf(
        "SleepingRunTest: stopped %d times, %d files; %s%n",
        ROUNDS, files.size(), counts(Files.readAllLines(log)));
    assertThat(Files.readString(log)).contains("another process has committed");
    assertThat(files).doesNotHaveDuplicates().hasSizeGreaterThan(ROUNDS);
    assertThat(missingFiles()).isEmpty();
  }

  private static Map<String, Long> counts(List<String> lines) {
    List<String> said = new ArrayList<>();
    lines.forEach(line -> said.add(line.replaceFirst("^[^:]*: ", "").replaceAll("[0-9].*", "")));
    return said.stream().collect(Collectors.groupingBy(line -> line, Collectors.counting()));
  }

  /** The signal is on its way when kill returns: a thread may still look at the lock meanwhile. */
  private static void awaitStopped(Process process) throws Exception {
    Path threads = Path.of("/proc/" + process.pid() + "/task");
    while (Files.isDirectory(threads) && !allStopped(threads)) {
      Thread.sleep(1);
    }
  }

  private static boolean allStopped(Path threads) throws IOException {
    try (Stream<Path> all = Files.list(threads)) {
      for (Path thread : (Iterable<Path>) all::iterator) {
        String status = Files.readString(thread.resolve("stat"));
        if (status.charAt(status.lastIndexOf(')') + 2) != 'T') {
          return false;
        }
      }
    } catch (NoSuchFileException | UncheckedIOException e) { // A thread has ended meanwhile.
      return false;
    }
    return true;
  }

  private static void signal(Process process, String signal) throws Exception {
    new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
  }
}
