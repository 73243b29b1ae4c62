package org.phasemap.cli.theory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.network.Activation;
import org.phasemap.network.Phase;
import org.phasemap.network.UserException;
import org.phasemap.theory.limit.CriticalPoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "critical",
    description = {
      "Finds the edge of chaos: sigma_w2 against sigma_b2, q*, chi_q and a verdict.",
      "There is a row for every critical point. Its verdict is critical, unstable_eoc (q* repels)"
          + " or no_fixed_point (no sigma_w2 is critical)."
    },
    footer = "  phasemap theory critical --activation tanh --sigma-b2 0:0.2:0.05",
    mixinStandardHelpOptions = true)
final class CriticalCommand implements Callable<Integer> {
  private static final List<String> COLUMNS =
      List.of(
          "activation", "sigma_b2", "keep_probability", "sigma_w2", "q_star", "chi_q", "verdict");

  @Mixin private Output output = new Output();

  @Mixin private ActivationOption activations = new ActivationOption();

  @Option(
      names = "--sigma-b2",
      paramLabel = "NUMBERS",
      description = "bias variance: a value, a list 1,2,4 or a range from:to:step (default: 0)")
  private String sigmaB2 = "0";

  @Option(
      names = "--keep-probability",
      paramLabel = "NUMBERS",
      description = "share of weights that a random mask keeps (default: 1)")
  private String keepProbability = "1";

  @Option(
      names = "--plot",
      paramLabel = "FILE.svg",
      description = "draws the curves into a file; needs one keep probability")
  private String plot = "";

  @Override
  public Integer call() {
    List<Activation> phis = activations.values();
    OptionValues bias = OptionValues.parse("--sigma-b2", sigmaB2, Allowed.NOT_NEGATIVE);
    OptionValues keep = OptionValues.parse("--keep-probability", keepProbability, Allowed.SHARE);
    Grid.of(phis, bias, keep);
    output.format();
    if (!plot.isEmpty() && !plot.toLowerCase(Locale.ROOT).endsWith(".svg")) {
      throw new UserException(
          "--plot: " + plot + " is not allowed; allowed: a file whose name ends in .svg");
    }
    if (!plot.isEmpty() && keep.values().size() > 1) {
      throw new UserException(
          "--keep-probability: "
              + keepProbability
              + " is not allowed with --plot; allowed: one value");
    }
    List<CriticalCurve> curves = new ArrayList<>();
    phis.forEach(a -> curves.add(CriticalCurve.of(a, bias.values())));
    if (!plot.isEmpty()) {
      draw(curves, keep.values().get(0));
    }
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (CriticalCurve curve : curves) {
      for (int i = 0; i < bias.values().size(); i++) {
        for (double p : keep.values()) {
          addRows(rows, curve.activation(), bias.values().get(i), p, curve.points().get(i));
        }
      }
    }
    output.print(COLUMNS, rows);
    return ExitCode.DONE;
  }

  private static void addRows(
      List<List<@Nullable Object>> rows,
      Activation activation,
      double sigmaB2,
      double keep,
      List<CriticalPoint> points) {
    Number bias = TidyNumber.of(sigmaB2);
    Number p = TidyNumber.of(keep);
    for (CriticalPoint point : points) {
      String verdict = (point.stable() ? Phase.CRITICAL : Phase.UNSTABLE_EOC).id();
      rows.add(
          Arrays.asList(
              activation.name(),
              bias,
              p,
              point.sigmaW2() / keep,
              Double.isNaN(point.qStar()) ? null : point.qStar(),
              point.chiQ(),
              verdict));
    }
    if (points.isEmpty()) {
      rows.add(
          Arrays.asList(activation.name(), bias, p, null, null, null, Phase.NO_FIXED_POINT.id()));
    }
  }

  private void draw(List<CriticalCurve> curves, double keep) {
    try {
      Files.writeString(Path.of(plot), new CriticalPlot(curves, keep).svg());
    } catch (IOException | InvalidPathException e) {
      throw new UserException(
          "--plot: " + plot + " cannot be written; allowed: a file in a folder that exists", e);
    }
  }
}
