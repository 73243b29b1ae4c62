package org.phasemap.measure.finding;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.phasemap.quantity.DerivativeQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Profile;

/**
 * What a network u(x) is along its input, at m points of it.
 *
 * @param outputs mean squares of u, u′ and u″ over the read-out's weights and bias, [order][point]
 * @param layers mean squares of z_l, z_l′ and z_l″ over units and points, [order][l − 1]
 * @param source f at the points
 * @param kernel ‖∂u″/∂θ‖² at the points, NTK parameterisation; empty without the probe of gradients
 */
@SuppressWarnings("ArrayRecordComponent") // read-only
public record DerivativeMoments(
    double[][] outputs, double[][] layers, double[] source, double[] kernel) {
  /** Hands over what the probes want. */
  void addTo(Measurement.Builder found, List<Probe> probes) {
    if (probes.contains(Probe.SIGNAL)) {
      found
          .put(DerivativeQuantity.LN_U, lnMean(a -> outputs[0][a]))
          .put(DerivativeQuantity.LN_DU, lnMean(a -> outputs[1][a]))
          .put(DerivativeQuantity.LN_D2U, lnMean(a -> outputs[2][a]))
          .put(DerivativeQuantity.LN_RESIDUAL, lnMean(this::residual))
          .put(Profile.LN_DU, Arrays.stream(layers[1]).map(Math::log).toArray())
          .put(Profile.LN_D2U, Arrays.stream(layers[2]).map(Math::log).toArray());
    }
    if (probes.contains(Probe.GRADIENT)) {
      found
          .put(DerivativeQuantity.LN_RESIDUAL_NTK, lnMean(a -> kernel[a]))
          .put(DerivativeQuantity.LN_RESIDUAL_GRADIENT, lnMean(a -> residual(a) * kernel[a]));
    }
  }

  /** E r², r = u″ − f. */
  private double residual(int a) {
    return outputs[2][a] + source[a] * source[a];
  }

  private double lnMean(IntToDoubleFunction ofPoint) {
    return Math.log(IntStream.range(0, source.length).mapToDouble(ofPoint).average().orElseThrow());
  }
}
