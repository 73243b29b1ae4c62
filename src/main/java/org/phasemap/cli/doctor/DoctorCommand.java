package org.phasemap.cli.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.DeviceCheck;
import org.phasemap.kernel.Gpus;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.KernelCheck;
import org.phasemap.network.UserException;
import org.phasemap.query.DuckDb;
import org.phasemap.rows.Provenance;
import org.phasemap.sweep.cluster.Session;
import org.phasemap.sweep.cluster.SparkCheck;
import picocli.CommandLine.Command;

@Command(
    name = "doctor",
    description = "Checks the JVM, Spark, the backends and their arithmetic, and memory.",
    footer = "  phasemap doctor",
    mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
  private static final long LEAST_HEAP = 512L << 20;

  /** One line of the table. */
  private record Finding(Verdict verdict, String what, String detail) {}

  private enum Verdict {
    OK,
    ABSENT,
    FAULT
  }

  @Override
  public Integer call() throws IOException {
    List<Finding> findings = new ArrayList<>();
    findings.add(new Finding(Verdict.OK, "phasemap", Provenance.codeVersion()));
    findings.add(jvm());
    findings.add(memory());
    for (Backend backend : Backends.all()) {
      findings.add(backend(backend));
    }
    SparkCheck spark = spark();
    findings.add(finding(spark));
    findings.add(
        DuckDb.isAvailable()
            ? new Finding(Verdict.OK, "duckdb", "on the class path")
            : new Finding(Verdict.ABSENT, "duckdb", "query and report do not run here"));
    for (Finding finding : findings) {
      System.out.printf(
          "%-7s %-9s %s%n",
          finding.verdict.name().toLowerCase(Locale.ROOT), finding.what, finding.detail);
    }
    if (!spark.local()) {
      ExecutorTable.print(spark, System.out);
    }
    return findings.stream().anyMatch(f -> f.verdict == Verdict.FAULT)
        ? ExitCode.FOUND
        : ExitCode.DONE;
  }

  private static Finding jvm() {
    int version = Runtime.version().feature();
    return new Finding(
        version >= 17 ? Verdict.OK : Verdict.FAULT,
        "jvm",
        System.getProperty("java.vm.name") + " " + Runtime.version() + "; needed: 17 or newer");
  }

  private static Finding memory() {
    Runtime runtime = Runtime.getRuntime();
    return new Finding(
        runtime.maxMemory() >= LEAST_HEAP ? Verdict.OK : Verdict.FAULT,
        "memory",
        String.format(
            "heap at most %,d MB (needed: %,d MB), %d processors",
            runtime.maxMemory() >> 20, LEAST_HEAP >> 20, runtime.availableProcessors()));
  }

  private static Finding backend(Backend backend) {
    return backend.gpus().map(gpus -> gpus(backend, gpus)).orElseGet(() -> kernel(backend));
  }

  private static Finding gpus(Backend backend, Gpus gpus) {
    try {
      List<String> names = gpus.names();
      DeviceCheck check = gpus.check();
      return new Finding(
          check.passes() ? Verdict.OK : Verdict.FAULT,
          backend.id(),
          String.format(
              "%d: %s; %,d of %,d random numbers of the first have the right bits",
              names.size(),
              String.join("; ", names),
              check.numbers() - check.different(),
              check.numbers()));
    } catch (UserException e) {
      return new Finding(Verdict.ABSENT, backend.id(), String.valueOf(e.getMessage()));
    }
  }

  private static Finding kernel(Backend backend) {
    String name = backend.id();
    try (Kernel kernel = backend.open()) {
      KernelCheck check = KernelCheck.run(kernel);
      return new Finding(
          check.passes() ? Verdict.OK : Verdict.FAULT,
          name,
          String.format(
              "%s%.0f GFLOP/s on one thread, product error %.1e; %,d Gaussians: mean %.4f (z %.1f),"
                  + " variance %.4f (z %.1f), kurtosis %.3f (z %.1f)",
              backend.equals(Backends.fastest()) ? "default; " : "",
              check.gflops(),
              check.gemmError(),
              check.gaussians(),
              check.mean(),
              check.meanZ(),
              check.variance(),
              check.varianceZ(),
              check.kurtosis(),
              check.kurtosisZ()));
    } catch (UnsupportedOperationException e) {
      return new Finding(
          backend.worksEverywhere() ? Verdict.FAULT : Verdict.ABSENT,
          name,
          String.valueOf(e.getMessage()));
    }
  }

  private static SparkCheck spark() throws IOException {
    try (SparkSession spark = Session.open("doctor")) {
      return SparkCheck.run(spark);
    }
  }

  private static Finding finding(SparkCheck spark) {
    return new Finding(
        spark.passes() ? Verdict.OK : Verdict.FAULT,
        "spark",
        String.format(
            "%s on %s, %d cores; the backends are right on %d of %d executors",
            spark.version(),
            spark.master(),
            spark.cores(),
            spark.executors().size() - spark.wrong(),
            spark.executors().size() + spark.silent().size()));
  }
}
