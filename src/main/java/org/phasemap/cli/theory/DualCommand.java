package org.phasemap.cli.theory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.theory.dual.CrossDual;
import org.phasemap.theory.dual.CrossDuals;
import org.phasemap.theory.dual.GaussianMoments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "dual",
    description = {
      "Gives Gaussian expectations of phi and its derivative.",
      "Of one pre-activation of variance q, and of two, u and v, of variances q and q2 and"
          + " correlation c: phi_phi is E phi(u) phi(v), dphi_dphi is E phi'(u) phi'(v)."
    },
    footer = "  phasemap theory dual --activation tanh --q 1 --c 0:1:0.1",
    mixinStandardHelpOptions = true)
final class DualCommand implements Callable<Integer> {
  @Mixin private Output output = new Output();

  @Mixin private ActivationOption activations = new ActivationOption();

  @Option(
      names = "--q",
      required = true,
      paramLabel = "NUMBERS",
      description = "variance: a value, a list 1,2,4 or a range from:to:step")
  private String q = "";

  @Option(names = "--q2", paramLabel = "NUMBERS", description = "that of v (default: the same q)")
  private String q2 = "";

  @Option(names = "--c", paramLabel = "NUMBERS", description = "correlation (default: 0)")
  private String c = "0";

  @Override
  public Integer call() {
    List<OptionValues> axes = new ArrayList<>();
    axes.add(OptionValues.parse("--q", q, Allowed.POSITIVE));
    if (!q2.isEmpty()) {
      axes.add(OptionValues.parse("--q2", q2, Allowed.POSITIVE));
    }
    axes.add(OptionValues.parse("--c", c, Allowed.CORRELATION));
    output.print(
        Grid.of(activations.values(), axes.toArray(new OptionValues[0])),
        List.of("mean_phi", "second_moment_phi", "second_moment_dphi", "phi_phi", "dphi_dphi"),
        this::row);
    return ExitCode.DONE;
  }

  private List<Object> row(Grid.Point at) {
    double first = at.number("q");
    GaussianMoments moments = new GaussianMoments(at.activation(), first);
    CrossDual dual = CrossDuals.of(at.activation(), first, q2.isEmpty() ? first : at.number("q2"));
    double oneMinusC = 1 - at.number("c");
    return List.of(
        moments.mean(),
        moments.secondMoment(),
        moments.derivativeSecondMoment(),
        dual.product(oneMinusC),
        dual.derivative(oneMinusC));
  }
}
