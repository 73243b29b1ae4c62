package org.phasemap.store.parquet;

import org.phasemap.network.UserException;

/** Libraries that the JVM loads from files which it writes first, such as Zstandard's. */
public final class Natives {
  private Natives() {}

  /** What it means that one was not loaded. */
  public static UserException notLoaded(LinkageError e) {
    String cause = e.getCause() == null ? e.toString() : e.getCause().toString();
    return new UserException(
        String.format(
            "java.io.tmpdir: no native library can be loaded from %s (%s); allowed: a folder with"
                + " space, of a file system that is not mounted noexec, such as TMPDIR=DIR before"
                + " the command names",
            System.getProperty("java.io.tmpdir"), cause.lines().findFirst().orElse("")),
        e);
  }
}
