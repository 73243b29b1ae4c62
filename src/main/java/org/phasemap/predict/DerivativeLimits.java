package org.phasemap.predict;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.phasemap.measure.input.GivenInputs;
import org.phasemap.network.Equation;
import org.phasemap.network.NetworkConfig;
import org.phasemap.quantity.DerivativeQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Profile;
import org.phasemap.spec.Inputs;
import org.phasemap.theory.architecture.pinn.PinnDerivatives;
import org.phasemap.theory.architecture.pinn.PinnLayers;
import org.phasemap.theory.limit.LayerLaw;

/** What networks u(x) of one law are along x, at any depth, infinite width (ARCHITECTURES 8). */
final class DerivativeLimits {
  private final Equation equation;
  private final double[] points;
  private final List<PinnLayers> layers;

  /**
   * Of networks.
   *
   * @param network of any depth
   * @param inputs of one number each
   */
  DerivativeLimits(Equation equation, NetworkConfig network, Inputs inputs) {
    this.equation = equation;
    points = points(inputs);
    LayerLaw law = new LayerLaw(network.activation(), network.sigmaW2(), network.sigmaB2());
    layers = Arrays.stream(points).mapToObj(x -> new PinnLayers(law, x)).toList();
  }

  /** The x; of Gaussian inputs, whose sign is random and does not count, |x|. */
  private static double[] points(Inputs inputs) {
    if (inputs.source() instanceof Inputs.Gaussian gaussian) {
      return new double[] {inputs.scale() * Math.sqrt(gaussian.q0())};
    }
    float[] columns = GivenInputs.of(inputs).columns();
    return IntStream.range(0, columns.length).mapToDouble(a -> columns[a]).toArray();
  }

  /** Adds those of a depth. */
  void addTo(Measurement.Builder limit, int depth) {
    int top = depth + 1;
    limit
        .put(DerivativeQuantity.LN_U, lnMean(top, PinnDerivatives::zz))
        .put(DerivativeQuantity.LN_DU, lnMean(top, PinnDerivatives::dd))
        .put(DerivativeQuantity.LN_D2U, lnMean(top, PinnDerivatives::ss))
        .put(DerivativeQuantity.LN_RESIDUAL, lnMean(a -> residual(a, top)))
        .put(
            DerivativeQuantity.LN_RESIDUAL_NTK,
            lnMean(a -> layers.get(a).secondDerivativeKernel(top)))
        .put(
            DerivativeQuantity.LN_RESIDUAL_GRADIENT,
            lnMean(a -> residual(a, top) * layers.get(a).secondDerivativeKernel(top)))
        .put(Profile.LN_DU, profile(depth, PinnDerivatives::dd))
        .put(Profile.LN_D2U, profile(depth, PinnDerivatives::ss));
  }

  private double residual(int a, int top) {
    double source = equation.source(points[a]);
    return layers.get(a).jets(top).ss() + source * source;
  }

  private double[] profile(int depth, ToDoubleFunction<PinnDerivatives> moment) {
    return IntStream.rangeClosed(1, depth).mapToDouble(l -> lnMean(l, moment)).toArray();
  }

  private double lnMean(int layer, ToDoubleFunction<PinnDerivatives> moment) {
    return lnMean(a -> moment.applyAsDouble(layers.get(a).jets(layer)));
  }

  private double lnMean(IntToDoubleFunction ofPoint) {
    return Math.log(IntStream.range(0, points.length).mapToDouble(ofPoint).average().orElseThrow());
  }
}
