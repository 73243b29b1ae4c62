package org.phasemap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalFilesTest {
  @TempDir private Path folder = Path.of("");

  private static FileSystem open(Class<? extends LocalFileSystem> type) throws IOException {
    Configuration configuration = new Configuration();
    configuration.setClass("fs.file.impl", type, FileSystem.class);
    return FileSystem.newInstance(URI.create("file:///"), configuration);
  }

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(folder.resolve(name).toString());
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }

  private static void write(FileSystem files, org.apache.hadoop.fs.Path path) throws IOException {
    try (FSDataOutputStream out = files.create(path, false)) {
      out.writeUTF("rows");
    }
  }

  @Test
  void filesAndFoldersHaveThePermissionsThatHadoopsHave() throws IOException {
    try (FileSystem ours = open(LocalFiles.class);
        FileSystem hadoops = open(LocalFileSystem.class)) {
      assertThat(ours).isInstanceOf(LocalFiles.class);
      write(ours, path("ours/file"));
      write(hadoops, path("hadoops/file"));
    }
    for (String name : new String[] {"", "/file", "/.file.crc"}) {
      assertThat(permissions("ours" + name)).as(name).isEqualTo(permissions("hadoops" + name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"600", "751", "1777"})
  void permissionsAreSetAsChmodSetsThem(String octal) throws IOException {
    try (FileSystem ours = open(LocalFiles.class);
        FileSystem hadoops = open(LocalFileSystem.class)) {
      for (String name : new String[] {"ours", "hadoops"}) {
        Files.createDirectory(folder.resolve(name));
      }
      ours.setPermission(path("ours"), new FsPermission(octal));
      hadoops.setPermission(path("hadoops"), new FsPermission(octal));

      assertThat(ours.getFileStatus(path("ours")).getPermission())
          .isEqualTo(hadoops.getFileStatus(path("hadoops")).getPermission());
      assertThatThrownBy(() -> ours.setPermission(path("none"), new FsPermission("600")))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void checksumsAreKept() throws IOException {
    try (FileSystem ours = open(LocalFiles.class)) {
      write(ours, path("file"));
      Files.writeString(folder.resolve("file"), "other");
      try (FSDataInputStream in = ours.open(path("file"))) {
        assertThatThrownBy(in::readUTF).isInstanceOf(ChecksumException.class);
      }
      assertThatThrownBy(() -> ours.open(path("none"))).isInstanceOf(FileNotFoundException.class);
    }
  }
}
