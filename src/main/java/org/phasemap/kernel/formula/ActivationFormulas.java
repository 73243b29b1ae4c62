package org.phasemap.kernel.formula;

import java.util.Map;
import java.util.Optional;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.activation.LeakyRelu;

/**
 * Every activation and its derivative in float32, written once for all backends: by its {@link
 * Formula} and, in its {@link Tails}, in float64. One that has no formula here is computed in
 * float64 entry by entry and rounded, which is slow.
 */
public final class ActivationFormulas {
  private static final Map<Activation, Formula> KNOWN =
      Map.ofEntries(
          Map.entry(Activations.LINEAR, new LineFormulas.Linear()),
          Map.entry(Activations.RELU, new LineFormulas.Relu()),
          Map.entry(Activations.ABS, new LineFormulas.Abs()),
          Map.entry(Activations.HARD_TANH, new LineFormulas.HardTanh()),
          Map.entry(Activations.TANH, new TanhFormula()),
          Map.entry(Activations.ERF, new PlainFormulas.ErrorFunction()),
          Map.entry(Activations.SIN, new PlainFormulas.Sine()),
          Map.entry(Activations.SOFTSIGN, new PlainFormulas.Softsign()),
          Map.entry(Activations.ARCTAN, new PlainFormulas.Arctan()),
          Map.entry(Activations.GELU, new GeluFormula()),
          Map.entry(Activations.SILU, new LogisticFormulas.Silu()),
          Map.entry(Activations.SOFTPLUS, new LogisticFormulas.Softplus()),
          Map.entry(Activations.SIGMOID, new LogisticFormulas.Sigmoid()),
          Map.entry(Activations.ELU, ExponentialLinearFormula.of(Activations.ELU)),
          Map.entry(Activations.SELU, ExponentialLinearFormula.of(Activations.SELU)),
          Map.entry(Activations.MISH, new MishFormula()));

  private final Activation activation;
  private final Formula formula;

  private ActivationFormulas(Activation activation, Formula formula) {
    this.activation = activation;
    this.formula = formula;
  }

  /** Those of an activation. */
  public static ActivationFormulas of(Activation activation) {
    return new ActivationFormulas(activation, formula(activation));
  }

  private static Formula formula(Activation activation) {
    Formula known = KNOWN.get(activation);
    if (known != null) {
      return known;
    }
    return activation instanceof LeakyRelu leaky
        ? new LineFormulas.Leaky((float) leaky.slope())
        : new FloatFormula(activation);
  }

  /** The activation on a device; empty where only a CPU computes it. */
  public static Optional<DeviceActivation> onDevice(Activation activation) {
    return formula(activation).onDevice();
  }

  /** φ. */
  public <V> void value(Elements<V> e, V x, V out) {
    Tails tails = formula.valueTails(e);
    boolean found = tails.find(e, x);
    formula.value(e, x, out);
    if (found) {
      tails.replace(activation::value, e, out);
    }
  }

  /** φ′. */
  public <V> void derivative(Elements<V> e, V x, V out) {
    Tails tails = formula.derivativeTails();
    boolean found = tails.find(e, x);
    formula.derivative(e, x, out);
    if (found) {
      tails.replace(activation::derivative, e, out);
    }
  }

  /** φ and φ′ at the same arguments. The slope is written first: {@code value} may be {@code x}. */
  public <V> void both(Elements<V> e, V x, V value, V slope) {
    if (!(formula instanceof Formula.Pair pair)) {
      derivative(e, x, slope);
      value(e, x, value);
      return;
    }
    Tails tails = pair.pairTails();
    boolean found = tails.find(e, x);
    pair.both(e, x, value, slope);
    if (!found) {
      return;
    }
    tails.replace(activation::derivative, e, slope);
    // Other values have reached their limits there, to float32.
    if (pair.valueTails(e).exist()) {
      tails.replace(activation::value, e, value);
    }
  }
}
