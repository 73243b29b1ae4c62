package org.phasemap.cli.doctor;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.query.Format;
import org.phasemap.query.RowsPrinter;
import org.phasemap.sweep.cluster.ExecutorCheck;
import org.phasemap.sweep.cluster.ExecutorCheck.BackendCheck;
import org.phasemap.sweep.cluster.SparkCheck;

/** The doctor's table of a cluster: a line for each executor and backend. */
final class ExecutorTable {
  private static final List<String> COLUMNS =
      List.of(
          "host",
          "executor",
          "jvm",
          "processors",
          "heap_mb",
          "native_mb",
          "gpus",
          "backend",
          "device",
          "gflops",
          "gemm_error",
          "verdict");

  private ExecutorTable() {}

  static void print(SparkCheck check, PrintStream out) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (ExecutorCheck executor : check.executors()) {
      for (BackendCheck backend : executor.backends()) {
        rows.add(row(executor, backend));
      }
      if (executor.backends().isEmpty()) {
        rows.add(row(executor.host(), executor.executor(), "no backend"));
      }
    }
    check.silent().forEach(address -> rows.add(row(address, "", "silent")));
    new RowsPrinter(COLUMNS, rows).print(out, Format.TABLE);
  }

  private static List<@Nullable Object> row(ExecutorCheck executor, BackendCheck backend) {
    return Arrays.asList(
        executor.host(),
        executor.executor(),
        executor.jvm(),
        executor.processors(),
        executor.heapBytes() >> 20,
        executor.nativeBytes() == 0 ? null : executor.nativeBytes() >> 20,
        String.join(" ", executor.gpus()),
        backend.backend().id(),
        backend.device(),
        backend.gflops() == null ? null : Math.round(backend.gflops()),
        backend.gemmError(),
        backend.passes() ? "ok" : backend.fault());
  }

  private static List<@Nullable Object> row(String host, String executor, String verdict) {
    List<@Nullable Object> row = new ArrayList<>(Collections.nCopies(COLUMNS.size(), null));
    row.set(0, host);
    row.set(1, executor);
    row.set(COLUMNS.size() - 1, verdict);
    return row;
  }
}
