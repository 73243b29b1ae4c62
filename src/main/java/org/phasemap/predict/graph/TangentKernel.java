package org.phasemap.predict.graph;

import java.util.List;
import java.util.function.Predicate;
import org.phasemap.measure.result.FirstSteps;
import org.phasemap.measure.result.KernelSpectrum;
import org.phasemap.theory.limit.TwoPointSpectrum;

/**
 * Kernels from what each layer of weights adds on gradients' way down. Where inputs see each other,
 * in batch norm, Θ of exchangeable inputs follows from its trace, which independent signs give, and
 * from its sum, which equal signs give.
 */
final class TangentKernel {
  /** Probability of signs that no sweep will draw often enough to tell. */
  private static final double SELDOM = 1e-4;

  private final InputPairs inputs;
  private final List<Contribution> equal;
  private final List<Contribution> independent;

  /**
   * Of both descents; one may stand for both where inputs do not see each other.
   *
   * @param equal signs
   * @param independent signs
   */
  TangentKernel(InputPairs inputs, List<Contribution> equal, List<Contribution> independent) {
    this.inputs = inputs;
    this.equal = equal;
    this.independent = independent;
  }

  /** What is added up of a contribution. */
  interface Entries {
    double of(Contribution contribution, int block);
  }

  /** Of all weights. */
  KernelSpectrum spectrum(Entries entries) {
    double unit = unit(equal, c -> true);
    double[] sums = sums(equal, unit, entries, c -> true);
    int m = inputs.count();
    if (!inputs.areExchangeable()) {
      return KernelSpectrum.of(matrix(sums), m).plus(unit);
    }
    double diagonal = Math.exp(lnDiagonal(entries, c -> true) - unit);
    double off = m == 1 ? 0 : off(sums, diagonal);
    return KernelSpectrum.of(new TwoPointSpectrum(diagonal, off, m)).plus(unit);
  }

  /** ln of the mean diagonal of one layer's kernel; 0 is the read-out. */
  double lnDiagonal(Entries entries, int layer) {
    return lnDiagonal(entries, c -> c.layer() == layer);
  }

  /**
   * ‖Σ_i ∂f_i/∂w‖² over the weights of a layer: the sum of all its entries, 0 where they cancel.
   */
  double sum(Entries entries, int layer) {
    double unit = unit(equal, c -> c.layer() == layer);
    double[] sums = sums(equal, unit, entries, c -> c.layer() == layer);
    double sum = 0;
    double sizes = 0;
    for (int block = 0; block < sums.length; block++) {
      sum += inputs.multiplicity(block) * sums[block];
      sizes += inputs.multiplicity(block) * Math.abs(sums[block]);
    }
    return FirstSteps.batchGradient(sum, sizes, FirstSteps.ROUNDING) * Math.exp(unit);
  }

  /**
   * E ln of ‖Σ_i s_i ∂f_i/∂w‖² of one layer's weights over another's, over independent signs s_i of
   * m inputs that are alike. Products of gradients have one diagonal a and one other value c, so
   * that a square is ma + (S² − m)c of S = Σ s_i, a binomial number. Where c is large the logarithm
   * of the mean is well above this. Signs for which both cancel are left out; infinite where one
   * alone does, as under a last batch norm where all signs are alike.
   */
  double meanLnRatioOfSigns(Entries entries, int layer, int below) {
    double m = inputs.count();
    OfSigns own = ofSigns(entries, layer);
    OfSigns other = ofSigns(entries, below);
    double sum = 0;
    double kept = 0;
    double infinite = 0;
    double lnProbability = -m * Math.log(2);
    for (int k = 0; k <= m; k++) {
      double s = 2 * k - m;
      double ln = own.ln(s) - other.ln(s);
      double probability = Math.exp(lnProbability);
      if (Double.isFinite(ln)) {
        sum += probability * ln;
        kept += probability;
      } else if (!Double.isNaN(ln)) {
        infinite += probability;
      }
      lnProbability += Math.log((m - k) / (k + 1));
    }
    if (infinite > SELDOM) {
      return Double.POSITIVE_INFINITY;
    }
    return kept > 0 ? sum / kept : Double.NaN;
  }

  /** A layer's squares, m × a and c in units of e^unit. */
  private record OfSigns(double unit, double trace, double cross, double m) {
    /** Of the sum of signs; −∞ where all cancels. */
    double ln(double s) {
      double square = trace + (s * s - m) * cross;
      return square > FirstSteps.ROUNDING * trace
          ? unit + Math.log(square)
          : Double.NEGATIVE_INFINITY;
    }
  }

  private OfSigns ofSigns(Entries entries, int layer) {
    Predicate<Contribution> chosen = c -> c.layer() == layer;
    double unit = Math.max(unit(equal, chosen), unit(independent, chosen));
    double trace = total(sums(independent, unit, entries, chosen));
    double m = inputs.count();
    double cross = (total(sums(equal, unit, entries, chosen)) - trace) / (m * (m - 1));
    return new OfSigns(unit, trace, cross, m);
  }

  private double total(double[] sums) {
    double total = 0;
    for (int block = 0; block < sums.length; block++) {
      total += inputs.multiplicity(block) * sums[block];
    }
    return total;
  }

  /** The same of some weights. */
  double lnDiagonal(Entries entries, Predicate<Contribution> chosen) {
    double unit = unit(independent, chosen);
    double[] sums = sums(independent, unit, entries, chosen);
    double trace = 0;
    for (int block = 0; block < sums.length; block++) {
      if (independent != equal || inputs.isOwn(block)) {
        trace += inputs.multiplicity(block) * sums[block];
      }
    }
    return unit + Math.log(trace / inputs.count());
  }

  /**
   * ln of an input's own entry of some weights, averaged over inputs that do not see each other.
   */
  double meanLn(Entries entries, Predicate<Contribution> chosen) {
    double unit = unit(equal, chosen);
    double[] sums = sums(equal, unit, entries, chosen);
    double sum = 0;
    for (int i = 0; i < inputs.kinds(); i++) {
      sum += Math.log(sums[inputs.own(i)]) / inputs.kinds();
    }
    return unit + sum;
  }

  private double off(double[] sums, double diagonal) {
    if (independent == equal) {
      return sums[1];
    }
    double m = inputs.count();
    double all = sums[0] + (m - 1) * sums[1];
    return (all - diagonal) / (m - 1);
  }

  private static double unit(List<Contribution> contributions, Predicate<Contribution> chosen) {
    return contributions.stream().filter(chosen).mapToDouble(Contribution::lnUnit).max().orElse(0);
  }

  private double[] sums(
      List<Contribution> contributions,
      double unit,
      Entries entries,
      Predicate<Contribution> chosen) {
    double[] sums = new double[inputs.blocks()];
    for (Contribution contribution : contributions) {
      if (chosen.test(contribution)) {
        double factor = Math.exp(contribution.lnUnit() - unit);
        for (int block = 0; block < sums.length; block++) {
          sums[block] += factor * entries.of(contribution, block);
        }
      }
    }
    return sums;
  }

  private double[] matrix(double[] sums) {
    int m = inputs.count();
    double[] matrix = new double[m * m];
    for (int block = 0; block < sums.length; block++) {
      matrix[inputs.first(block) * m + inputs.second(block)] = sums[block];
      matrix[inputs.second(block) * m + inputs.first(block)] = sums[block];
    }
    return matrix;
  }
}
