package org.phasemap.cli.theory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.network.Phase;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.NeuralTangentKernel;
import org.phasemap.theory.limit.Phases;
import org.phasemap.theory.limit.SignalMaps;
import org.phasemap.theory.limit.Trajectory;
import org.phasemap.theory.limit.TwoPointSpectrum;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "ntk",
    description = {
      "Gives the tangent kernel of m inputs: scale, spectrum, critical learning rate.",
      "Of L hidden layers of infinite width and a linear read-out, in NTK parameterisation and, in"
          + " columns that begin with standard_, in standard parameterisation. The rate is that of"
          + " gradient descent on half the summed squared error."
    },
    footer = "  phasemap theory ntk --activation relu --sigma-w2 2 --depth 4,16,64",
    mixinStandardHelpOptions = true)
final class NtkCommand implements Callable<Integer> {
  private static final List<String> QUANTITIES =
      List.of(
          "scale",
          "off_diagonal",
          "off_ratio",
          "lambda_max",
          "lambda_min",
          "condition",
          "critical_learning_rate");

  @Mixin private LawOptions laws = new LawOptions();
  @Mixin private SignalOptions signals = new SignalOptions();
  @Mixin private InputOptions inputs = new InputOptions();
  @Mixin private Output output = new Output();

  @Option(
      names = "--width",
      paramLabel = "NUMBERS",
      description = "hidden units n, for the standard parameterisation (default: 1000)")
  private String width = "1000";

  /** Where the first layer's signals of variance q1 start. */
  private record Start(LayerLaw law, double q1) {}

  private final Memo<Start, Phase> phases =
      new Memo<>(start -> Phases.of(start.law(), start.q1()).phase());

  @Override
  public Integer call() {
    Grid grid =
        Grid.of(
            laws.activations(),
            laws.sigmaW2(),
            laws.sigmaB2(),
            laws.keepProbability(),
            signals.q0(),
            signals.c0(),
            signals.depth(),
            inputs.count(signals.c0()),
            OptionValues.parse("--width", width, Allowed.COUNT),
            inputs.dimension());
    List<String> computed = new ArrayList<>(List.of("phase"));
    computed.addAll(QUANTITIES);
    QUANTITIES.forEach(name -> computed.add("standard_" + name));
    output.print(grid, computed, this::row);
    return ExitCode.DONE;
  }

  private List<Object> row(Grid.Point at) {
    LayerLaw law = LawOptions.law(at);
    double q0 = at.number("q0");
    double c0 = at.number("c0");
    int depth = at.whole("depth");
    int m = at.whole("inputs");
    Trajectory t = SignalMaps.propagate(law, q0, c0, depth);
    double keep = at.number("keep_probability");
    List<Object> row = new ArrayList<>(List.of(phases.of(new Start(law, t.q()[0])).id()));
    add(row, spectrum(NeuralTangentKernel.ntkParameterisation(law, t, q0, c0), depth, m));
    // Of n weights into a unit a mask keeps p n: those are the parameters.
    NeuralTangentKernel.Pair standard =
        NeuralTangentKernel.standardParameterisation(
            law, t, q0, c0, keep * at.number("width"), keep * at.number("input_dimension"));
    add(row, spectrum(standard, depth, m));
    return row;
  }

  private static TwoPointSpectrum spectrum(NeuralTangentKernel.Pair pair, int depth, int m) {
    return new TwoPointSpectrum(pair.diagonal()[depth - 1], pair.offDiagonal()[depth - 1], m);
  }

  private static void add(List<Object> row, TwoPointSpectrum kernel) {
    double constant = kernel.constantEigenvalue();
    // One input has one eigenvalue.
    double bulk = kernel.inputs() == 1 ? constant : kernel.bulkEigenvalue();
    double largest = Math.max(constant, bulk);
    double smallest = Math.min(constant, bulk);
    row.add(kernel.diagonal());
    row.add(kernel.offDiagonal());
    row.add(kernel.offDiagonal() / kernel.diagonal());
    row.add(largest);
    row.add(smallest);
    row.add(largest / smallest);
    row.add(2 / largest);
  }
}
