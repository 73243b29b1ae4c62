package org.phasemap.store;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.SparkEnv;

/**
 * The local file system as {@code deadly:}, which is known to those alone who are told of it. The
 * first executors that open a file with {@code poison} in its name die on the spot; drivers do not.
 */
public final class DeadlyFileSystem extends RawLocalFileSystem {
  /** Executors that die of a file. */
  public static final int DEATHS = 8;

  @Override
  public URI getUri() {
    return URI.create("deadly:///");
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    if (path.getName().contains("poison") && !SparkEnv.get().executorId().equals("driver")) {
      File deaths = pathToFile(path.suffix(".deaths"));
      if (deaths.length() < DEATHS) {
        Files.write(deaths.toPath(), new byte[1], CREATE, APPEND);
        Runtime.getRuntime().halt(137);
      }
    }
    return super.open(path, bufferSize);
  }
}
