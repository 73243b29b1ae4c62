package org.phasemap.cli.console;

import java.nio.file.Files;
import java.nio.file.Path;
import org.phasemap.network.UserException;

/** A file that an option asks for, looked at before the work that is to be written there. */
public final class OutFile {
  private OutFile() {}

  /**
   * The file.
   *
   * @throws UserException unless its folder is there, and it is no folder itself
   */
  public static Path of(String option, Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
      throw new UserException(
          option + ": " + file + " cannot be written; allowed: a file in a folder that is there");
    }
    return file;
  }
}
