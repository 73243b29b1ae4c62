package org.phasemap.cli.theory;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.network.WeightLaw;
import org.phasemap.theory.limit.JacobianSpectrum;
import org.phasemap.theory.limit.LayerJacobian;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.PhasePoint;
import org.phasemap.theory.limit.WeightSpectrum;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "jacobian",
    description = {
      "Gives the squared singular values of the input-output Jacobian.",
      "Of L wide layers at constant q: mean, variance and upper edge of the spectrum, for Gaussian"
          + " and for orthogonal weights. Of one layer: the spectral radius and the largest"
          + " singular value. A mask multiplies the weights. A field is empty where q diverges."
    },
    footer = "  phasemap theory jacobian --activation tanh --sigma-w2 1.2 --depth 10",
    mixinStandardHelpOptions = true)
final class JacobianCommand implements Callable<Integer> {
  @Mixin private LawOptions laws = new LawOptions();
  @Mixin private Output output = new Output();

  @Option(
      names = "--depth",
      required = true,
      paramLabel = "NUMBERS",
      description = "layers L: a value, a list 1,2,4 or a range from:to:step")
  private String depth = "";

  private final Memo<LayerLaw, Double> fixedPoints = new Memo<>(JacobianCommand::variance);

  @Override
  public Integer call() {
    Grid grid =
        Grid.of(
            laws.activations(),
            laws.sigmaW2(),
            laws.sigmaB2(),
            laws.keepProbability(),
            OptionValues.parse("--depth", depth, Allowed.DEPTH));
    output.print(
        grid,
        List.of(
            "q",
            "chi_1",
            "mean_sv2",
            "variance_sv2_gaussian",
            "variance_sv2_orthogonal",
            "upper_edge_gaussian",
            "upper_edge_orthogonal",
            "layer_spectral_radius",
            "layer_top_singular_value"),
        this::row);
    return ExitCode.DONE;
  }

  private List<@Nullable Object> row(Grid.Point at) {
    LayerLaw law = LawOptions.law(at);
    double q = fixedPoints.of(law);
    int layers = at.whole("depth");
    WeightSpectrum gaussian = WeightSpectrum.INDEPENDENT;
    WeightSpectrum orthogonal =
        WeightSpectrum.of(WeightLaw.ORTHOGONAL, at.number("keep_probability"));
    double radius = LayerJacobian.spectralRadius(law, q);
    if (Double.isInfinite(q) || radius == 0) {
      double mean = JacobianSpectrum.mean(law, q, layers);
      return Arrays.asList(q, radius * radius, mean, null, null, null, null, radius, null);
    }
    return Arrays.asList(
        q,
        radius * radius,
        JacobianSpectrum.mean(law, q, layers),
        JacobianSpectrum.variance(law, q, layers, gaussian),
        JacobianSpectrum.variance(law, q, layers, orthogonal),
        JacobianSpectrum.upperEdge(law, q, layers, gaussian),
        JacobianSpectrum.upperEdge(law, q, layers, orthogonal),
        radius,
        LayerJacobian.topSingularValue(law, q));
  }

  /** q*; 1 for activations without a scale, whose Jacobian is the same at every q. */
  private static double variance(LayerLaw law) {
    return law.activation().isHomogeneous() ? 1 : PhasePoint.of(law).qStar();
  }
}
