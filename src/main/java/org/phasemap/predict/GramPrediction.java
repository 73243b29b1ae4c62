package org.phasemap.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.phasemap.measure.result.KernelSpectrum;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.Phase;
import org.phasemap.plan.Cell;
import org.phasemap.predict.Prediction.Draft;
import org.phasemap.quantity.KernelQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.theory.limit.InputKernels;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.Phases;
import org.phasemap.theory.width.JointFiniteWidth;

/**
 * Predictions for any set of inputs, from their Gram matrix: at infinite width each input has its
 * own variance and each pair its own correlation, and a scalar is averaged over them as the probe
 * averages it.
 */
final class GramPrediction {
  private final InputKernels kernels;
  private final JointFiniteWidth finite;
  private final int m;

  /** Of layers 1 … l: mean q, mean c, Σ of the mean ln χ₁ below. */
  private final double[] q;

  private final double[] c;
  private final double[] lnGain;

  private GramPrediction(InputKernels kernels, JointFiniteWidth finite, int depth) {
    this.kernels = kernels;
    this.finite = finite;
    finite.add(kernels);
    m = kernels.inputs();
    q = new double[depth];
    c = new double[depth];
    lnGain = new double[depth + 1];
  }

  /**
   * Predicts a group of cells that differ in depth alone, in its order.
   *
   * @param gram m × m, x_a·x_b/n₀
   * @param dimension n₀
   */
  static List<Draft> of(List<Cell> variant, LayerLaw law, double[][] gram, int dimension) {
    NetworkConfig network = variant.get(0).network();
    double p = network.keepProbability();
    TreeMap<Integer, List<Cell>> byDepth = new TreeMap<>();
    for (Cell cell : variant) {
      byDepth.computeIfAbsent(cell.network().depth(), d -> new ArrayList<>()).add(cell);
    }
    GramPrediction layers =
        new GramPrediction(
            InputKernels.of(law, gram, p * network.width(), p * dimension),
            new JointFiniteWidth(law, network.weightLaw(), p, gram),
            byDepth.lastKey());
    Phase phase = Phases.of(law, layers.meanQ()).phase();
    Map<Cell, Draft> predictions = new HashMap<>();
    for (int l = 1; l <= byDepth.lastKey(); l++) {
      double chi1 = layers.climb(l);
      for (Cell cell : byDepth.getOrDefault(l, List.of())) {
        predictions.put(cell, layers.at(cell, phase, chi1));
      }
    }
    return variant.stream().map(cell -> Objects.requireNonNull(predictions.get(cell))).toList();
  }

  /** Mean over inputs of the present layer's q. */
  private double meanQ() {
    double sum = 0;
    for (int a = 0; a < m; a++) {
      sum += kernels.q(a) / m;
    }
    return sum;
  }

  /** Records layer l and moves to the next; returns the layer's mean χ₁. */
  private double climb(int l) {
    double chi1 = 0;
    for (int a = 0; a < m; a++) {
      q[l - 1] += kernels.q(a) / m;
      chi1 += kernels.chi1(a) / m;
      lnGain[l] += Math.log(kernels.chi1(a)) / m;
    }
    lnGain[l] += lnGain[l - 1];
    for (int a = 0; a < m; a++) {
      for (int b = 0; b < a; b++) {
        c[l - 1] += kernels.c(a, b) / (0.5 * m * (m - 1));
      }
    }
    if (m == 1) {
      c[l - 1] = Double.NaN;
    }
    kernels.up();
    finite.add(kernels);
    return chi1;
  }

  private Draft at(Cell cell, Phase phase, double chi1) {
    int depth = cell.network().depth();
    double[] theta = new double[m * m];
    double standard = 0;
    for (int a = 0; a < m; a++) {
      for (int b = 0; b < m; b++) {
        theta[a * m + b] = kernels.ntk(a, b);
      }
      standard += kernels.standardNtk(a, a) / m;
    }
    KernelSpectrum spectrum = KernelSpectrum.of(theta, m);
    double[] gain = new double[depth];
    Arrays.setAll(gain, i -> lnGain[depth - 1] - lnGain[i]);
    Measurement.Builder limit =
        new Measurement.Builder()
            .put(SignalQuantity.LN_Q, Math.log(q[depth - 1]))
            .put(SignalQuantity.C, c[depth - 1])
            .put(SignalQuantity.LN_GRADIENT_GAIN, gain[0])
            .put(KernelQuantity.LN_NTK_SCALE, spectrum.lnScale())
            .put(KernelQuantity.NTK_OFF_RATIO, spectrum.offRatio())
            .put(KernelQuantity.LN_NTK_CONDITION, spectrum.lnCondition())
            .put(KernelQuantity.LN_NTK_STANDARD_SCALE, Math.log(standard))
            .put(Profile.Q, Arrays.copyOf(q, depth))
            .put(Profile.C, Arrays.copyOf(c, depth))
            .put(Profile.LN_GRADIENT, gain);
    return new Draft(cell, phase, chi1, limit, Bands.of(finite, cell));
  }
}
