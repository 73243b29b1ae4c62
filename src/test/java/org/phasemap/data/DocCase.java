package org.phasemap.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A line of docs/data.md as files.
 *
 * @param files makes them in a folder
 * @param check holds what was read to what the line says, if anything is
 */
record DocCase(Files files, Check check) {
  @FunctionalInterface
  interface Files {
    DataSource.Files in(Path folder) throws IOException;
  }

  @FunctionalInterface
  interface Check {
    void of(DataSet read);
  }

  static DocCase refused(Files files) {
    return new DocCase(files, read -> assertThat(read).as("what was not refused").isNull());
  }

  static DataSource.Files table(DataSource.Format format, Path file) {
    return new DataSource.Files(format, file.toString(), null, "y", "");
  }

  static DataSource.Files folder(DataSource.Format format, Path folder) {
    return new DataSource.Files(format, folder.toString(), null, null, "");
  }

  static DataSet load(DataSource.Files source) {
    return DataSets.load(DataSets.identified(source));
  }
}
