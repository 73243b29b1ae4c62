package org.phasemap.sweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed process leaves is deleted by the next; what a living one has is not. */
class LocalFoldersTest {
  @TempDir private Path temporary = Path.of("");

  /** A process with a folder, which waits to be killed. */
  static final class Killed {
    public static void main(String[] arguments) throws Exception {
      Path folder = LocalFolders.in(Path.of(arguments[0]));
      Files.writeString(Files.createDirectory(folder.resolve("blockmgr")).resolve("file"), "x");
      Files.writeString(Path.of(arguments[0], "folder"), folder.toString());
      Thread.sleep(60_000);
    }
  }

  /** A process that tries to lock a file, and ends with 0 where it can. */
  static final class Asking {
    public static void main(String[] arguments) throws Exception {
      try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE);
          FileLock lock = channel.tryLock()) {
        System.exit(lock == null ? 3 : 0);
      }
    }
  }

  private static Process start(Class<?> main, Path argument) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            argument.toString())
        .inheritIO()
        .start();
  }

  @Test
  void aSecondSessionDoesNotLetGoOfTheFirstOnesLock() throws Exception {
    Path first = LocalFolders.in(temporary);
    age(first);
    LocalFolders.in(temporary);
    Process asking = start(Asking.class, first.resolve("lock"));
    assertThat(asking.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(asking.exitValue()).isEqualTo(3);
  }

  private static void age(Path folder) throws IOException {
    Files.setLastModifiedTime(folder, FileTime.fromMillis(0));
  }

  @Test
  void whatAKilledProcessLeftIsDeletedByTheNext() throws Exception {
    Process process = start(Killed.class, temporary);
    Path said = temporary.resolve("folder");
    for (int i = 0; i < 600 && !(Files.exists(said) && Files.size(said) > 0); i++) {
      Thread.sleep(100);
    }
    Path folder = Path.of(Files.readString(said));
    age(folder);
    LocalFolders.in(temporary);
    assertThat(folder.resolve("blockmgr/file")).as("its process lives").exists();

    process.destroyForcibly();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    LocalFolders.in(temporary);
    assertThat(folder).doesNotExist();
  }

  @Test
  void onlyOldFoldersOfThatNameAreDeletedAndNoneThatThisProcessHas() throws IOException {
    Path own = LocalFolders.in(temporary);
    age(own);
    Path young = Files.createDirectory(temporary.resolve("phasemap-spark-young"));
    Path other = Files.createDirectory(temporary.resolve("blockmgr-1"));
    age(other);
    Path victim = Files.createDirectory(temporary.resolve("victim"));
    Files.writeString(victim.resolve("precious"), "mine");
    Path link = Files.createSymbolicLink(temporary.resolve("phasemap-spark-link"), victim);
    Path old = Files.createDirectory(temporary.resolve("phasemap-spark-old"));
    Files.createSymbolicLink(old.resolve("link"), victim);
    age(old);
    age(victim);
    LocalFolders.in(temporary);

    assertThat(old).doesNotExist();
    assertThat(own.resolve("lock")).exists();
    assertThat(young).exists();
    assertThat(other).exists();
    assertThat(link).isSymbolicLink();
    assertThat(victim.resolve("precious")).hasContent("mine");
  }
}
