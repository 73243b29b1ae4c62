package org.phasemap.spec;

import java.util.List;
import org.phasemap.network.Activation;
import org.phasemap.network.InitScheme;

/**
 * The grid: a cell for each element of the Cartesian product of the lists. No list is empty and
 * none has a value twice.
 *
 * @param activation φ
 * @param depth L, hidden layers, each &gt;= 1
 * @param width n of the hidden layers, each &gt;= 1
 * @param weights the weight-variance axes
 * @param sigmaB2 σ_b², bias variance, each &gt;= 0
 * @param keepProbability p, share of weights kept, each in (0, 1]
 * @param rescaleForSparsity whether σ_w² is divided by p, so that masking keeps p σ_w²
 */
public record NetworkAxes(
    List<Activation> activation,
    List<Integer> depth,
    List<Integer> width,
    Weights weights,
    List<Double> sigmaB2,
    List<Double> keepProbability,
    boolean rescaleForSparsity) {

  /** How a spec says σ_w². */
  public sealed interface Weights {}

  /**
   * σ_w² = multiplier² × the scheme's gain².
   *
   * @param init schemes
   * @param sigmaMultiplier factors on σ_w, each &gt; 0
   */
  public record Scheme(List<InitScheme> init, List<Double> sigmaMultiplier) implements Weights {}

  /**
   * σ_w² itself, normal weights.
   *
   * @param sigmaW2 each &gt;= 0
   */
  public record Variance(List<Double> sigmaW2) implements Weights {}
}
