package org.phasemap.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;

/** The cells of one activation, σ-multiplier and keep probability, at any depth. */
final class SyntheticCell {
  private static final double OVERFLOW = 88;
  private static final double UNDERFLOW = -100;

  private final Activation activation;
  private final double multiplier;
  private final double keep;
  private final int width;
  private final MeanField theory;

  SyntheticCell(Activation activation, double multiplier, double keep, int width) {
    this.activation = activation;
    this.multiplier = multiplier;
    this.keep = keep;
    this.width = width;
    this.theory = new MeanField(activation, 2 * multiplier * multiplier * keep, 0, 0.3, 64);
  }

  Map<String, Object> theory(int depth) {
    Map<String, Object> row = new LinkedHashMap<>();
    int last = depth - 1;
    double chi = Math.exp(theory.lnChi[last]);
    row.put("cell_id", id("propagation", depth));
    row.put("theory_ln_q", Math.log(theory.q[last]));
    row.put("theory_c", theory.c[last]);
    row.put("theory_ln_gradient_gain", theory.lnGain(0, depth));
    row.put("theory_ln_ntk_scale", Math.log(theory.ntk[last]));
    row.put("theory_ntk_off_ratio", theory.c[last] * 0.5);
    row.put("theory_ln_ntk_condition", lnCondition(depth));
    row.put("theory_ln_ntk_standard_scale", Math.log(theory.ntk[last] * width));
    row.put("theory_chi1", chi);
    row.put("phase", phase(chi));
    List<Double> gain = new ArrayList<>();
    for (int l = 0; l < depth; l++) {
      gain.add(theory.lnGain(l, depth));
    }
    row.put("theory_profile_q", list(theory.q, depth));
    row.put("theory_profile_c", list(theory.c, depth));
    row.put("theory_profile_ln_gradient_gain", gain);
    List<Double> lnQ = new ArrayList<>();
    List<Double> lnQSd = new ArrayList<>();
    List<Double> cSd = new ArrayList<>();
    for (int l = 0; l < depth; l++) {
      lnQ.add(Math.log(theory.q[l]));
      lnQSd.add(driftDeviation(l + 1));
      cSd.add(Math.max(1e-9, 0.02 * (1 - theory.c[l])));
    }
    expect(row, "ln_q", driftDeviation(depth));
    expect(row, "c", cSd.get(last));
    expect(row, "ln_gradient_gain", Math.sqrt(4.0 * last / width));
    expect(row, "ln_ntk_scale", driftDeviation(depth));
    expect(row, "ln_ntk_standard_scale", driftDeviation(depth));
    row.put("expected_profile_ln_q", lnQ);
    row.put("expected_profile_ln_q_sd", lnQSd);
    row.put("expected_profile_c", list(theory.c, depth));
    row.put("expected_profile_c_sd", cSd);
    return row;
  }

  private static void expect(Map<String, Object> row, String name, double deviation) {
    row.put("expected_" + name, Objects.requireNonNull(row.get("theory_" + name)));
    row.put("expected_" + name + "_sd", deviation);
  }

  /** Standard deviation of the noise of {@link #propagation} in ln q. */
  private double driftDeviation(int layers) {
    return Math.sqrt(3.0 / width * (1 - Math.pow(0.81, layers)) / (1 - 0.81));
  }

  Map<String, Object> propagation(int depth, int replicate) {
    Random random = new Random(1000L + replicate + 7919L * Math.round(100 * multiplier));
    double[] lnQ = new double[depth];
    double[] c = new double[depth];
    double[] lnGradient = new double[depth];
    double drift = 0;
    for (int l = 0; l < depth; l++) {
      drift = 0.9 * drift + Math.sqrt(3.0 / width) * random.nextGaussian();
      lnQ[l] = Math.log(theory.q[l]) + drift;
      c[l] = theory.c[l] + 0.02 * (1 - theory.c[l]) * random.nextGaussian();
    }
    for (int l = depth - 2; l >= 0; l--) {
      double noise = Math.sqrt(4.0 / width) * random.nextGaussian();
      lnGradient[l] = lnGradient[l + 1] + theory.lnChi[l] + noise;
    }
    Map<String, Object> row = configuration("propagation", depth, replicate);
    double gain = lnGradient[0];
    String category = category(gain, lnQ[depth - 1]);
    row.put("category", category);
    if (category.equals("finite")) {
      double lnNtk = Math.log(theory.ntk[depth - 1]) + drift;
      row.put("ln_q", lnQ[depth - 1]);
      row.put("c", c[depth - 1]);
      row.put("mean", 0.1 * drift);
      row.put("dead_share", activation.isHomogeneous() ? 0.5 * c[depth - 1] : 0.0);
      row.put("saturated_share", 1 / (1 + Math.exp(-lnQ[depth - 1])));
      row.put("ln_gradient_gain", gain);
      row.put("ln_ntk_scale", lnNtk);
      row.put("ntk_off_ratio", c[depth - 1] * 0.5);
      row.put("ln_ntk_lambda_max", lnNtk + 1);
      row.put("ln_ntk_lambda_min", lnNtk + 1 - lnCondition(depth));
      row.put("ln_ntk_condition", lnCondition(depth) + 0.1 * random.nextGaussian());
      row.put("ln_ntk_standard_scale", lnNtk + Math.log(width));
    }
    List<Integer> layers = new ArrayList<>();
    List<Object> q = new ArrayList<>();
    for (int l = 0; l < depth; l++) {
      layers.add(l + 1);
      q.add(lnQ[l] > OVERFLOW ? "Infinity" : lnQ[l] < UNDERFLOW ? 0.0 : Math.exp(lnQ[l]));
    }
    row.put("profile_layer", layers);
    row.put("profile_q", q);
    row.put("profile_c", list(c, depth));
    row.put("profile_ln_gradient", list(lnGradient, depth));
    return row;
  }

  Map<String, Object> training(int depth, int replicate) {
    Map<String, Object> row = configuration("training", depth, replicate);
    double gain = theory.lnGain(0, depth) + 0.8 * replicate;
    String category = gain > 9 ? "diverged" : Math.abs(gain) < 6 ? "trained" : "stalled";
    row.put("category", category);
    List<Integer> steps = new ArrayList<>();
    List<Object> losses = new ArrayList<>();
    double loss = Math.log(10);
    for (int step = 0; step <= 300; step += 10) {
      double fitted = Math.log(10) * Math.exp(-step / (40.0 + 10 * Math.abs(gain)));
      double burst = Math.log(10) * Math.exp(step / 20.0);
      loss =
          switch (category) {
            case "trained" -> fitted;
            case "diverged" -> burst > 1e4 ? Double.NaN : burst;
            default -> Math.log(10);
          };
      steps.add(step);
      losses.add(Double.isNaN(loss) ? "NaN" : loss);
    }
    row.put("curve_step", steps);
    row.put("curve_loss", losses);
    row.put("train_loss", Double.isNaN(loss) ? "NaN" : loss);
    row.put("train_accuracy", category.equals("trained") ? Math.exp(-loss) : 0.1);
    row.put("test_accuracy", category.equals("trained") ? 0.93 * Math.exp(-loss) : 0.1);
    return row;
  }

  private Map<String, Object> configuration(String task, int depth, int replicate) {
    boolean trains = task.equals("training");
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("cell_id", id(task, depth));
    row.put("task", task);
    row.put("activation", activation.name());
    row.put("depth", depth);
    row.put("width", width);
    row.put("init", "he_normal");
    row.put("sigma_multiplier", multiplier);
    row.put("weight_law", "normal");
    row.put("sigma_w2", 2 * multiplier * multiplier);
    row.put("sigma_b2", 0.0);
    row.put("keep_probability", keep);
    row.put("input", trains ? "digits" : "gaussian");
    row.put("input_count", trains ? 1347 : 8);
    row.put("input_dimension", 64);
    if (trains) {
      row.put("batch_size", 64);
      row.put("steps", 300);
      row.put("learning_rate", 0.05);
    } else {
      row.put("input_q0", 1.0);
      row.put("input_c0", 0.3);
    }
    row.put("replicate", replicate);
    row.put("sampler", "dense");
    row.put("backend", "openblas");
    row.put("status", "measured");
    return row;
  }

  private String id(String task, int depth) {
    return SyntheticSweep.id(task, activation.name(), multiplier, keep, depth);
  }

  private double lnCondition(int depth) {
    return 1 + 0.1 * Math.max(0, -theory.lnGain(0, depth));
  }

  private String phase(double chi) {
    if (activation.equals(Activations.GELU) && chi > 1) {
      return chi < 1.03 ? "unstable_eoc" : "no_fixed_point";
    }
    return Math.abs(chi - 1) < 1e-6 ? "critical" : chi < 1 ? "ordered" : "chaotic";
  }

  private static String category(double gain, double lnQ) {
    double most = Math.max(gain, lnQ);
    double least = Math.min(gain, lnQ);
    return most > OVERFLOW ? "exploded" : least < UNDERFLOW ? "vanished" : "finite";
  }

  private static List<Double> list(double[] values, int length) {
    List<Double> list = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      list.add(values[i]);
    }
    return list;
  }
}
