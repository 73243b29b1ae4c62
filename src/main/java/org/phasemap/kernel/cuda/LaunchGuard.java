package org.phasemap.kernel.cuda;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Ends a launch that may run for long. No driver can stop one. So the kernel looks at a flag now
 * and then, which stands in the host's memory, and ends where it finds it set; a thread beside the
 * one that waits sets it.
 */
public final class LaunchGuard implements AutoCloseable {
  private static final long PERIOD_MILLIS = 100;

  private final ByteBuffer flag;
  private final Runnable guard;
  private final Thread thread;
  private boolean ended;
  private @Nullable RuntimeException fault;

  /**
   * Starts to watch.
   *
   * @param flag pinned memory of the host, zero
   * @param guard called ten times a second; what it throws ends the launch
   */
  LaunchGuard(ByteBuffer flag, Runnable guard) {
    this.flag = flag;
    this.guard = guard;
    thread = new Thread(this::watch, "launch guard");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Where kernels find the flag, an int that is 0 until they are to end. Devices see pinned memory
   * under the host's address (CUDA's unified addressing, which all 64-bit systems have).
   */
  public long flag() {
    return Pointer.nativeValue(Native.getDirectBufferPointer(flag));
  }

  private synchronized void watch() {
    try {
      while (!ended) {
        guard.run();
        wait(PERIOD_MILLIS);
      }
    } catch (RuntimeException e) {
      fault = e;
      flag.putInt(0, 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Throws what the guard has thrown, once the launch has ended. */
  public synchronized void check() {
    if (fault != null) {
      throw fault;
    }
  }

  /** Watches no more. What still runs, after a failure, is to end. */
  @Override
  public void close() {
    synchronized (this) {
      ended = true;
      notifyAll();
    }
    flag.putInt(0, 1);
  }
}
