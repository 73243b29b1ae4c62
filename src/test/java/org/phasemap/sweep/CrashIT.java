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
import org.phasemap.cli.SweepTables;
import org.phasemap.spec.SpecReader;
import org.phasemap.store.CrashingFileSystem;
import org.phasemap.store.ResultsFolder;

/** A driver that is killed at each of its changes to the disk in turn, and the sweep after it. */
class CrashIT {
  private static final String YAML =
      "{name: crashed, replicates: %d, network: {activation: relu, depth: [2, 3], width: 8}}";
  private static final int ROWS = 2 * 2;

  @SuppressWarnings("NullAway.Init")
  private static SparkSession spark;

  private static final Configuration CONFIGURATION =
      CrashingFileSystem.register(new Configuration());

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void start() {
    System.setProperty("spark.master", "local[1,1]");
    spark = Session.open();
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
    boolean crashed = true;
    int changes = 0;
    long repeated = 0;
    for (; crashed; changes++) {
      String name = "killed-" + changes;
      copy("before", name);
      CrashingFileSystem.crashAfter(changes);
      try {
        run(at("crashing:", name), 2);
      } catch (IOException | UncheckedIOException e) {
        assertThat(CrashingFileSystem.hasCrashed()).isTrue();
      }
      crashed = CrashingFileSystem.hasCrashed();
      CrashingFileSystem.crashAfter(Integer.MAX_VALUE);
      disown(name);
      long again = run(at("crashing:", name), 2);

      assertThat(again).as(name).isIn(0L, (long) ROWS / 2);
      repeated += again;
      assertThat(tables(name)).as(name).isEqualTo(expected);
      assertThat(folder.resolve(name).resolve("_lock")).doesNotExist();
      assertThat(folder.resolve(name).resolve("_staging")).doesNotExist();
    }
    System.out.printf(
        "CrashIT: killed at each of %d changes, %d rows measured again%n", changes - 1, repeated);
    assertThat(changes).isGreaterThan(20);
  }
}
