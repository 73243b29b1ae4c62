package org.phasemap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.network.UserException;

/** What a driver was told of its file systems reaches the tasks that read, and nobody else. */
class FileAccessTest {
  private static final String TOLD = "fs.told.impl";

  @TempDir private Path folder = Path.of("");

  /** A file system that only this configuration knows. */
  public static final class Told extends RawLocalFileSystem {
    @Override
    public java.net.URI getUri() {
      return java.net.URI.create("told:///");
    }
  }

  private static FileAccess told() {
    Configuration configuration = new Configuration();
    configuration.set(TOLD, Told.class.getName());
    configuration.setBoolean("fs.told.impl.disable.cache", true);
    return new FileAccess(configuration);
  }

  private static byte[] written(FileAccess access) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(access);
    }
    return bytes.toByteArray();
  }

  @Test
  void whatHadoopIsToldTravelsWithTheValue() throws Exception {
    Path file = Files.write(folder.resolve("x"), new byte[] {1, 2, 3});
    byte[] bytes = written(told());
    FileAccess arrived;
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      arrived = (FileAccess) in.readObject();
    }

    assertThat(arrived.read("told:" + file)).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> FileAccess.PLAIN.read("told:" + file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("its file system cannot be used");
    assertThat(written(arrived)).isEqualTo(bytes);
    // Hadoop's own configuration has a thousand entries, and stands on every machine.
    assertThat(bytes).hasSizeLessThan(1_000);
  }

  @Test
  void accessIsNoPartOfWhatDataAre() {
    DataSource.Files plain =
        new DataSource.Files(DataSource.Format.CSV, "x.csv", null, null, "0123");
    DataSource.Files other =
        new DataSource.Files(DataSource.Format.CSV, "x.csv", null, null, "0123", told());

    assertThat(other).isEqualTo(plain).hasSameHashCodeAs(plain);
    assertThat(other.identity()).isEqualTo(plain.identity());
    assertThat(other.toString()).isEqualTo(plain.toString()).doesNotContain(TOLD);
  }
}
