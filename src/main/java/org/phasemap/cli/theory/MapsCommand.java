package org.phasemap.cli.theory;

import java.util.List;
import java.util.concurrent.Callable;
import org.phasemap.theory.DropoutMaps;
import org.phasemap.theory.LayerLaw;
import org.phasemap.theory.PhasePoint;
import org.phasemap.theory.Phases;
import org.phasemap.theory.Trajectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "maps",
    description =
        "Variance and correlation maps: phase, fixed points, slopes, depth scales, and signals after L"
            + " layers.",
    mixinStandardHelpOptions = true)
final class MapsCommand implements Callable<Integer> {
  @Mixin private LawOptions laws = new LawOptions();
  @Mixin private InputOptions inputs = new InputOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--dropout-keep",
      paramLabel = "NUMBERS",
      description = "ρ, share of units that dropout keeps (default: ${DEFAULT-VALUE}).")
  private String dropout = "1";

  @Option(names = "--layers", description = "A row for every layer instead of fixed points.")
  private boolean everyLayer;

  @Override
  public Integer call() {
    output.format();
    List<LawOptions.Choice> choices = laws.choices();
    List<Integer> depths = inputs.depths();
    output.print(everyLayer ? layers(choices, depths) : points(choices, depths));
    return 0;
  }

  private Table points(List<LawOptions.Choice> choices, List<Integer> depths) {
    Table table =
        new Table(
            "activation",
            "sigma_w2",
            "sigma_b2",
            "keep_probability",
            "dropout_keep",
            "depth",
            "q0",
            "c0",
            "phase",
            "q_star",
            "chi_1",
            "chi_q",
            "xi_q",
            "c_star",
            "xi_c",
            "xi_gradient",
            "xi_generalisation",
            "q_L",
            "c_L",
            "one_minus_c_L",
            "ln_gradient_gain");
    int deepest = depths.stream().mapToInt(Integer::intValue).max().orElseThrow();
    for (LawOptions.Choice choice : choices) {
      for (double keep : LawOptions.keeps("--dropout-keep", dropout)) {
        LayerLaw law = choice.law();
        DropoutMaps maps = new DropoutMaps(law, keep);
        String phase = Phases.of(maps.varianceLaw()).id();
        PhasePoint point =
            keep == 1
                ? PhasePoint.of(law)
                : maps.phasePoint().orElseGet(() -> PhasePoint.of(maps.varianceLaw()));
        for (double q0 : inputs.norms()) {
          for (double c0 : inputs.correlations()) {
            Trajectory t = maps.propagate(q0, c0, deepest);
            for (int depth : depths) {
              table.add(
                  law.activation().name(),
                  choice.sigmaW2(),
                  law.sigmaB2(),
                  choice.keepProbability(),
                  keep,
                  depth,
                  q0,
                  c0,
                  phase,
                  point.qStar(),
                  point.chi1(),
                  point.chiQ(),
                  point.xiQ(),
                  point.cStar(),
                  point.xiC(),
                  point.xiGradient(),
                  point.xiGeneralisation(),
                  t.q()[depth - 1],
                  t.c(depth),
                  t.oneMinusC()[depth - 1],
                  t.lnGradientGain(depth));
            }
          }
        }
      }
    }
    return table;
  }

  private Table layers(List<LawOptions.Choice> choices, List<Integer> depths) {
    Table table =
        new Table(
            "activation",
            "sigma_w2",
            "sigma_b2",
            "keep_probability",
            "dropout_keep",
            "q0",
            "c0",
            "layer",
            "q",
            "c",
            "one_minus_c",
            "chi_1",
            "chi_c",
            "mean_phi",
            "second_moment_phi");
    int deepest = depths.stream().mapToInt(Integer::intValue).max().orElseThrow();
    for (LawOptions.Choice choice : choices) {
      LayerLaw law = choice.law();
      for (double keep : LawOptions.keeps("--dropout-keep", dropout)) {
        for (double q0 : inputs.norms()) {
          for (double c0 : inputs.correlations()) {
            Trajectory t = new DropoutMaps(law, keep).propagate(q0, c0, deepest);
            for (int l = 1; l <= deepest; l++) {
              table.add(
                  law.activation().name(),
                  choice.sigmaW2(),
                  law.sigmaB2(),
                  choice.keepProbability(),
                  keep,
                  q0,
                  c0,
                  l,
                  t.q()[l - 1],
                  t.c(l),
                  t.oneMinusC()[l - 1],
                  t.chi1()[l - 1],
                  t.chiC()[l - 1],
                  t.meanPhi()[l - 1],
                  t.secondMomentPhi()[l - 1]);
            }
          }
        }
      }
    }
    return table;
  }
}
