package org.phasemap.predict;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task.Propagation;
import org.phasemap.quantity.KernelQuantity;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.Quantity;
import org.phasemap.theory.width.Band;
import org.phasemap.theory.width.KernelFluctuation;
import org.phasemap.theory.width.NetworkFluctuations;

/**
 * The law of what the probes find over random networks of a cell's width.
 *
 * @param scalars what is absent has no known law
 * @param profileLnQ of ln q_l, l = 1…L
 * @param profileC of c_l
 */
public record Bands(Map<Quantity, Band> scalars, List<Band> profileLnQ, List<Band> profileC) {

  /** Excess kurtosis of z_1 times √n: a shift of about a seventh of a standard deviation. */
  private static final double LARGEST_SHIFT = 0.6;

  /**
   * Of a cell. Orthogonal weights must keep the inputs' Gram matrix: fewer units than components do
   * not, and are left without a law. So are first layers that are not close to Gaussian.
   */
  static Bands of(NetworkFluctuations finite, Cell cell) {
    NetworkConfig network = cell.network();
    Propagation task = (Propagation) cell.task();
    int n0 = task.inputs().dimension();
    int depth = network.depth();
    int width = network.width();
    if ((network.weightLaw() == WeightLaw.ORTHOGONAL && width < n0)
        || !hasGaussianFirstLayer(network, n0)) {
      List<Band> profile = Collections.nCopies(depth, Band.NONE);
      return new Bands(Map.of(), profile, profile);
    }
    double p = network.keepProbability();
    int k = task.outputs();
    Map<Quantity, Band> scalars = new HashMap<>();
    finite
        .scalars(depth, width, p * width, p * n0)
        .forEach((name, band) -> scalars.put(Quantity.of(name), band));
    Band standard =
        k == 1
            ? Objects.requireNonNull(scalars.get(KernelQuantity.LN_NTK_STANDARD_SCALE))
            : finite.lnNtkStandardScale(depth, width, p * width, p * n0, k);
    scalars.put(KernelQuantity.LN_CURVATURE_TRACE, standard.plus(Math.log(k)));
    if (task.hasOutputKernel()) {
      scalars.put(KernelQuantity.LN_NTK_OUTPUTS_SCALE, finite.lnNtkScale(depth, width, k));
    }
    return new Bands(
        scalars,
        IntStream.rangeClosed(1, depth).mapToObj(l -> finite.lnQ(l, width)).toList(),
        IntStream.rangeClosed(1, depth).mapToObj(l -> finite.c(l, width)).toList());
  }

  /**
   * Whether z_1 is as good as Gaussian. Its excess kurtosis is that of the kept weights times
   * Σx⁴/(Σx²)², 3/n₀ for Gaussian inputs; it shifts means by up to a tenth of it (ln ‖h‖² of tanh),
   * and does not vanish with n as their standard deviations do.
   */
  private static boolean hasGaussianFirstLayer(NetworkConfig network, int n0) {
    double weights = network.weightLaw().excessKurtosis();
    double kurtosis = KernelFluctuation.maskedKurtosis(weights, network.keepProbability()) * 3 / n0;
    return Math.abs(kurtosis) * Math.sqrt(network.width()) <= LARGEST_SHIFT;
  }

  /** Of a scalar. */
  public Band of(Quantity quantity) {
    return scalars.getOrDefault(quantity, Band.NONE);
  }

  /** Of each layer; of q its logarithm. */
  public List<Band> of(Profile profile) {
    return switch (profile) {
      case Q -> profileLnQ;
      case C -> profileC;
      default -> List.of();
    };
  }
}
