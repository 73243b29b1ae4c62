package org.phasemap.measure.mlp;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import org.phasemap.network.NetworkConfig;
import org.phasemap.theory.limit.KernelEigenvalues;
import org.phasemap.theory.precision.FloatFormat;

/**
 * What the rarer probes measure of an explicit network, by the names of the columns: singular
 * values, shares that number formats lose, first steps, curvature.
 */
final class ExplicitProbes {
  /** Of float32, which the largest activation is rounded to. */
  private static final double ROUNDING = 1e-6;

  /** Gradients of inputs that cancel to this share of their squares are 0. */
  private static final double CANCELLED = 1e-12;

  private final ExplicitNetwork explicit;
  private final int depth;
  private final int inputs;
  private final NetworkConfig network;

  private ExplicitProbes(NetworkConfig network, ExplicitNetwork explicit) {
    this.network = network;
    this.explicit = explicit;
    depth = network.depth();
    inputs = explicit.h[0].length;
  }

  static Map<String, Double> of(NetworkConfig network, ExplicitNetwork explicit) {
    ExplicitProbes probes = new ExplicitProbes(network, explicit);
    Map<String, Double> scalars = new TreeMap<>();
    probes.addSingularValues(scalars);
    probes.addFirstSteps(scalars);
    for (FloatFormat format : new FloatFormat[] {FloatFormat.FP16, FloatFormat.BF16}) {
      String name = format.name().toLowerCase(Locale.ROOT);
      probes.addFormat(name + "_signal", format, explicit.h, scalars);
      probes.addFormat(name + "_gradient", format, explicit.delta, scalars);
    }
    probes.addIntegers(scalars);
    probes.addCurvature(scalars);
    return scalars;
  }

  private void addCurvature(Map<String, Double> scalars) {
    double[] eigenvalues =
        KernelEigenvalues.of(ExplicitNetwork.rows(explicit.standardTheta, inputs)).ascending();
    scalars.put("ln_curvature_lambda_max", Math.log(eigenvalues[inputs - 1] / inputs));
    scalars.put("ln_curvature_trace", Math.log(Arrays.stream(eigenvalues).sum() / inputs));
  }

  private void addSingularValues(Map<String, Double> scalars) {
    double largest = 0;
    double variance = 0;
    for (int a = 0; a < inputs; a++) {
      double[] squares = squaredSingularValues(a);
      largest += Math.log(squares[squares.length - 1]) / inputs;
      double[] moments = explicit.jacobianMoments(depth, a);
      variance += (moments[1] / (moments[0] * moments[0]) - 1) / inputs;
      if (a == 0) {
        double sum = Arrays.stream(squares).sum();
        double entropy = 0;
        for (double square : squares) {
          entropy -= square > 0 ? square / sum * Math.log(square / sum) : 0;
        }
        scalars.put("ln_jacobian_spectral_radius", Gelfand.lnSquare(explicit.jacobian(depth, a)));
        scalars.put("jacobian_effective_rank", sum > 0 ? Math.exp(entropy) : Double.NaN);
      }
    }
    scalars.put("ln_jacobian_largest", largest);
    scalars.put("jacobian_relative_variance", variance);
  }

  private double[] squaredSingularValues(int a) {
    double[][] j = explicit.jacobian(depth, a);
    double[][] gram = new double[j.length][j.length];
    for (int r = 0; r < j.length; r++) {
      for (int c = 0; c < j.length; c++) {
        for (int k = 0; k < j.length; k++) {
          gram[r][c] += j[k][r] * j[k][c];
        }
      }
    }
    return KernelEigenvalues.of(gram).ascending();
  }

  private void addFirstSteps(Map<String, Double> scalars) {
    double most = Double.NEGATIVE_INFINITY;
    double least = Double.POSITIVE_INFINITY;
    for (int l = 1; l <= depth; l++) {
      int fanIn = explicit.h[l - 1][0].length;
      double kept = network.keepProbability() * network.width() * fanIn;
      double sizes = 0;
      for (int a = 0; a < inputs; a++) {
        sizes += Math.sqrt(explicit.weightGradient(l, a, a));
      }
      double square = explicit.weightGradient(l, 0, inputs - 1);
      double left = square > CANCELLED * sizes * sizes ? square : 0;
      double gradient = Math.sqrt(left / kept) / inputs;
      double step = Math.log(gradient / Math.sqrt(network.sigmaW2() / fanIn));
      most = Math.max(most, step);
      least = Math.min(least, step);
    }
    scalars.put("ln_sgd_step_max", most);
    scalars.put("ln_sgd_step_min", least);
  }

  private void addFormat(
      String name, FloatFormat format, double[][][] layers, Map<String, Double> scalars) {
    scalars.put(name + "_subnormal", worst(layers, x -> Math.abs(x) < format.minNormal()));
    scalars.put(name + "_flushed", worst(layers, x -> Math.abs(x) <= format.largestFlushed()));
    scalars.put(name + "_overflow", worst(layers, x -> Math.abs(x) > format.largest()));
  }

  private void addIntegers(Map<String, Double> scalars) {
    double largest = 0;
    for (double[] column : explicit.h[1]) {
      largest = Math.max(largest, Arrays.stream(column).map(Math::abs).max().orElseThrow());
    }
    double step = largest / 127;
    double top = largest * (1 + ROUNDING);
    scalars.put("int8_signal_flushed", worst(explicit.h, x -> Math.abs(x) <= 0.5 * step));
    scalars.put("int8_signal_overflow", worst(explicit.h, x -> x > top || x < -128 * step));
  }

  /** The largest share over layers of the entries that float32 tells from 0. */
  private double worst(double[][][] layers, DoublePredicate lost) {
    double worst = 0;
    for (int l = 1; l <= depth; l++) {
      double[] entries =
          Arrays.stream(layers[l])
              .flatMapToDouble(Arrays::stream)
              .filter(x -> (float) x != 0)
              .toArray();
      long count = Arrays.stream(entries).filter(lost).count();
      worst = Math.max(worst, entries.length == 0 ? 0 : (double) count / entries.length);
    }
    return worst;
  }
}
