package org.phasemap.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.network.UserException;
import org.phasemap.store.manifest.ManifestEntry.DataFile;
import org.phasemap.store.parquet.RowFile;
import org.phasemap.store.table.Tables;

/** Copies of files of {@code faulty:}, which is no local disk to those who do not know. */
class FileCacheTest {
  @TempDir private Path folder = Path.of("");
  private final Configuration configuration = FaultyFileSystem.register(new Configuration());

  @BeforeEach
  void setFolder() {
    configuration.set(FileCache.FOLDER, cache().toString());
  }

  private Path cache() {
    return folder.resolve("cache");
  }

  private ResultsFolder results() {
    return ResultsFolder.at("faulty:" + folder.resolve("results"), configuration);
  }

  private DataFile write(String name) throws IOException {
    return RowFile.write(
        configuration,
        results().uri(),
        "replicates/" + name + ".parquet",
        List.of(Tables.replicatesColumn("replicate")),
        Map.of("name", name),
        List.of(new Object[] {1}, new Object[] {2}).iterator());
  }

  private static Path copy(LocalCopies copies, DataFile file) {
    Map<String, List<String>> paths = copies.paths(Map.of("replicates", List.of(file)));
    return Path.of(paths.values().iterator().next().get(0));
  }

  private List<String> cached() throws IOException {
    try (Stream<Path> files = Files.list(cache())) {
      return files.map(f -> f.getFileName().toString()).filter(n -> n.charAt(0) != '.').toList();
    }
  }

  @Test
  void aFileIsCopiedOnceUnderItsHashAndName() throws IOException {
    DataFile file = write("a");
    try (LocalCopies copies = LocalCopies.of(results())) {
      assertThat(copy(copies, file))
          .isEqualTo(cache().resolve(file.sha256() + "-a.parquet"))
          .hasSameBinaryContentAs(folder.resolve("results/replicates/a.parquet"));
    }
    Files.delete(folder.resolve("results/replicates/a.parquet"));
    try (LocalCopies copies = LocalCopies.of(results())) {
      assertThat(copy(copies, file)).exists();
    }
    assertThat(cached()).containsExactly(file.sha256() + "-a.parquet");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache())))
        .isEqualTo("rwx------");
  }

  @Test
  void whatIsNotWhatTheManifestSaysIsNoCopy() throws IOException {
    DataFile file = write("a");
    Path source = folder.resolve("results/replicates/a.parquet");
    byte[] bytes = Files.readAllBytes(source);
    bytes[bytes.length / 2] ^= 1;
    Files.write(source, bytes);
    try (LocalCopies copies = LocalCopies.of(results())) {
      assertThatThrownBy(() -> copy(copies, file))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("faulty:" + source)
          .hasMessageContaining("does not have the manifest's SHA-256")
          .hasMessageContaining("--retry-damaged");
      Files.delete(source);
      assertThatThrownBy(() -> copy(copies, file)).hasMessageContaining("is missing");
    }
    assertThat(cached()).isEmpty();
  }

  /** A torn copy has another length. */
  @Test
  void aCopyThatWasCutOffIsMadeAgain() throws IOException {
    DataFile file = write("a");
    Files.createDirectories(cache());
    Files.write(cache().resolve(file.sha256() + "-a.parquet"), new byte[3]);
    try (LocalCopies copies = LocalCopies.of(results())) {
      assertThat(copy(copies, file)).hasSize(file.bytes());
    }
  }

  @Test
  void whatWasNotUsedForLongGoesOnceNobodyReads() throws IOException {
    List<DataFile> files = List.of(write("a"), write("b"));
    try (LocalCopies copies = LocalCopies.of(results())) {
      files.forEach(file -> copy(copies, file));
    }
    Path foreign = Files.write(cache().resolve("mine.parquet"), new byte[5 << 20]);
    Path old = cache().resolve("0".repeat(64) + "-old.parquet");
    Files.write(old, new byte[(1 << 20) - 1]);
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(1000)));
    Path part =
        Files.write(
            cache().resolve("0".repeat(64) + "-01234567-0123-0123-0123-0123456789ab.part"),
            new byte[1]);
    configuration.setLong(FileCache.MEGABYTES, 1);
    try (LocalCopies reading = LocalCopies.of(results())) {
      LocalCopies.of(results()).close();
      assertThat(old).exists();
      assertThat(reading).isNotNull();
    }
    assertThat(old).doesNotExist();
    assertThat(part).doesNotExist();
    assertThat(foreign).exists();
    assertThat(cached()).hasSize(3);
  }

  /** POSIX locks, as Java's are. */
  @Test
  void nothingGoesWhileAnotherProcessReads() throws Exception {
    DataFile file = write("a");
    try (LocalCopies copies = LocalCopies.of(results())) {
      copy(copies, file);
    }
    configuration.setLong(FileCache.MEGABYTES, 0);
    String hold =
        "import fcntl,sys; f=open(sys.argv[1],'r+'); fcntl.lockf(f,fcntl.LOCK_SH); print('held',"
            + " flush=True); sys.stdin.read()";
    Process other =
        new ProcessBuilder("python3", "-c", hold, cache().resolve(".phasemap-files-lock") + "")
            .start();
    assertThat(other.inputReader().readLine()).isEqualTo("held");
    LocalCopies.of(results()).close();
    assertThat(cached()).hasSize(1);
    other.outputWriter().close();
    other.waitFor();
    LocalCopies.of(results()).close();
    assertThat(cached()).isEmpty();
  }

  @Test
  void aFolderThatCannotBeWrittenIsTheUsersMistake() throws IOException {
    Files.createFile(cache());
    assertThatThrownBy(() -> LocalCopies.of(results()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(cache() + ": cannot be written")
        .hasMessageContaining("spark.phasemap.cache.dir=DIR");
  }

  /** Libraries read those themselves. */
  @Test
  void filesOfALocalDiskAreNotCopied() throws IOException {
    DataFile file = write("a");
    ResultsFolder local = ResultsFolder.at(folder.resolve("results").toString(), configuration);
    try (LocalCopies copies = LocalCopies.of(local)) {
      assertThat(copy(copies, file)).isEqualTo(folder.resolve("results/replicates/a.parquet"));
    }
    assertThat(cache()).doesNotExist();
  }
}
