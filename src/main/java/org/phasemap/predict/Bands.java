package org.phasemap.predict;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task.Propagation;
import org.phasemap.predict.graph.NetworkTheory;
import org.phasemap.quantity.JacobianQuantity;
import org.phasemap.quantity.KernelQuantity;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.Quantity;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.spec.Inputs;
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

  /** Of the variance of z_1's mean square, what all inputs have in common beyond normal weights. */
  private static final double LARGEST_COMMON = 0.1;

  /**
   * What a band depends on beside the law of the layers.
   *
   * @param depth L
   * @param width n
   * @param parameters weights per unit of the hidden layers, p n
   * @param inputParameters weights per unit of the first layer, p n₀
   */
  public record Sizes(int depth, int width, double parameters, double inputParameters) {}

  private interface Law {
    Band of(NetworkFluctuations finite, Sizes at);
  }

  /** Of networks of one output. */
  private static final Map<Quantity, Law> LAWS = laws();

  private static Map<Quantity, Law> laws() {
    Map<Quantity, Law> laws = new LinkedHashMap<>();
    laws.put(SignalQuantity.LN_Q, (f, at) -> f.lnQ(at.depth, at.width));
    laws.put(SignalQuantity.C, (f, at) -> f.c(at.depth, at.width));
    laws.put(SignalQuantity.LN_GRADIENT_GAIN, (f, at) -> f.lnGradientGain(at.depth, at.width));
    laws.put(KernelQuantity.LN_NTK_SCALE, (f, at) -> f.lnNtkScale(at.depth, at.width, 1));
    laws.put(
        KernelQuantity.LN_NTK_STANDARD_SCALE,
        (f, at) -> f.lnNtkStandardScale(at.depth, at.width, at.parameters, at.inputParameters, 1));
    laws.put(SignalQuantity.MEAN, (f, at) -> f.mean(at.depth, at.width));
    laws.put(SignalQuantity.LN_NORM_RATIO, (f, at) -> f.lnNormRatio(at.depth, at.width));
    laws.put(
        SignalQuantity.LN_WEIGHT_GRADIENT_RATIO,
        (f, at) -> f.lnWeightGradientRatio(at.depth, at.width, at.parameters, at.inputParameters));
    laws.put(JacobianQuantity.LN_JACOBIAN_MEAN, (f, at) -> f.lnJacobianMean(at.depth, at.width));
    return laws;
  }

  /** What {@link #ofOneOutput} knows, in this order. */
  public static List<Quantity> quantities() {
    return List.copyOf(LAWS.keySet());
  }

  /** Of a network that is a graph of layers: lengths and gradients, where their law is known. */
  static Bands of(NetworkTheory theory) {
    Bands none = none(theory.depth());
    List<Band> lnQ = theory.lnQ();
    Map<Quantity, Band> scalars = new LinkedHashMap<>();
    scalars.put(SignalQuantity.LN_GRADIENT_GAIN, theory.lnGradientGainBand());
    if (lnQ.isEmpty()) {
      return new Bands(scalars, none.profileLnQ(), none.profileC());
    }
    scalars.put(SignalQuantity.LN_Q, lnQ.get(lnQ.size() - 1));
    scalars.put(SignalQuantity.LN_NORM_RATIO, theory.lnNormRatioBand());
    return new Bands(scalars, lnQ, none.profileC());
  }

  /** Of networks without a law. */
  static Bands none(int depth) {
    List<Band> profile = Collections.nCopies(depth, Band.NONE);
    return new Bands(Map.of(), profile, profile);
  }

  /** The laws of networks of one output. */
  public static Map<Quantity, Band> ofOneOutput(NetworkFluctuations finite, Sizes sizes) {
    Map<Quantity, Band> bands = new LinkedHashMap<>();
    LAWS.forEach((quantity, law) -> bands.put(quantity, law.of(finite, sizes)));
    return bands;
  }

  /**
   * Of a cell. Orthogonal weights must keep the inputs' Gram matrix: fewer units than components do
   * not, nor do masked ones, whose chance is that of the mask; they are left without a law. So are
   * first layers that are not close to Gaussian.
   */
  static Bands of(NetworkFluctuations finite, Cell cell) {
    NetworkConfig network = cell.network();
    Propagation task = (Propagation) cell.task();
    int n0 = task.inputs().dimension();
    int depth = network.depth();
    int width = network.width();
    boolean keepsLengths = width >= n0 && network.keepProbability() == 1;
    if ((network.weightLaw() == WeightLaw.ORTHOGONAL && !keepsLengths)
        || !hasGaussianFirstLayer(network, n0)
        || !isOfItsOwn(network, task.inputs())) {
      return none(depth);
    }
    double p = network.keepProbability();
    int k = task.outputs();
    Sizes sizes = new Sizes(depth, width, p * width, p * n0);
    Map<Quantity, Band> scalars = ofOneOutput(finite, sizes);
    Band standard =
        k == 1
            ? Objects.requireNonNull(scalars.get(KernelQuantity.LN_NTK_STANDARD_SCALE))
            : finite.lnNtkStandardScale(
                depth, width, sizes.parameters(), sizes.inputParameters(), k);
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

  /**
   * Whether what weights of another law leave to chance in z_1, of all inputs at once, is little
   * beside what each input has. E z_a² z_b² of n₀ weights of excess kurtosis κ is larger by κ
   * Σx_a²x_b²/(Σx_a² Σx_b²). Example: half of 72 weights kept and 64 independent inputs, κ = 3; the
   * mean square of z_1 varies by 2/64 + 3/72 over n, and by the first alone if weights were normal.
   */
  private static boolean isOfItsOwn(NetworkConfig network, Inputs inputs) {
    double kurtosis =
        Math.abs(
            KernelFluctuation.maskedKurtosis(
                network.weightLaw().excessKurtosis(), network.keepProbability()));
    double m = inputs.count();
    double n0 = inputs.dimension();
    if (inputs.source() instanceof Inputs.Gaussian gaussian) {
      double c2 = gaussian.c0() * gaussian.c0();
      double common = (3 + (m - 1) * (1 + 2 * c2)) / m / n0;
      return kurtosis * common <= LARGEST_COMMON * 2 * (1 + (m - 1) * c2) / m;
    }
    return true; // of given inputs such weights have no law
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
