package org.phasemap.store;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The local file system as {@code faulty:}, without renames, with listings that are always stale
 * (empty), and with one write or deletion that fails.
 */
public final class FaultyFileSystem extends RenamelessFileSystem {
  /** What befalls a write or a deletion. */
  public enum Fault {
    /** It throws in the middle of the file, of which a part stays. */
    THROWS,
    /** The second half is lost, or the file is not deleted, and nobody says so. */
    LOSES_HALF
  }

  private static final AtomicInteger COUNTDOWN = new AtomicInteger(-1);
  private static volatile Fault fault = Fault.THROWS;

  /** Makes what creates or deletes a file after so many others did fail, once. */
  public static void failAfter(int operations, Fault how) {
    fault = how;
    COUNTDOWN.set(operations);
  }

  /** Whether the fault has happened. */
  public static boolean hasFailed() {
    return COUNTDOWN.get() < 0;
  }

  /** Makes {@code faulty:} known. */
  public static Configuration register(Configuration configuration) {
    configuration.setClass(
        "fs.faulty.impl", FaultyFileSystem.class, org.apache.hadoop.fs.FileSystem.class);
    return configuration;
  }

  @Override
  public URI getUri() {
    return URI.create("faulty:///");
  }

  @Override
  public FileStatus[] listStatus(Path path) {
    return new FileStatus[0];
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    // A lock that stays is held as long as its process lives.
    if (path.getName().equals("_lock") || !exists(path) || COUNTDOWN.getAndDecrement() != 0) {
      return super.delete(path, recursive);
    }
    if (fault == Fault.THROWS) {
      throw new IOException("Connection reset by peer");
    }
    return false;
  }

  @Override
  OutputStream created(Path path, boolean overwrite) throws IOException {
    OutputStream out = onDisk(path, overwrite);
    if (COUNTDOWN.getAndDecrement() != 0) {
      return new BufferedOutputStream(out);
    }
    Fault how = fault;
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length / 2);
        if (how == Fault.THROWS) {
          throw new IOException("No space left on device");
        }
      }
    };
  }
}
