package org.phasemap.cli.theory;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.phasemap.network.UserException;
import org.phasemap.network.WeightLaw;
import org.phasemap.theory.Band;
import org.phasemap.theory.FiniteWidth;
import org.phasemap.theory.LayerLaw;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "finite-width",
    description =
        "Expectation and standard deviation over random networks of width n of what a sweep measures; "
            + "'reliable' where the first order in 1/n suffices.",
    mixinStandardHelpOptions = true)
final class FiniteWidthCommand implements Callable<Integer> {
  @Mixin private LawOptions laws = new LawOptions();
  @Mixin private InputOptions inputs = new InputOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--width",
      required = true,
      paramLabel = "NUMBERS",
      description = "n, units of each hidden layer.")
  private String width = "";

  @Option(
      names = "--inputs",
      paramLabel = "NUMBERS",
      description = "m, number of inputs (default: ${DEFAULT-VALUE}).")
  private String count = "2";

  @Option(
      names = "--weights",
      paramLabel = "LAW",
      description = "normal, uniform or orthogonal (default: ${DEFAULT-VALUE}).")
  private String weights = "normal";

  @Override
  public Integer call() {
    output.format();
    WeightLaw law = weightLaw();
    Table table =
        new Table(
            "activation",
            "sigma_w2",
            "sigma_b2",
            "keep_probability",
            "weights",
            "width",
            "depth",
            "q0",
            "c0",
            "inputs",
            "quantity",
            "mean",
            "standard_deviation",
            "reliable");
    List<Integer> depths = inputs.depths();
    int deepest = depths.stream().mapToInt(Integer::intValue).max().orElseThrow();
    for (LawOptions.Choice choice : laws.choices()) {
      for (double q0 : inputs.norms()) {
        for (double c0 : inputs.correlations()) {
          for (int m : Numbers.wholes("--inputs", count, 1)) {
            FiniteWidth finite =
                FiniteWidth.of(choice.law(), law, choice.keepProbability(), q0, c0, deepest, m);
            for (int depth : depths) {
              for (int n : Numbers.wholes("--width", width, 1)) {
                Row row = new Row(table, choice, law, n, depth, q0, c0, m);
                row.add("ln_q", finite.lnQ(depth, n));
                row.add("c", finite.c(depth, n));
                row.add("ln_gradient_gain", finite.lnGradientGain(depth, n));
                row.add("ln_ntk_scale", finite.lnNtkScale(depth, n));
              }
            }
          }
        }
      }
    }
    output.print(table);
    return 0;
  }

  private record Row(
      Table table,
      LawOptions.Choice choice,
      WeightLaw weights,
      int width,
      int depth,
      double q0,
      double c0,
      int inputs) {
    void add(String quantity, Band band) {
      LayerLaw law = choice.law();
      table.add(
          law.activation().name(),
          choice.sigmaW2(),
          law.sigmaB2(),
          choice.keepProbability(),
          weights.name().toLowerCase(Locale.ROOT),
          width,
          depth,
          q0,
          c0,
          inputs,
          quantity,
          band.mean(),
          band.standardDeviation(),
          band.reliable());
    }
  }

  private WeightLaw weightLaw() {
    return Arrays.stream(WeightLaw.values())
        .filter(w -> w.name().toLowerCase(Locale.ROOT).equals(weights))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "--weights: '" + weights + "'; allowed: normal, uniform, orthogonal"));
  }
}
