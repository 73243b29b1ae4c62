package org.phasemap.cli.sweep;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hadoop.service.launcher.IrqHandler;
import org.phasemap.cli.console.ExitCode;

/**
 * Ctrl-C, SIGTERM and a terminal that is closed: the first asks the work to end well, the second
 * ends the process.
 */
final class Interrupts {
  private final Runnable stop;
  private final AtomicInteger heard = new AtomicInteger();
  private volatile boolean ended;

  private Interrupts(Runnable stop) {
    this.stop = stop;
  }

  /** From now on, until {@link #end}, the first signal runs {@code stop}. */
  static Interrupts to(Runnable stop) {
    Interrupts interrupts = new Interrupts(stop);
    List<IrqHandler> handlers =
        Stream.of(IrqHandler.CONTROL_C, IrqHandler.SIGTERM, "HUP")
            .map(signal -> new IrqHandler(signal, data -> interrupts.hear()))
            .toList();
    handlers.forEach(IrqHandler::bind);
    return interrupts;
  }

  private void hear() {
    if (ended || heard.incrementAndGet() > 1) {
      Runtime.getRuntime().halt(ExitCode.INCOMPLETE);
    }
    System.err.println(
        "phasemap: stopping; what is measured is being committed (again: stops at once)");
    stop.run();
  }

  /** From now on the first signal ends the process. */
  void end() {
    ended = true;
  }
}
