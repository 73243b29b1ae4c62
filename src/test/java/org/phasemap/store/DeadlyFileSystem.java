package org.phasemap.store;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.SparkEnv;

/**
 * The local file system as {@code deadly:}, which is known to those alone who are told of it. An
 * executor that opens a file with {@code poison} in its name dies on the spot, until there is a
 * file with {@link #CURE} behind its name; drivers do not.
 */
public final class DeadlyFileSystem extends RawLocalFileSystem {
  /** Ends the name of the file that makes its namesake harmless. */
  public static final String CURE = ".cure";

  @Override
  public URI getUri() {
    return URI.create("deadly:///");
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    boolean onExecutor = !SparkEnv.get().executorId().equals("driver");
    if (onExecutor
        && path.getName().contains("poison")
        && !pathToFile(path.suffix(CURE)).exists()) {
      Runtime.getRuntime().halt(137);
    }
    return super.open(path, bufferSize);
  }
}
