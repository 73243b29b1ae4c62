package org.phasemap.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.phasemap.Stopwatch;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.openblas.OpenBlas;
import org.phasemap.measure.mlp.Propagation;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.Schedule;
import org.phasemap.spec.file.SpecReader;

/**
 * All probes of tanh networks with σ_b = 0.2 and σ_w² = 1, 1.1, 1.2, …: time a cell on one thread,
 * in the units that the plan forms of these cells.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 5)
@Measurement(iterations = 5)
@Fork(1)
public class PropagationBenchmark {
  /** Sampler, width, depth, inputs, and how many values of σ_w². */
  @Param({
    "dense,1024,64,16,32",
    "weight_free,1024,64,16,32",
    "weight_free,1024,64,16,1",
    "weight_free,4096,16,16,8",
    "weight_free,4096,16,16,1",
    "weight_free,16384,256,8,1",
    "weight_free,64,32,16,32",
    "dense,64,32,16,32"
  })
  public String task = "";

  /** The largest resident set of the process so far, where the system tells. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Memory {
    public double peakBytes;

    @TearDown(Level.Iteration)
    public void read() throws IOException {
      Path status = Path.of("/proc/self/status");
      if (Files.exists(status)) {
        try (Stream<String> lines = Files.lines(status)) {
          peakBytes =
              1024
                  * lines
                      .filter(line -> line.startsWith("VmHWM:"))
                      .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                      .sum();
        }
      }
    }
  }

  private Plan plan() {
    String[] parts = task.split(",", -1);
    int count = Integer.parseInt(parts[4]);
    String yaml =
        """
        name: benchmark
        replicates: 1
        sampler: %s
        network:
          activation: tanh
          width: %s
          depth: %s
          sigma_w2: {from: 1, to: %s, count: %d}
          sigma_b2: 0.04
        inputs: {count: %s, dimension: %s}
        probes: [signal, gradient, ntk]
        """
            .formatted(
                parts[0], parts[1], parts[2], 1 + (count - 1) / 10.0, count, parts[3], parts[1]);
    return Plan.of(SpecReader.parse(yaml, "benchmark.yaml"));
  }

  @Benchmark
  public void cell(Stopwatch stopwatch, Memory memory) {
    Plan plan = plan();
    try (Kernel kernel = new OpenBlas().open()) {
      List<Unit> units = Schedule.most(plan);
      stopwatch.time(
          plan.cells().size(), () -> units.forEach(unit -> Propagation.measure(kernel, unit)));
    }
  }
}
