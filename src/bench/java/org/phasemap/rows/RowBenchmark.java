package org.phasemap.rows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.phasemap.Stopwatch;
import org.phasemap.data.LocalFiles;
import org.phasemap.measure.result.KernelSpectrum;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Plan;
import org.phasemap.quantity.Category;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.Quantity;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.store.parquet.RowFile;
import org.phasemap.store.table.Tables;

/**
 * What a row costs beside its network, on one thread: every quantity, and lists of L layers. Of a
 * process that has run for a while, as an executor has: eigenvalues take three times as long in the
 * first second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 40)
@org.openjdk.jmh.annotations.Measurement(iterations = 5)
@Fork(1)
public class RowBenchmark {
  private static final int ROWS = 2_000;
  private static final int KERNELS = 100;

  /** Kernels: m. Rows: L. */
  @Param({"4", "16", "64"})
  public int size;

  private final Configuration configuration = new Configuration();
  private final Random random = new Random(1);
  private final List<Cell> cells = new ArrayList<>();
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<double[]> kernels = new ArrayList<>();
  private String folder = "";
  private int files;

  @Setup(Level.Trial)
  public void prepare() throws IOException {
    configuration.set("fs.file.impl", LocalFiles.class.getName());
    folder = Files.createTempDirectory("rows").toString();
    String yaml =
        """
        name: benchmark
        replicates: 1
        network:
          {activation: tanh, width: 16, depth: %d, sigma_w2: {from: 1, to: 2, count: %d}, sigma_b2: 0.05}
        inputs: {count: 4, dimension: 16}
        """
            .formatted(size, ROWS);
    for (Cell cell : Plan.of(SpecReader.parse(yaml, "benchmark.yaml")).cells()) {
      cells.add(cell);
      measurements.add(measurement());
    }
    for (int i = 0; i < KERNELS; i++) {
      kernels.add(kernel());
    }
  }

  private Measurement measurement() {
    Measurement.Builder found = new Measurement.Builder();
    Quantity.all().forEach(quantity -> found.put(quantity, random.nextInt(100)));
    for (Profile profile : Profile.values()) {
      if (profile.column().startsWith("profile_")) {
        double[] list = random.doubles(size).toArray();
        if (profile == Profile.LAYER) {
          Arrays.setAll(list, l -> l + 1);
        }
        found.put(profile, list);
      }
    }
    return found.of(Category.FINITE);
  }

  private double[] kernel() {
    int n = 2 * size;
    double[][] rows = new double[size][];
    Arrays.setAll(rows, a -> random.doubles(n).toArray());
    double[] kernel = new double[size * size];
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < size; b++) {
        for (int i = 0; i < n; i++) {
          kernel[a * size + b] += rows[a][i] * rows[b][i];
        }
      }
    }
    return kernel;
  }

  @TearDown(Level.Trial)
  public void delete() throws IOException {
    try (var left = Files.list(Path.of(folder))) {
      for (Path file : left.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(Path.of(folder));
  }

  /** Both kernels of a row: one with its effective rank, one without. */
  @Benchmark
  public void spectra(Stopwatch stopwatch) {
    double[] sum = {0};
    stopwatch.time(
        KERNELS,
        () -> {
          for (double[] kernel : kernels) {
            sum[0] += KernelSpectrum.of(kernel, size).effectiveRank();
            sum[0] += KernelSpectrum.ends(kernel, size).lnLambdaMin();
          }
        });
    if (Double.isNaN(sum[0])) {
      throw new IllegalStateException("a kernel is singular");
    }
  }

  /** From what was measured to a staged file. */
  @Benchmark
  public void staged(Stopwatch stopwatch) {
    stopwatch.time(ROWS, () -> delete(stage()));
  }

  /** A staged file merged into one that stays. */
  @Benchmark
  public void merged(Stopwatch stopwatch) {
    String staged = stage();
    stopwatch.time(ROWS, () -> delete(merge(staged)));
    delete(staged);
  }

  private String stage() {
    var circumstances = new ReplicateRow.Circumstances(0, "weight_free", "openblas", 0.1, ROWS);
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(ReplicateRow.measured(cells.get(i), circumstances, measurements.get(i)));
    }
    String name = "staged-" + files++;
    try {
      RowFile.stage(configuration, folder, name, Tables.replicates(), Map.of(), rows.iterator());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return name;
  }

  private String merge(String staged) {
    String name = "merged-" + files++;
    try {
      List<Object[]> rows = RowFile.read(configuration, folder, staged, Tables.replicates());
      rows.sort(new AxisOrder(Tables.replicates()));
      RowFile.write(configuration, folder, name, Tables.replicates(), Map.of(), rows.iterator());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return name;
  }

  private void delete(String name) {
    try {
      Files.delete(Path.of(folder, name));
      Files.deleteIfExists(Path.of(folder, "." + name + ".crc"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
