package org.phasemap.cli.theory;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.spec.yaml.Wording;
import org.phasemap.theory.limit.FixedPoint;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.PhasePoint;
import org.phasemap.theory.limit.Phases;
import org.phasemap.theory.limit.Trajectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "maps",
    description =
        "Gives fixed points, slopes, depth scales and phase; signals and gradients at depth L.",
    footer = "  phasemap theory maps --activation tanh --sigma-w2 1:3:0.5 --depth 10,100",
    mixinStandardHelpOptions = true)
final class MapsCommand implements Callable<Integer> {
  private static final List<String> COMPUTED =
      List.of(
          "q_star",
          "chi_1",
          "chi_q",
          "c_star",
          "one_minus_c_star",
          "xi_q",
          "xi_c",
          "xi_grad",
          "xi_generalisation",
          "phase",
          "q_L",
          "c_L",
          "one_minus_c_L",
          "ln_gradient_gain",
          "q_1",
          "stability",
          "phase_q_star",
          "fixed_points",
          "other_q_star",
          "other_stability");

  private static final List<String> STARTS = List.of("inputs", "pre_activations");

  /** Roots of the same law this close, as a share of q*, are one: rounding leaves 1e-8 at worst. */
  private static final double SAME = 1e-6;

  @Mixin private LawOptions laws = new LawOptions();
  @Mixin private SignalOptions signals = new SignalOptions();
  @Mixin private Output output = new Output();

  @Option(
      names = {"--dropout-keep", "--dropout"},
      paramLabel = "NUMBERS",
      description = "share of hidden units that dropout keeps (not the share dropped) (default: 1)")
  private String dropoutKeep = "1";

  @Option(
      names = "--start",
      paramLabel = "WHERE",
      description = {
        "what q0 and c0 describe: inputs (q_1 = sigma_w2 q0 + sigma_b2; the gain is that from layer"
            + " L to layer 1, as in tables) or pre_activations (q0 and c0 enter L whole layers; the"
            + " gain is that of all L) (default: inputs)"
      })
  private String start = "inputs";

  /** What rows that differ only in depth share. */
  private record Place(DropoutSignals signals, boolean fromInputs) {}

  /**
   * A place's prediction at infinite depth.
   *
   * @param q1 variance of the first pre-activations
   * @param point that it flows to
   * @param verdict whose fixed point may be another
   */
  private record Limit(double q1, PhasePoint point, Phases.Verdict verdict) {
    /** Fixed points that the row is not about. */
    List<FixedPoint> others() {
      return verdict.all().stream().filter(p -> !isOwn(p)).toList();
    }

    /** Of the row's own fixed point; null where the variance diverges. */
    @Nullable String stability() {
      return Stream.concat(verdict.all().stream(), verdict.point().stream())
          .filter(this::isOwn)
          .findFirst()
          .map(p -> p.stability().id())
          .orElse(null);
    }

    double phaseQStar() {
      return verdict
          .point()
          .map(p -> isOwn(p) ? point.qStar() : p.q())
          .orElse(Double.POSITIVE_INFINITY);
    }

    /** One root, perhaps found from two sides. */
    private boolean isOwn(FixedPoint p) {
      double own = point.qStar();
      return p.q() == own
          || (own < Double.POSITIVE_INFINITY
              && Math.abs(p.q() - own) <= SAME * Math.max(p.q(), own));
    }
  }

  private final Memo<Place, Limit> limits = new Memo<>(MapsCommand::limit);

  @Override
  public Integer call() {
    if (!STARTS.contains(start)) {
      throw Wording.refused("--start", start, STARTS);
    }
    Grid grid =
        Grid.of(
            laws.activations(),
            laws.sigmaW2(),
            laws.sigmaB2(),
            laws.keepProbability(),
            OptionValues.parse("--dropout-keep", dropoutKeep, Allowed.SHARE),
            signals.q0(),
            signals.c0(),
            signals.depth());
    output.print(grid, COMPUTED, this::row);
    return ExitCode.DONE;
  }

  private List<@Nullable Object> row(Grid.Point at) {
    DropoutSignals place =
        new DropoutSignals(
            LawOptions.law(at), at.number("dropout_keep"), at.number("q0"), at.number("c0"));
    boolean fromInputs = start.equals("inputs");
    Limit limit = limits.of(new Place(place, fromInputs));
    int depth = at.whole("depth");
    Trajectory t = fromInputs ? place.fromInputs(depth) : place.fromPreActivations(depth + 1);
    int top = t.depth();
    PhasePoint p = limit.point();
    return Arrays.asList(
        p.qStar(),
        p.chi1(),
        p.chiQ(),
        p.cStar(),
        p.oneMinusCStar(),
        p.xiQ(),
        p.xiC(),
        p.xiGradient(),
        p.xiGeneralisation(),
        limit.verdict().phase().id(),
        t.q()[top - 1],
        t.c(top),
        t.oneMinusC()[top - 1],
        t.lnGradientGain(top - 1),
        limit.q1(),
        limit.stability(),
        limit.phaseQStar(),
        limit.verdict().all().size(),
        limit.others().stream().map(FixedPoint::q).toList(),
        limit.others().stream().map(other -> other.stability().id()).toList());
  }

  private static Limit limit(Place place) {
    DropoutSignals signals = place.signals();
    LayerLaw law = signals.varianceLaw();
    double q1 = place.fromInputs() ? signals.firstQ() : signals.q0();
    Phases.Verdict verdict = Phases.of(law, q1);
    return new Limit(q1, signals.phasePoint(verdict.attractor()), verdict);
  }
}
