package org.phasemap.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.cli.FolderWatch;
import org.phasemap.cli.SweepTables;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.store.CrashingFileSystem;
import org.phasemap.store.ResultsFolder;
import org.phasemap.sweep.cluster.Session;
import org.phasemap.sweep.progress.SweepListener;

/** A driver that is killed at each of its changes to the disk in turn, and the sweep after it. */
class CrashIT {
  /** Every cell a task of its own. */
  private static final String YAML =
      """
      name: crashed
      replicates: %d
      network: {activation: relu, depth: [2, 3], width: 8}
      random_numbers: independent
      """;

  private static final int ROWS = 2 * 2;

  @SuppressWarnings("NullAway.Init")
  private static SparkSession spark;

  private static final Configuration CONFIGURATION =
      CrashingFileSystem.register(new Configuration());

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void start() {
    System.setProperty("spark.master", "local[1,1]");
    spark = Session.open("test");
    CrashingFileSystem.register(spark.sparkContext().hadoopConfiguration());
  }

  @AfterAll
  static void stop() {
    CrashingFileSystem.crashAfter(Integer.MAX_VALUE);
    spark.stop();
    System.clearProperty("spark.master");
  }

  private static final class Missing implements SweepListener {
    private long rows;

    @Override
    public void planned(Announcement announcement) {
      rows = announcement.missing();
    }
  }

  /** Runs a sweep to its end and gives how many rows it measured. */
  private static long run(ResultsFolder results, int replicates) throws IOException {
    Missing listener = new Missing();
    new Sweep(
            () -> spark,
            CONFIGURATION,
            SpecReader.parse(YAML.formatted(replicates), "test.yaml"),
            results,
            listener)
        .run(Set.of());
    return listener.rows;
  }

  private ResultsFolder at(String scheme, String name) {
    return ResultsFolder.at(scheme + folder.resolve(name), CONFIGURATION);
  }

  private List<String> tables(String name) {
    List<String> lines = new ArrayList<>(SweepTables.replicates(folder.resolve(name)));
    lines.addAll(SweepTables.cells(folder.resolve(name)));
    return lines;
  }

  private void copy(String from, String to) throws IOException {
    FileSystem local = FileSystem.getLocal(CONFIGURATION).getRaw();
    FileUtil.copy(
        local,
        new org.apache.hadoop.fs.Path(folder.resolve(from).toString()),
        local,
        new org.apache.hadoop.fs.Path(folder.resolve(to).toString()),
        false,
        CONFIGURATION);
  }

  /** This process lives on: its lock must look like that of one that does not. */
  private void disown(String name) throws Exception {
    Path lock = folder.resolve(name).resolve("_lock");
    if (Files.exists(lock)) {
      Process gone = new ProcessBuilder("true").start();
      gone.waitFor();
      String here = "\"pid\":" + ProcessHandle.current().pid();
      Files.writeString(lock, Files.readString(lock).replace(here, "\"pid\":" + gone.pid()));
    }
  }

  @Test
  void aSweepThatIsKilledAtAnyOfItsChangesGoesOnAsIfItHadNotBeen() throws Exception {
    run(at("crashing:", "whole"), 2);
    List<String> expected = tables("whole");
    assertThat(expected).hasSize(ROWS + 2);

    // One wave and cells are there, another wave and other cells are wanted.
    run(at("crashing:", "before"), 1);
    int changes = 0;
    long finished = 0;
    for (String name = ""; finished < Long.MAX_VALUE; changes++) {
      name = "killed-" + changes;
      finished = kill("before", name, changes);
      if (finished == ROWS - 1 && !Files.exists(folder.resolve("staged"))) {
        copy(name, "staged"); // A task's whole file, and the other's to come.
        disown("staged");
      }
      resume(name, finished, expected);
    }
    System.out.printf("CrashIT: killed at each of %d changes%n", changes - 1);
    assertThat(changes).isGreaterThan(20);

    // Killed again, until what was staged is committed and the other task has ended.
    int more = 0;
    for (finished = 0; finished < ROWS; more++) {
      String name = "killed-again-" + more;
      finished = kill("staged", name, more);
      resume(name, finished, expected);
    }
    System.out.printf("CrashIT: and again at each of the first %d%n", more);
    assertThat(more).isGreaterThan(8);
  }

  /**
   * Copies a folder and runs a sweep in the copy until it is killed at one of its changes.
   *
   * @return how many rows tasks had finished, or the largest number if the sweep came to its end
   */
  private long kill(String before, String name, int changes) throws Exception {
    copy(before, name);
    CrashingFileSystem.crashAfter(changes);
    try {
      run(at("crashing:", name), 2);
    } catch (IOException | UncheckedIOException e) {
      assertThat(CrashingFileSystem.hasCrashed()).isTrue();
    }
    boolean crashed = CrashingFileSystem.hasCrashed();
    CrashingFileSystem.crashAfter(Integer.MAX_VALUE);
    FolderWatch watch = new FolderWatch(folder.resolve(name));
    long finished = watch.committed() + watch.uncommitted();
    assertThat(finished).isBetween(ROWS / 2L, (long) ROWS);
    return crashed ? finished : Long.MAX_VALUE;
  }

  private void resume(String name, long finished, List<String> expected) throws Exception {
    disown(name);
    long again = run(at("crashing:", name), 2);
    assertThat(again).as(name).isEqualTo(Math.max(0, ROWS - finished));
    assertThat(tables(name)).as(name).isEqualTo(expected);
    assertThat(folder.resolve(name).resolve("_lock")).doesNotExist();
    assertThat(folder.resolve(name).resolve("_staging")).doesNotExist();
  }
}
