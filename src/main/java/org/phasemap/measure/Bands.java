package org.phasemap.measure;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.theory.Band;
import org.phasemap.theory.NetworkFluctuations;

/**
 * The law of what the probes find over random networks of a cell's width.
 *
 * @param lnQ of ln q_L
 * @param c of c_L
 * @param lnGradientGain of ln ‖∂f/∂z_1‖²/‖∂f/∂z_L‖²
 * @param lnNtkScale of ln(tr Θ/m), NTK parameterisation
 * @param lnNtkStandardScale of ln(tr Θ/m), standard parameterisation
 * @param profileLnQ of ln q_l, l = 1…L
 * @param profileC of c_l
 */
public record Bands(
    Band lnQ,
    Band c,
    Band lnGradientGain,
    Band lnNtkScale,
    Band lnNtkStandardScale,
    List<Band> profileLnQ,
    List<Band> profileC) {

  /** Where no law is known. */
  static Bands unknown(int depth) {
    Band none = new Band(Double.NaN, Double.NaN, false);
    List<Band> profile = Collections.nCopies(depth, none);
    return new Bands(none, none, none, none, none, profile, profile);
  }

  /**
   * Of a cell. Orthogonal weights must keep the inputs' Gram matrix: fewer units than components do
   * not, and are left without a law.
   */
  static Bands of(NetworkFluctuations finite, NetworkConfig network, int inputDimension) {
    int depth = network.depth();
    int width = network.width();
    double p = network.keepProbability();
    if (network.weightLaw() == WeightLaw.ORTHOGONAL && width < inputDimension) {
      return unknown(depth);
    }
    List<Band> lnQ = IntStream.rangeClosed(1, depth).mapToObj(l -> finite.lnQ(l, width)).toList();
    List<Band> c = IntStream.rangeClosed(1, depth).mapToObj(l -> finite.c(l, width)).toList();
    return new Bands(
        lnQ.get(depth - 1),
        c.get(depth - 1),
        finite.lnGradientGain(depth, width),
        finite.lnNtkScale(depth, width),
        finite.lnNtkStandardScale(depth, width, p * width, p * inputDimension),
        lnQ,
        c);
  }
}
