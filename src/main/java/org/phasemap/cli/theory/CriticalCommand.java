package org.phasemap.cli.theory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.Activation;
import org.phasemap.network.UserException;
import org.phasemap.theory.CriticalPoint;
import org.phasemap.theory.EdgeOfChaos;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "critical",
    description = "The edge of chaos σ_w²(σ_b²): every point with q*, χ_q and the verdict.",
    mixinStandardHelpOptions = true)
final class CriticalCommand implements Callable<Integer> {
  @Option(
      names = "--activation",
      required = true,
      paramLabel = "NAME[,NAME…]",
      description = "Activations, such as tanh,gelu,leaky_relu(0.2).")
  private String activation = "";

  @Option(
      names = "--sigma-b2",
      required = true,
      paramLabel = "NUMBERS",
      description = "σ_b², bias variance: a value, a list or a range from:to:step.")
  private String sigmaB2 = "";

  @Option(
      names = "--keep-probability",
      paramLabel = "NUMBERS",
      description = "p, share of weights kept by a mask (default: ${DEFAULT-VALUE}).")
  private String keepProbability = "1";

  @Option(
      names = "--plot",
      paramLabel = "FILE.svg",
      description = "Draws the curves, unstable parts dashed.")
  private @Nullable Path plot;

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    output.format();
    List<Double> biases = Numbers.within("--sigma-b2", sigmaB2, 0, Double.POSITIVE_INFINITY);
    List<Double> keeps = LawOptions.keeps("--keep-probability", keepProbability);
    double[] b = biases.stream().mapToDouble(Double::doubleValue).toArray();
    Table table =
        new Table(
            "activation", "sigma_b2", "keep_probability", "sigma_w2", "q_star", "chi_q", "verdict");
    List<CriticalPlot.Curve> curves = new ArrayList<>();
    for (Activation f : LawOptions.activations("--activation", activation)) {
      List<List<CriticalPoint>> curve = EdgeOfChaos.curve(f, b);
      for (double p : keeps) {
        String label = f.name() + (p == 1 ? "" : " p=" + Numbers.plain(p));
        curves.add(new CriticalPlot.Curve(label, curve, p));
        for (int i = 0; i < b.length; i++) {
          rows(table, f, b[i], p, curve.get(i));
        }
      }
    }
    if (plot != null) {
      write(plot, CriticalPlot.draw(b, curves));
    }
    output.print(table);
    return 0;
  }

  private static void rows(
      Table table, Activation f, double b, double p, List<CriticalPoint> points) {
    if (points.isEmpty()) {
      table.add(f.name(), b, p, Double.NaN, Double.NaN, Double.NaN, "no_critical_point");
    }
    for (CriticalPoint point : points) {
      table.add(
          f.name(),
          b,
          p,
          point.sigmaW2() / p,
          point.qStar(),
          point.chiQ(),
          point.stable() ? "stable" : "unstable_eoc");
    }
  }

  private static void write(Path file, String svg) {
    try {
      Files.writeString(file, svg);
    } catch (IOException e) {
      throw new UserException("--plot: cannot write " + file + ": " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw new UserException("--plot: cannot write " + file, e);
    }
  }
}
