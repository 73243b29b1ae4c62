package org.phasemap.cli.theory;

import java.util.List;
import java.util.concurrent.Callable;
import org.phasemap.network.Activation;
import org.phasemap.network.UserException;
import org.phasemap.theory.CrossDual;
import org.phasemap.theory.GaussianMoments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "dual",
    description = "Dual activations E φ(u)φ(v) and E φ′(u)φ′(v), and moments of φ at Var u = q.",
    mixinStandardHelpOptions = true)
final class DualCommand implements Callable<Integer> {
  @Option(
      names = "--activation",
      required = true,
      paramLabel = "NAME[,NAME…]",
      description = "Activations, such as tanh,gelu,leaky_relu(0.2).")
  private String activation = "";

  @Option(names = "--q", required = true, paramLabel = "NUMBERS", description = "Var u, > 0.")
  private String q = "";

  @Option(names = "--q2", paramLabel = "NUMBERS", description = "Var v; default: that of u.")
  private String q2 = "";

  @Option(
      names = "--c",
      paramLabel = "NUMBERS",
      description = "Correlation of u and v, in [-1, 1] (default: ${DEFAULT-VALUE}).")
  private String c = "0.5";

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    output.format();
    Table table =
        new Table(
            "activation",
            "q",
            "q2",
            "c",
            "mean_phi",
            "second_moment_phi",
            "second_moment_dphi",
            "fourth_moment_phi",
            "dual_phi",
            "dual_dphi");
    for (Activation f : LawOptions.activations("--activation", activation)) {
      for (double first : positive("--q", q)) {
        for (double second : q2.isEmpty() ? List.of(first) : positive("--q2", q2)) {
          for (double correlation : Numbers.within("--c", c, -1, 1)) {
            GaussianMoments m = new GaussianMoments(f, first);
            CrossDual dual = CrossDual.of(f, first, second);
            table.add(
                f.name(),
                first,
                second,
                correlation,
                m.mean(),
                m.secondMoment(),
                m.derivativeSecondMoment(),
                m.fourthMoment(),
                dual.product(1 - correlation),
                dual.derivative(1 - correlation));
          }
        }
      }
    }
    output.print(table);
    return 0;
  }

  private static List<Double> positive(String option, String text) {
    List<Double> numbers = Numbers.parse(option, text);
    for (double x : numbers) {
      if (!(x > 0)) {
        throw new UserException(option + ": " + Numbers.plain(x) + " must be > 0");
      }
    }
    return numbers;
  }
}
