package org.phasemap.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.network.UserException;

class FolderLockTest {
  @TempDir private Path folder = Path.of("");

  private FolderLock take() throws IOException {
    return FolderLock.take(ResultsFolder.at(folder.toString(), new Configuration()));
  }

  /** Leaves a lock as another driver would. */
  private void leave(String host, long pid, long start, Instant beat) throws IOException {
    Path file = folder.resolve("_lock");
    FolderLock.Holder holder = new FolderLock.Holder("other", host, pid, start, "ada", "today");
    Files.write(file, new ObjectMapper().writeValueAsBytes(holder));
    Files.deleteIfExists(folder.resolve("._lock.crc"));
    Files.setLastModifiedTime(file, FileTime.from(beat));
  }

  private static String here() {
    return FolderLock.Holder.here().host();
  }

  /** Of a process that has ended. */
  private static long deadPid() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    return process.pid();
  }

  @Test
  void aHeldLockIsRefusedWithItsHoldersName() throws IOException {
    try (FolderLock lock = take()) {
      lock.check();
      assertThatThrownBy(this::take)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid() + " of ")
          .hasMessageContaining(" on " + here() + ", since 2");
    }
    take().close();
    assertThat(folder.resolve("_lock")).doesNotExist();
  }

  @Test
  void aDeadProcessOfThisHostLosesItsLockAtOnce() throws Exception {
    leave(here(), deadPid(), 0, Instant.now());
    take().close();
  }

  @Test
  void aLaterProcessWithTheSameNumberIsAnotherOne() throws IOException {
    leave(here(), ProcessHandle.current().pid(), 12345, Instant.now());
    take().close();
  }

  @Test
  void anotherHostKeepsItsLockAsLongAsItIsHeard() throws Exception {
    leave("elsewhere", 1, 0, Instant.now().minusSeconds(60));
    assertThatThrownBy(this::take)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("process 1 of ada on elsewhere, since today");

    leave("elsewhere", 1, 0, Instant.now().minus(FolderLock.SILENCE).minusSeconds(5));
    take().close();
  }

  /** A process that was killed between creating the file and writing its name. */
  @Test
  void aLockWithoutANameIsTakenOverOnceItHasHadTimeToGetOne() throws Exception {
    Path file = Files.createFile(folder.resolve("_lock"));
    Files.setLastModifiedTime(
        file, FileTime.from(Instant.now().minus(FolderLock.NAMING).minusSeconds(1)));
    take().close();

    Files.createFile(file);
    Thread writer =
        new Thread(
            () -> {
              try {
                Thread.sleep(300);
                leave("elsewhere", 1, 0, Instant.now());
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    writer.start();
    assertThatThrownBy(this::take)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("process 1 of ada on elsewhere");
    writer.join();
  }

  @Test
  void whoHasLostTheLockHearsOfIt() throws IOException {
    FolderLock lock = take();
    leave("elsewhere", 1, 0, Instant.now());

    assertThatThrownBy(lock::check)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("_lock: is no longer this process's (")
        .hasMessageContaining(", but of process 1 of ada on elsewhere, since today");
    lock.close();
    assertThat(folder.resolve("_lock")).exists();
  }

  @Test
  void theLockSaysWhoHoldsIt() throws IOException {
    try (FolderLock lock = take()) {
      lock.check();
      Map<?, ?> json = new ObjectMapper().readValue(folder.resolve("_lock").toFile(), Map.class);
      assertThat(json.get("pid")).isEqualTo((int) ProcessHandle.current().pid());
      assertThat(json.get("user")).isEqualTo(System.getProperty("user.name"));
    }
  }
}
