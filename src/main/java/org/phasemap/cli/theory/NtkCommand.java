package org.phasemap.cli.theory;

import java.util.concurrent.Callable;
import org.phasemap.theory.LayerLaw;
import org.phasemap.theory.NeuralTangentKernel;
import org.phasemap.theory.NtkAsymptotics;
import org.phasemap.theory.PhasePoint;
import org.phasemap.theory.SignalMaps;
import org.phasemap.theory.Trajectory;
import org.phasemap.theory.TwoPointSpectrum;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "ntk",
    description =
        "Neural tangent kernel of m inputs of one norm and one correlation, read-out included, in both"
            + " parameterisations.",
    mixinStandardHelpOptions = true)
final class NtkCommand implements Callable<Integer> {
  @Mixin private LawOptions laws = new LawOptions();
  @Mixin private InputOptions inputs = new InputOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--inputs",
      paramLabel = "NUMBERS",
      description = "m, number of inputs (default: ${DEFAULT-VALUE}).")
  private String count = "2";

  @Option(
      names = "--width",
      paramLabel = "NUMBERS",
      description = "n, for the standard parameterisation (default: ${DEFAULT-VALUE}).")
  private String width = "1000";

  @Option(names = "--input-dimension", paramLabel = "NUMBER", description = "n₀; default: n.")
  private String inputDimension = "";

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
            "q0",
            "c0",
            "inputs",
            "parameterisation",
            "width",
            "diagonal",
            "off_diagonal",
            "lambda_max",
            "lambda_bulk",
            "condition_number",
            "critical_learning_rate",
            "growth_per_layer");
    for (LawOptions.Choice choice : laws.choices()) {
      LayerLaw law = choice.law();
      double growth = NtkAsymptotics.eigenvalueGrowth(PhasePoint.of(law));
      for (int depth : inputs.depths()) {
        for (double q0 : inputs.norms()) {
          for (double c0 : inputs.correlations()) {
            Trajectory t = SignalMaps.propagate(law, q0, c0, depth);
            NeuralTangentKernel.Pair ntk = NeuralTangentKernel.ntkParameterisation(law, t, q0, c0);
            for (int m : Numbers.wholes("--inputs", count, 1)) {
              add(table, choice, depth, q0, c0, m, "ntk", Double.NaN, ntk, growth);
              for (int n : Numbers.wholes("--width", width, 1)) {
                int n0 = inputDimension.isEmpty() ? n : inputDimension();
                double p = choice.keepProbability();
                NeuralTangentKernel.Pair standard =
                    NeuralTangentKernel.standardParameterisation(law, t, q0, c0, p * n, p * n0);
                add(table, choice, depth, q0, c0, m, "standard", n, standard, growth);
              }
            }
          }
        }
      }
    }
    output.print(table);
    return 0;
  }

  private int inputDimension() {
    return Numbers.wholes("--input-dimension", inputDimension, 1).get(0);
  }

  private static void add(
      Table table,
      LawOptions.Choice choice,
      int depth,
      double q0,
      double c0,
      int inputs,
      String parameterisation,
      double width,
      NeuralTangentKernel.Pair theta,
      double growth) {
    TwoPointSpectrum spectrum =
        new TwoPointSpectrum(theta.diagonal()[depth - 1], theta.offDiagonal()[depth - 1], inputs);
    table.add(
        choice.law().activation().name(),
        choice.sigmaW2(),
        choice.law().sigmaB2(),
        choice.keepProbability(),
        depth,
        q0,
        c0,
        inputs,
        parameterisation,
        width,
        spectrum.diagonal(),
        spectrum.offDiagonal(),
        Math.max(spectrum.constantEigenvalue(), spectrum.bulkEigenvalue()),
        spectrum.bulkEigenvalue(),
        spectrum.conditionNumber(),
        spectrum.criticalLearningRate(),
        growth);
  }
}
