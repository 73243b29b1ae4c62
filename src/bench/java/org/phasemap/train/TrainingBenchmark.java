package org.phasemap.train;

import java.util.Collections;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.phasemap.Stopwatch;
import org.phasemap.data.Digits;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.openblas.OpenBlas;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.spec.Engine;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Loss;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.Procedure;
import org.phasemap.spec.Recipe;
import org.phasemap.train.mlp.MlpModel;
import org.phasemap.train.model.Arena;
import org.phasemap.train.model.Parameters;
import org.phasemap.train.model.Replicate;

/**
 * A training step of a tanh network on the digits, batch 64, on one thread, and its matrix products
 * alone: time a network.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 20)
@Measurement(iterations = 5)
@Fork(1)
public class TrainingBenchmark {
  private static final int BATCH = 64;

  /** Optimiser, depth, width, and how many networks train side by side. */
  @Param({
    "sgd,32,64,1",
    "sgd,100,128,1",
    "sgd,32,256,1",
    "momentum,32,256,1",
    "adam,32,256,1",
    "sgd,32,64,4",
    "sgd,8,16,1",
    "sgd,8,16,4"
  })
  public String task = "";

  private Kernel kernel = new OpenBlas().open();
  private int networks;
  private Runnable step = () -> {};
  private Runnable products = () -> {};

  /** Draws the networks. */
  @Setup(Level.Trial)
  public void open() {
    String[] parts = task.split(",", -1);
    networks = Integer.parseInt(parts[3]);
    NetworkConfig network =
        new NetworkConfig(
            Activations.parse("tanh"),
            Integer.parseInt(parts[1]),
            Integer.parseInt(parts[2]),
            WeightLaw.NORMAL,
            1.2,
            0.01,
            1);
    Optimiser optimiser =
        switch (parts[0]) {
          case "momentum" -> new Optimiser.Momentum(0.9);
          case "adam" -> new Optimiser.Adam(0.9, 0.999, 1e-8);
          default -> new Optimiser.Sgd();
        };
    Recipe recipe =
        new Recipe(
            optimiser,
            new LearningRate.Fixed(1e-4),
            BATCH,
            new Procedure(
                Engine.KERNEL,
                Loss.CROSS_ENTROPY,
                new Procedure.Layers(true, 1),
                new Procedure.Ending(Integer.MAX_VALUE, null),
                new Procedure.Findings(1, 1, false)));
    List<NetworkConfig> all = Collections.nCopies(networks, network);
    Arena arena = new Arena(kernel);
    Replicate replicate = new Replicate(1, 0);
    step =
        new TrainingRun(
                kernel,
                arena,
                new MlpModel(all.get(0), Digits.load(), Digits.load().classes()),
                all,
                recipe,
                Digits.load(),
                replicate)
            ::next;
    Parameters parameters = Parameters.draw(kernel, arena, all, recipe, Digits.load(), replicate);
    products = new Products(kernel, arena, parameters, BATCH);
  }

  /** Frees everything. */
  @TearDown(Level.Trial)
  public void close() {
    kernel.close();
  }

  @Benchmark
  public void step(Stopwatch stopwatch) {
    stopwatch.time(networks, step);
  }

  @Benchmark
  public void products(Stopwatch stopwatch) {
    stopwatch.time(networks, products);
  }
}
