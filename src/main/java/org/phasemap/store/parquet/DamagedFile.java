package org.phasemap.store.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.ChecksumException;
import org.phasemap.network.UserException;

/** What is said of a committed file whose rows cannot be read. */
public final class DamagedFile {
  /** What can be done about a file that is damaged or missing, for the end of a message. */
  public static final String REMEDY =
      "bring a copy back, or have the rows measured again ('phasemap sweep SPEC"
          + " --retry-damaged')";

  private DamagedFile() {}

  /** What it means that a file cannot be read: its own damage, or else what its system says. */
  static IOException failed(String file, Exception e) {
    if (e instanceof IOException ofSystem
        && !(e instanceof ChecksumException)
        && !(e instanceof EOFException)
        && !isParquets(e)) {
      return ofSystem;
    }
    throw of(file, e);
  }

  /** Whether Parquet itself says so: of headers that make no sense it throws what systems throw. */
  private static boolean isParquets(Exception e) {
    StackTraceElement[] trace = e.getStackTrace();
    return trace.length > 0 && trace[0].getClassName().startsWith("org.apache.parquet.");
  }

  /** What it means that Parquet does not understand a file; it throws many kinds. */
  private static UserException of(String file, Exception e) {
    if (e instanceof UserException known) {
      return known;
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BadRow) {
        return unreadable(file, "is damaged (" + cause.getMessage() + ")", e);
      }
    }
    return unreadable(file, "is damaged", e);
  }

  public static UserException unreadable(String file, String how, Exception e) {
    return new UserException(
        String.format("%s: %s; %s", file.replaceFirst("^file:(?=/)", ""), how, REMEDY), e);
  }

  /**
   * What is wrong with a file whose rows could not be read, though its bytes are whole.
   *
   * @return empty where that is nothing of the file's: a disk or a network that fails, a library
   *     that is not there
   */
  public static Optional<String> what(UserException said) {
    for (Throwable cause = said; cause != null; cause = cause.getCause()) {
      if (cause instanceof BadRow) {
        return Optional.of(String.valueOf(cause.getMessage()));
      }
      if (cause instanceof IOException || cause instanceof LinkageError) {
        return Optional.empty();
      }
    }
    return Optional.of("cannot be read");
  }
}
