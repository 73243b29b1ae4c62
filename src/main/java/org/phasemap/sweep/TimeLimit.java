package org.phasemap.sweep;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Kernel;

/**
 * Ends what takes too long, or whose task Spark has given up, between two operations of a kernel:
 * native code cannot be stopped.
 */
final class TimeLimit {
  private TimeLimit() {}

  /** Thrown by the kernel's operations when the time is over. */
  static final class ExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExceededException(double seconds) {
      super(String.format("took longer than %s s (limits.cell_seconds)", seconds));
    }
  }

  /**
   * The same kernel, for so many seconds from now. Its operations throw {@link ExceededException}
   * after that, and {@link TaskKilledException} as soon as Spark cancels the task that calls this.
   */
  static Kernel on(Kernel kernel, double seconds) {
    long start = System.nanoTime();
    @Nullable TaskContext task = TaskContext.get();
    return (Kernel)
        Proxy.newProxyInstance(
            TimeLimit.class.getClassLoader(),
            new Class<?>[] {Kernel.class},
            (proxy, method, arguments) -> {
              if (task != null && task.isInterrupted()) {
                throw new TaskKilledException("the sweep goes on without this task");
              }
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
