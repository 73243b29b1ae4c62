package org.phasemap.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.phasemap.data.FileSystems;
import org.phasemap.network.UserException;

/** A folder of results folders, such as {@code results}. */
public final class ResultsRoot {
  private ResultsRoot() {}

  /**
   * The results folders at a path: itself if it is one, else those in it, by name. Links are not
   * followed.
   *
   * @return as Hadoop names them
   * @throws UserException if there is no such folder, or it cannot be listed
   */
  public static List<String> folders(String path, Configuration configuration) {
    try {
      Path plain = new Path(path);
      FileSystem fileSystem = FileSystems.of(plain, configuration);
      Path root = fileSystem.makeQualified(plain);
      if (isResults(fileSystem, root)) {
        return List.of(root.toString());
      }
      List<String> folders = new ArrayList<>();
      for (FileStatus child : fileSystem.listStatus(root)) {
        if (child.isDirectory() && isResults(fileSystem, child.getPath())) {
          folders.add(child.getPath().toString());
        }
      }
      folders.sort(null);
      return folders;
    } catch (FileNotFoundException e) {
      throw new UserException(
          path + ": there is no such folder; allowed: a results folder, or a folder of them", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(
          String.format(
              "%s: cannot be listed (%s); allowed: a folder that you may read",
              path, FileSystems.said(e)),
          e);
    }
  }

  private static boolean isResults(FileSystem fileSystem, Path folder) throws IOException {
    return fileSystem.exists(new Path(folder, "spec.yaml"));
  }
}
