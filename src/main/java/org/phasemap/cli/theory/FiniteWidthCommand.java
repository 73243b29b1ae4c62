package org.phasemap.cli.theory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.network.WeightLaw;
import org.phasemap.predict.Bands;
import org.phasemap.quantity.Quantity;
import org.phasemap.spec.yaml.Wording;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.width.Band;
import org.phasemap.theory.width.FiniteWidth;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "finite-width",
    description = {
      "Gives mean and standard deviation of what networks of width n measure.",
      "They are over random networks, to first order in 1/n. The column reliable says whether the"
          + " next order is small."
    },
    footer = "  phasemap theory finite-width --activation elu --sigma-w2 1 --depth 4 --width 9",
    mixinStandardHelpOptions = true)
final class FiniteWidthCommand implements Callable<Integer> {
  @Mixin private LawOptions laws = new LawOptions();
  @Mixin private SignalOptions signals = new SignalOptions();
  @Mixin private InputOptions inputs = new InputOptions();
  @Mixin private Output output = new Output();

  @Option(
      names = "--width",
      required = true,
      paramLabel = "NUMBERS",
      description = "hidden units n: a value, a list 1,2,4 or a range from:to:step")
  private String width = "";

  @Option(
      names = "--weights",
      paramLabel = "LAW",
      completionCandidates = Laws.class,
      description = "${COMPLETION-CANDIDATES} (default: normal)")
  private String weights = "normal";

  /** What rows that differ only in width share. */
  private record Network(
      LayerLaw law, WeightLaw weights, double keep, double q0, double c0, int depth, int inputs) {
    FiniteWidth fluctuations() {
      return FiniteWidth.of(law, weights, keep, q0, c0, depth, inputs);
    }
  }

  private final Memo<Network, FiniteWidth> networks = new Memo<>(Network::fluctuations);

  @Override
  public Integer call() {
    WeightLaw law = weightLaw();
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
            inputs.dimension(),
            OptionValues.parse("--width", width, Allowed.COUNT));
    List<String> computed = new ArrayList<>();
    for (Quantity quantity : Bands.quantities()) {
      computed.add(quantity.column() + "_mean");
      computed.add(quantity.column() + "_sd");
    }
    computed.add("reliable");
    output.print(grid, computed, at -> row(at, law));
    return ExitCode.DONE;
  }

  /** Names of {@link WeightLaw}. */
  static final class Laws extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Laws() {
      super(Stream.of(WeightLaw.values()).map(FiniteWidthCommand::name).toList());
    }
  }

  private WeightLaw weightLaw() {
    return Stream.of(WeightLaw.values())
        .filter(law -> name(law).equals(weights))
        .findFirst()
        .orElseThrow(() -> Wording.refused("--weights", weights, new Laws()));
  }

  private static String name(WeightLaw law) {
    return law.name().toLowerCase(Locale.ROOT);
  }

  private List<Object> row(Grid.Point at, WeightLaw law) {
    double keep = at.number("keep_probability");
    int depth = at.whole("depth");
    int n = at.whole("width");
    FiniteWidth network =
        networks.of(
            new Network(
                LawOptions.law(at),
                law,
                keep,
                at.number("q0"),
                at.number("c0"),
                depth,
                at.whole("inputs")));
    Bands.Sizes sizes = new Bands.Sizes(depth, n, keep * n, keep * at.number("input_dimension"));
    Collection<Band> bands = Bands.ofOneOutput(network, sizes).values();
    List<Object> row = new ArrayList<>();
    for (Band band : bands) {
      row.add(band.mean());
      row.add(band.standardDeviation());
    }
    row.add(bands.stream().allMatch(b -> b.reliable() || Double.isNaN(b.mean())));
    return row;
  }
}
