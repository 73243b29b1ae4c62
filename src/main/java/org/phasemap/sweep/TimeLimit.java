package org.phasemap.sweep;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.phasemap.kernel.Kernel;

/** Ends what takes too long, between two operations of a kernel: native code cannot be stopped. */
final class TimeLimit {
  private TimeLimit() {}

  /** Thrown by the kernel's operations when the time is over. */
  static final class ExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExceededException(double seconds) {
      super(String.format("took longer than %s s (limits.cell_seconds)", seconds));
    }
  }

  /** The same kernel, for so many seconds from now. */
  static Kernel on(Kernel kernel, double seconds) {
    long start = System.nanoTime();
    return (Kernel)
        Proxy.newProxyInstance(
            TimeLimit.class.getClassLoader(),
            new Class<?>[] {Kernel.class},
            (proxy, method, arguments) -> {
              if ((System.nanoTime() - start) * 1e-9 > seconds) {
                throw new ExceededException(seconds);
              }
              try {
                return method.invoke(kernel, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
