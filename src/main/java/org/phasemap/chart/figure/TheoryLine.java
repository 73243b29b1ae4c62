package org.phasemap.chart.figure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.phasemap.chart.Point;
import org.phasemap.chart.explore.Lines;
import org.phasemap.chart.figure.sheet.Pen;

/** A kind of line over a map: what it is called and how it is drawn. */
@SuppressWarnings("ImmutableEnumChecker") // functions without state, lists that are copied
public enum TheoryLine {
  EDGE("edge of chaos, χ₁ = 1 for L → ∞", Lines::edge, 1.3),
  STABLE("stable: ‖δ_1‖²/‖δ_L‖² = 100 or 1/100", Lines::stable, 1.1, 5, 2),
  TRAINABLE("trainable: condition of the NTK = 100", Lines::trainable, 1.3, 1.3, 1.5),
  GENERALISING("generalising: L = ξ* ln 100", Lines::generalising, 1.1, 5, 1.5, 1.3, 1.5),
  SCALE("L = ξ_c", lines -> lines.scales().stream().map(Lines.Scale::line).toList(), 0.7, 2.5, 1.5),
  MEASURED(
      "P(trained) = ½, fitted to what was trained",
      lines -> lines.measured().stream().map(Lines.Measured::line).toList(),
      1.2);

  private final String label;
  private final Function<Lines, List<List<Point>>> lines;
  private final Pen pen;

  TheoryLine(String label, Function<Lines, List<List<Point>>> lines, double width, double... dash) {
    this.label = label;
    this.lines = lines;
    this.pen = new Pen(0x000000, width, Arrays.stream(dash).boxed().toList());
  }

  /** The name that options use. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a key says. */
  String label() {
    return label;
  }

  /** The lines of this kind, in the map's values. */
  List<List<Point>> of(Lines all) {
    return lines.apply(all);
  }

  /** Theory is black; what was measured is white. */
  Pen pen() {
    return this == MEASURED ? Pen.solid(0xffffff, pen.width()) : pen;
  }

  /** What keeps it apart from the colours below. */
  Pen halo() {
    return Pen.solid(this == MEASURED ? 0x000000 : 0xffffff, pen.width() + 1.4);
  }
}
