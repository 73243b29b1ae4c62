package org.phasemap.cli.theory.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.phasemap.cli.theory.architecture.ArchitectureKey.Family;
import org.phasemap.cli.theory.parameters.Expression;
import org.phasemap.theory.architecture.skip.ResidualFluctuation;
import org.phasemap.theory.architecture.skip.ResidualGrowth;
import org.phasemap.theory.architecture.skip.ResidualStream;

/** Residual networks without norm. */
final class ResidualKeys {
  private static final Family STREAM =
      new Family("Residual networks", "Yang and Schoenholz 2017; Hayou et al. 2021");
  private static final Family WIDTH = new Family("Residual networks", "derived");
  private static final Family FIXUP =
      new Family("Residual networks", "Zhang, Dauphin and Ma 2019, sec. 3");

  private static final Parameter BRANCH = Parameter.choice("branch", "one layer").or("one layer");
  private static final Parameter ORDER = Parameter.choice("order", "act in middle", "act first");
  private static final Parameter GAIN = Parameter.notNegative("gain");
  private static final Parameter SCALE =
      new Parameter(
          "scale",
          "s_l in l and L, as 1/sqrt(l), 1/l or 1/sqrt(L)",
          "",
          (text, symbols) -> scale(text, 1, 1) >= 0);
  private static final Parameter WIDTH_N = Parameter.count("width", 1);
  private static final Parameter HIDDEN = Parameter.count("hidden", 1);
  private static final Parameter LAYERS = Parameter.count("layers_per_branch", 1);
  private static final Parameter SOME_BLOCKS = Parameter.count("blocks", 1);

  private ResidualKeys() {}

  static List<ArchitectureKey> keys() {
    List<ArchitectureKey> keys = new ArrayList<>();
    keys.add(stream("second_moment", "q_L of x + s(W phi(x) + b)", ResidualStream::q));
    keys.add(stream("correlation", "c_L", ResidualStream::c));
    keys.add(
        stream(
            "ln_gradient_gain",
            "ln E|g_0|^2/E|g_L|^2: sum of ln(1 + s^2 sw2 D)",
            ResidualStream::lnGradientGain));
    keys.add(
        stream(
            "ntk",
            "tangent kernel of an input: T' = T + s^2(K + sw2 F' T), T_0 = K_0",
            ResidualStream::ntk));
    keys.add(stream("ntk_off", "tangent kernel of the two inputs", ResidualStream::ntkOff));
    keys.addAll(growth());
    keys.addAll(fluctuations());
    return keys;
  }

  private static ArchitectureKey stream(
      String name, String meaning, ToDoubleFunction<ResidualStream> value) {
    return new ArchitectureKey(
        "residual_" + name,
        STREAM,
        meaning,
        List.of(
            Laws.ACTIVATION,
            BRANCH,
            Laws.LAYERS,
            Laws.SIGMA_W2,
            Laws.SIGMA_B2,
            Laws.SCALE2,
            Laws.Q0,
            Laws.C0.or("1")),
        p ->
            value.applyAsDouble(
                ResidualStream.at(p.number(Laws.Q0), p.number(Laws.C0))
                    .through(p.law(), p.number(Laws.SCALE2), p.count(Laws.LAYERS))));
  }

  private static List<ArchitectureKey> growth() {
    return List.of(
        new ArchitectureKey(
            "residual_block_factor",
            WIDTH,
            "E|x_1|^2/E|x_0|^2 of s W2 relu(W1 x) (act in middle) or s W2 relu(W1 relu(x)) (act"
                + " first): 1 + s^2 sw2_1 sw2_2/2 or /4",
            List.of(Laws.SIGMA_W2_FIRST, Laws.SIGMA_W2_SECOND, Laws.SCALE2, ORDER),
            p ->
                ResidualGrowth.block(
                    p.number(Laws.SIGMA_W2_FIRST),
                    p.number(Laws.SIGMA_W2_SECOND),
                    p.number(Laws.SCALE2),
                    p.text(ORDER).equals("act first") ? 2 : 1)),
        new ArchitectureKey(
            "residual_growth_decaying_scale",
            STREAM,
            "product over l <= depth of 1 + s_l^2 gain",
            List.of(GAIN, Laws.LAYERS, SCALE),
            p ->
                ResidualGrowth.decaying(
                    p.count(Laws.LAYERS),
                    p.number(GAIN),
                    l -> scale(p.text(SCALE), l, p.count(Laws.LAYERS)))),
        new ArchitectureKey(
            "fixup_scale",
            FIXUP,
            "multiplier of the std of the first m - 1 layers of a branch: L^(-1/(2m - 2))",
            List.of(SOME_BLOCKS, LAYERS),
            p -> ResidualGrowth.fixupScale(p.count(SOME_BLOCKS), p.count(LAYERS))));
  }

  private static double scale(String text, int layer, int depth) {
    return Expression.evaluate(text, Map.of("l", (double) layer, "L", (double) depth));
  }

  private static List<ArchitectureKey> fluctuations() {
    return List.of(
        new ArchitectureKey(
            "residual_log_variance_one_layer",
            WIDTH,
            "n Var ln mean x_L^2 of x + s W relu(x), x_0 from a dense layer, first order",
            List.of(Laws.LAYERS, Laws.SCALE2, Laws.SIGMA_W2, Laws.RELU),
            p ->
                ResidualFluctuation.logVarianceOneLayer(
                    p.count(Laws.LAYERS), p.number(Laws.SCALE2), p.number(Laws.SIGMA_W2))),
        new ArchitectureKey(
            "residual_second_moment_ratio_two_layer",
            WIDTH,
            "E r^2/(E r)^2, r = |x_L|^2/|x_0|^2 of x + s W2 relu(W1 x), exact at any width",
            List.of(
                Laws.LAYERS,
                Laws.SCALE2,
                Laws.SIGMA_W2_FIRST,
                Laws.SIGMA_W2_SECOND,
                WIDTH_N,
                HIDDEN,
                Laws.RELU),
            p ->
                ResidualFluctuation.momentRatioTwoLayer(
                    p.count(Laws.LAYERS),
                    p.number(Laws.SCALE2),
                    p.number(Laws.SIGMA_W2_FIRST),
                    p.number(Laws.SIGMA_W2_SECOND),
                    p.count(WIDTH_N),
                    p.count(HIDDEN))));
  }
}
