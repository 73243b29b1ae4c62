package org.phasemap.store.disk;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.phasemap.network.UserException;

/**
 * Files that are created only if absent: of several processes that write one, one succeeds. The
 * lock and the manifest rest on it.
 *
 * <p>HDFS, ABFS, GCS and local disks give it. S3A's {@code create(path, false)} does not: it looks,
 * and puts later, so that two writers both succeed and the first's object is gone. There the store
 * is asked for a conditional put ({@code If-None-Match: *}), which it decides when the object is
 * complete. Some stores do not know that condition and put all the same, which shows in trying
 * alone.
 */
public final class NewFile {
  /** Of S3A since Hadoop 3.4.2; its constant is not in earlier versions. */
  private static final String CONDITIONAL = "fs.option.create.conditional.overwrite";

  private static final String ALLOWED =
      "allowed: file, hdfs, abfss, gs, or s3a with Hadoop 3.4.2 or newer and a store that honours"
          + " If-None-Match (docs/clusters.md#where-results-may-lie)";

  private NewFile() {}

  /**
   * Creates a file.
   *
   * @return whether it was created: false if there is one
   * @throws IOException if it cannot be written; a part of it may be there
   */
  public static boolean write(FileSystem fileSystem, Path path, byte[] content) throws IOException {
    OutputStream opened;
    try {
      opened = open(fileSystem, path);
    } catch (IOException e) {
      if (fileSystem.exists(path)) {
        return false;
      }
      throw e;
    }
    try (OutputStream out = opened) {
      out.write(content);
    } catch (IOException e) {
      // A store that decides at the end may have heard the same request twice.
      if (isConditional(fileSystem, path) && fileSystem.exists(path)) {
        return holds(fileSystem, path, content);
      }
      throw e;
    }
    return true;
  }

  /** Refuses a path that exists here, or where what is returned is closed. */
  private static OutputStream open(FileSystem fileSystem, Path path) throws IOException {
    if (!isConditional(fileSystem, path)) {
      return LocalDisk.create(fileSystem, path);
    }
    FSDataOutputStreamBuilder<?, ?> builder = fileSystem.createFile(path);
    builder.recursive();
    builder.overwrite(true); // Else it looks first, which costs a request and decides nothing.
    builder.must(CONDITIONAL, true);
    return (OutputStream) builder.build();
  }

  private static boolean isConditional(FileSystem fileSystem, Path path) throws IOException {
    return fileSystem.hasPathCapability(path, CONDITIONAL);
  }

  private static boolean holds(FileSystem fileSystem, Path path, byte[] content)
      throws IOException {
    try (InputStream in = fileSystem.open(path)) {
      return Arrays.equals(in.readAllBytes(), content);
    }
  }

  /**
   * Tries on a store whether only one of two writers of a file succeeds; local disks are known to.
   *
   * @param folder for the file, where the next sweep finds what a killed one leaves
   * @throws UserException if both succeed, or if the store refuses to decide
   * @throws IOException if the folder cannot be written
   */
  public static void requireExclusive(FileSystem fileSystem, Path folder) throws IOException {
    if (LocalDisk.isLocal(fileSystem)) {
      return;
    }
    Path path = new Path(folder, "probe-" + UUID.randomUUID());
    try {
      if (!isExclusive(fileSystem, path)) {
        throw new UserException(
            String.format(
                "%s: its store lets two processes create the same file, so that one would lose what"
                    + " it commits; %s",
                folder.getParent(), ALLOWED));
      }
    } catch (UnsupportedOperationException e) {
      throw new UserException(
          String.format(
              "%s: its file system (%s) cannot create files; %s",
              folder.getParent(), fileSystem.getUri().getScheme(), ALLOWED),
          e);
    } catch (UserException e) {
      fileSystem.delete(path, false);
      deleteEmpty(fileSystem, folder);
      deleteEmpty(fileSystem, folder.getParent());
      throw e;
    }
    fileSystem.delete(path, false);
  }

  /** Two writers have the file open at once: looking first would hide what comes of it. */
  private static boolean isExclusive(FileSystem fileSystem, Path path) throws IOException {
    byte[] first = {1};
    try (OutputStream one = open(fileSystem, path)) {
      OutputStream other;
      try {
        other = open(fileSystem, path);
      } catch (IOException e) {
        return true;
      }
      one.write(first);
      closeFirst(fileSystem, path, one);
      try (other) {
        other.write(new byte[] {2});
      } catch (IOException e) {
        return holds(fileSystem, path, first);
      }
    }
    return false;
  }

  /** Where nobody else has created the file. */
  private static void closeFirst(FileSystem fileSystem, Path path, OutputStream out)
      throws IOException {
    try {
      out.close();
    } catch (IOException e) {
      boolean isSilent = e instanceof InterruptedIOException; // As Hadoop's time-outs are.
      if (isSilent || !isConditional(fileSystem, path)) {
        throw e;
      }
      fileSystem.create(path, true).close(); // Or it is the folder that cannot be written.
      throw new UserException(
          String.format(
              "%s: its store refuses to create a file only if it is absent (%s); %s",
              path.getParent().getParent(), firstLine(e), ALLOWED),
          e);
    }
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static void deleteEmpty(FileSystem fileSystem, Path folder) {
    try {
      fileSystem.delete(folder, false);
    } catch (IOException e) {
      // Others have files in it, or have deleted it meanwhile; either is as it should be.
      System.getLogger(NewFile.class.getName())
          .log(System.Logger.Level.DEBUG, folder + " stays", e);
    }
  }
}
