package org.phasemap.theory;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.phasemap.network.Activation;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.limit.CriticalPoint;
import org.phasemap.theory.limit.EdgeOfChaos;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.PhasePoint;
import org.phasemap.theory.limit.SignalMaps;
import org.phasemap.theory.width.FiniteWidth;

/** How long a map, an edge of chaos, deep trajectories and finite-width bands take, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(1)
public class TheoryBenchmark {
  private static final int GRID = 90;
  private static final int CURVE = 1000;

  @Param({"tanh", "gelu", "silu", "selu"})
  public String activation = "";

  private Activation function() {
    return Activations.parse(activation);
  }

  /** q*, χ₁, χ_q, c* and ξ_c at 90 × 90 points (σ_w², σ_b²). */
  @Benchmark
  public double map() {
    double sum = 0;
    for (int i = 0; i < GRID; i++) {
      for (int j = 0; j < GRID; j++) {
        double sigmaW2 = 0.5 + 3.5 * i / (GRID - 1);
        double sigmaB2 = 0.002 + 0.298 * j / (GRID - 1);
        PhasePoint p = PhasePoint.of(new LayerLaw(function(), sigmaW2, sigmaB2));
        sum += p.qStar() + p.chi1() + p.chiQ() + p.cStar() + 1 / p.xiC();
      }
    }
    return sum;
  }

  /** The edge of chaos at 1000 values of σ_b². */
  @Benchmark
  public List<List<CriticalPoint>> edgeOfChaos() {
    double[] sigmaB2 = new double[CURVE];
    for (int i = 0; i < CURVE; i++) {
      sigmaB2[i] = 0.3 * i / (CURVE - 1);
    }
    return EdgeOfChaos.curve(function(), sigmaB2);
  }

  /** A hundred trajectories of a pair of inputs through 64 layers. */
  @Benchmark
  public double trajectories() {
    double sum = 0;
    for (int i = 0; i < 100; i++) {
      sum += SignalMaps.propagate(new LayerLaw(function(), 1 + 0.01 * i, 0.05), 1, 0.5, 64).c(64);
    }
    return sum;
  }

  /** Finite-width bands of ten laws up to depth 32. */
  @Benchmark
  public double finiteWidth() {
    double sum = 0;
    for (int i = 0; i < 10; i++) {
      LayerLaw law = new LayerLaw(function(), 1 + 0.05 * i, 0.05);
      sum += FiniteWidth.of(law, WeightLaw.NORMAL, 1, 1, 0.5, 32, 4).lnQ(32, 256).mean();
    }
    return sum;
  }
}
