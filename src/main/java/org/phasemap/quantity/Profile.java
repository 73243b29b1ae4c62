package org.phasemap.quantity;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A list of numbers that is measured of a network: layer by layer, or along something else. */
public enum Profile implements Measured {
  LAYER(1, 15, null, Along.LAYER, "l", "layer l = 1…L of each entry of the profiles"),
  Q(1, 16, Probe.SIGNAL, Along.LAYER, "q_l", "mean of z_l²", Theory.BAND),
  C(1, 17, Probe.SIGNAL, Along.LAYER, "c_l", "mean cosine of two inputs at z_l", Theory.BAND),
  MEAN(1, 18, Probe.SIGNAL, Along.LAYER, "E φ(z_l)", "mean of φ(z_l)"),
  DEAD(1, 19, Probe.SIGNAL, Along.LAYER, "P(dead)", "as dead_share, layer l"),
  SATURATED(1, 20, Probe.SIGNAL, Along.LAYER, "P(|φ′| < 0.01)", "as saturated_share, layer l"),
  LN_GRADIENT(
      1,
      21,
      Probe.GRADIENT,
      Along.LAYER,
      "ln ‖δ_l‖²",
      "ln ‖∂f/∂z_l‖², averaged over inputs",
      Theory.LIMIT),
  CURVE_STEP(1, 25, null, Along.STEP, "t", "steps at which the loss curve was sampled"),
  CURVE_LOSS(1, 26, null, Along.STEP, "loss_t", "mean loss of the minibatch at those steps"),
  LN_WEIGHT_GRADIENT(
      3,
      31,
      Probe.GRADIENT,
      Along.LAYER,
      "ln ‖∂f/∂W_l‖²",
      "ln ‖∂f/∂W_l‖², averaged over inputs; standard parameterisation, in NTK parameterisation"
          + " ln σ_w²/n_{l−1} more"),
  LN_SGD_STEP(
      3,
      35,
      Probe.OPTIMISER,
      Along.LAYER,
      "ln ‖ΔW_l‖/‖W_l‖",
      "ln ‖ΔW_l‖/‖W_l‖ of SGD's first step at learning rate 1 on the mean of f over inputs; ‖W_l‖²"
          + " by its mean p n σ_w²"),
  LN_ADAM_STEP(
      3,
      36,
      Probe.OPTIMISER,
      Along.LAYER,
      "ln ‖ΔW_l‖/‖W_l‖",
      "as above, of Adam: ln u/s, root mean squares u of g/(|g| + 1e-8) over Gaussian g as large as"
          + " the layer's gradient and s of the weights' entries"),
  LN_JACOBIAN(
      3,
      62,
      Probe.JACOBIAN,
      Along.LAYER,
      "ln mean σ² of ∂z_l/∂z_1",
      "as ln_jacobian_mean, of ∂z_l/∂z_1"),
  JACOBIAN_SPECTRUM(
      4,
      64,
      Probe.JACOBIAN_SPECTRUM,
      Along.RANK,
      "σ_i²",
      "all n squared singular values of ∂z_L/∂z_1 at the first input, the largest first; NaN below"
          + " 1e-12 of that, which is rounding"),
  LN_NTK(
      4,
      66,
      Probe.NTK_LAYERS,
      Along.LAYER,
      "ln tr Θ_l/m",
      "ln(tr Θ_l/m) of what layer l's weights and biases add to Θ, NTK parameterisation; the"
          + " read-out adds the rest of ln_ntk_scale",
      Theory.LIMIT),
  LN_NTK_STANDARD(
      4,
      67,
      Probe.NTK_LAYERS,
      Along.LAYER,
      "ln tr Θ_l/m",
      "as above, standard parameterisation",
      Theory.LIMIT),
  CURVE_ACCURACY(
      4, 78, null, Along.STEP, "P(right)", "share right in the minibatch at those steps"),
  TOKEN_COSINE(7, 88, Probe.SIGNAL, Along.LAYER, "ρ_l", "as token_cosine, at z_l", Theory.LIMIT),
  ATTENTION_LOGIT_VARIANCE(
      7,
      89,
      Probe.SIGNAL,
      Along.LAYER,
      "Var_j S_ij",
      "as attention_logit_variance, in block l",
      Theory.LIMIT),
  ATTENTION_ENTROPY(
      7, 90, Probe.SIGNAL, Along.LAYER, "H(A_i)", "as attention_entropy, in block l", Theory.LIMIT),
  LN_DU(
      9,
      97,
      Probe.SIGNAL,
      Along.LAYER,
      "ln E z_l′²",
      "ln of the mean of (∂z_l/∂x)² over units and inputs x, of networks that are to solve an"
          + " equation",
      Theory.LIMIT),
  LN_D2U(
      9,
      98,
      Probe.SIGNAL,
      Along.LAYER,
      "ln E z_l″²",
      "as profile_ln_du, of ∂²z_l/∂x²",
      Theory.LIMIT),
  POSITION_SPREAD(
      10,
      100,
      Probe.SIGNAL,
      Along.LAYER,
      "Var_a q_l[a]/q_l²",
      "as position_spread, at z_l",
      Theory.LIMIT),
  LN_QUERY_KEY_GRADIENT(
      10,
      102,
      Probe.GRADIENT,
      Along.LAYER,
      "ln (‖∂f/∂W_Q‖² + ‖∂f/∂W_K‖²)/‖∂f/∂W_V‖²",
      "as ln_query_key_gradient, in block l",
      Theory.LIMIT),
  ATTENTION_KEYS(
      10,
      103,
      Probe.SIGNAL,
      Along.TOKEN,
      "A_j",
      "mean weight that each token gets in block L, over queries, heads and inputs; they add up to"
          + " 1");

  /** What a profile runs along. */
  public enum Along {
    /** Its columns are called profile_…. */
    LAYER,
    STEP,
    /** The largest first. */
    RANK,
    /** Of an input, in its order. */
    TOKEN
  }

  private final int since;
  private final int place;
  private final @Nullable Probe probe;
  private final Along along;
  private final String symbol;
  private final String meaning;
  private final Theory theory;

  Profile(int since, int place, @Nullable Probe probe, Along along, String symbol, String meaning) {
    this(since, place, probe, along, symbol, meaning, Theory.NONE);
  }

  Profile(
      int since,
      int place,
      @Nullable Probe probe,
      Along along,
      String symbol,
      String meaning,
      Theory theory) {
    this.since = since;
    this.place = place;
    this.probe = probe;
    this.along = along;
    this.symbol = symbol;
    this.meaning = meaning;
    this.theory = theory;
  }

  @Override
  public String column() {
    String name = name().toLowerCase(Locale.ROOT);
    return along == Along.LAYER ? "profile_" + name : name;
  }

  @Override
  public int place() {
    return place;
  }

  @Override
  public int since() {
    return since;
  }

  @Override
  public @Nullable Probe probe() {
    return probe;
  }

  @Override
  public String symbol() {
    return symbol;
  }

  @Override
  public String meaning() {
    return meaning;
  }

  /** What theory says of it. */
  public Theory theory() {
    return theory;
  }

  /** Whether its entries are whole numbers: where the others' entries are. */
  public boolean isWhole() {
    return this == LAYER || this == CURVE_STEP;
  }

  /**
   * The column of {@code cells} that has its value at infinite width. Gradients are predicted as
   * shares of the last layer's.
   */
  public String limitColumn() {
    return "theory_" + column() + (this == LN_GRADIENT ? "_gain" : "");
  }

  /** What theory predicts, as {@link #limitColumn} has it. */
  public String predicted() {
    return this == LN_GRADIENT ? "ln ‖δ_l‖²/‖δ_L‖²" : symbol;
  }

  /** The scalar of layer L whose law at finite width each layer has; q is expected as ln q. */
  public Quantity scalar() {
    return switch (this) {
      case Q -> SignalQuantity.LN_Q;
      case C -> SignalQuantity.C;
      default -> throw new IllegalStateException(this + " has no band");
    };
  }

  /** The column that has the mean over random networks of a finite width. */
  public String expectedColumn() {
    return "expected_profile_" + scalar().column();
  }
}
