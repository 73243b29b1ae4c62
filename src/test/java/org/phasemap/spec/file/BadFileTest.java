package org.phasemap.spec.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.data.FileAccess;
import org.phasemap.network.UserException;

/** What is no spec at all is refused before it is parsed. */
class BadFileTest {
  private static final String MINIMAL =
      "name: t\nnetwork: {activation: tanh, depth: 8, width: 64}\n";

  @TempDir private Path folder;

  private static void assertRefused(Path file, String problem) {
    assertThatThrownBy(() -> SpecReader.read(file, List.of(), FileAccess.PLAIN))
        .isInstanceOf(UserException.class)
        .hasMessage(file + ": " + problem);
  }

  @Test
  void aMissingFile() {
    assertRefused(folder.resolve("none.yaml"), "no such file; allowed: a YAML file");
  }

  @Test
  void aFolder() {
    assertRefused(folder, "is a folder; allowed: a YAML file");
  }

  @Test
  void aFileOf100Megabytes() throws IOException {
    Path file = folder.resolve("big.yaml");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(100L << 20);
    }
    assertRefused(file, "too large for a spec; allowed: at most 1 MiB");
  }

  @Test
  void aDeviceWithoutEnd() {
    Path zero = Path.of("/dev/zero");
    assumeTrue(Files.exists(zero));
    assertRefused(zero, "is a pipe, a socket or a device; allowed: a YAML file");
  }

  @Test
  void bytesThatAreNotUtf8() throws IOException {
    Path file = folder.resolve("t.yaml");
    Files.write(file, new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    assertRefused(file, "not a text file; allowed: YAML in UTF-8");
    Files.write(file, MINIMAL.getBytes(StandardCharsets.UTF_16));
    assertRefused(file, "not a text file; allowed: YAML in UTF-8");
  }

  @Test
  void aFileThatMayNotBeRead() throws IOException {
    Path file = Files.writeString(folder.resolve("t.yaml"), MINIMAL);
    assumeTrue(Files.getFileStore(file).supportsFileAttributeView("posix"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(file), "the superuser may read everything");
    assertRefused(file, "permission denied; allowed: a file you may read");
  }

  @Test
  void aFileWithinAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("t.yaml"), MINIMAL);
    assertThatThrownBy(() -> SpecReader.read(file.resolve("u.yaml"), List.of(), FileAccess.PLAIN))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + "/u.yaml: cannot be read: ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aByteOrderMarkAndWindowsLineEndsAreFine() throws IOException {
    Path file = folder.resolve("t.yaml");
    Files.writeString(file, "\uFEFF" + MINIMAL.replace("\n", "\r\n"));
    assertThat(SpecReader.read(file, List.of(), FileAccess.PLAIN))
        .isEqualTo(SpecReader.parse(MINIMAL, "t"));
  }
}
