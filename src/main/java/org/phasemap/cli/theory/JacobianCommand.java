package org.phasemap.cli.theory;

import java.util.concurrent.Callable;
import org.phasemap.network.WeightLaw;
import org.phasemap.theory.JacobianSpectrum;
import org.phasemap.theory.LayerJacobian;
import org.phasemap.theory.LayerLaw;
import org.phasemap.theory.PhasePoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "jacobian",
    description =
        "Squared singular values of the input–output Jacobian at q*, Gaussian and orthogonal weights, and"
            + " one layer's radius and norm.",
    mixinStandardHelpOptions = true)
final class JacobianCommand implements Callable<Integer> {
  @Mixin private LawOptions laws = new LawOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--depth",
      paramLabel = "NUMBERS",
      description = "L, number of layers (default: ${DEFAULT-VALUE}).")
  private String depth = "10";

  @Override
  public Integer call() {
    output.format();
    Table table =
        new Table(
            "activation",
            "sigma_w2",
            "sigma_b2",
            "keep_probability",
            "depth",
            "q_star",
            "chi_1",
            "mean_sv2",
            "variance_sv2_gaussian",
            "variance_sv2_orthogonal",
            "upper_edge_gaussian",
            "upper_edge_orthogonal",
            "layer_radius",
            "layer_norm");
    for (LawOptions.Choice choice : laws.choices()) {
      LayerLaw law = choice.law();
      PhasePoint point = PhasePoint.of(law);
      // Where no q is special, any is right for homogeneous functions.
      double q = law.activation().isHomogeneous() ? 1 : point.qStar();
      for (int l : Numbers.wholes("--depth", depth, 1)) {
        boolean exists = q > 0 && q < Double.POSITIVE_INFINITY;
        table.add(
            law.activation().name(),
            choice.sigmaW2(),
            law.sigmaB2(),
            choice.keepProbability(),
            l,
            point.qStar(),
            point.chi1(),
            Math.pow(point.chi1(), l),
            exists ? JacobianSpectrum.variance(law, q, l, WeightLaw.NORMAL) : Double.NaN,
            exists ? JacobianSpectrum.variance(law, q, l, WeightLaw.ORTHOGONAL) : Double.NaN,
            exists ? JacobianSpectrum.upperEdge(law, q, l, WeightLaw.NORMAL) : Double.NaN,
            exists ? JacobianSpectrum.upperEdge(law, q, l, WeightLaw.ORTHOGONAL) : Double.NaN,
            Math.sqrt(point.chi1()),
            exists ? LayerJacobian.topSingularValue(law, q) : Double.NaN);
      }
    }
    output.print(table);
    return 0;
  }
}
