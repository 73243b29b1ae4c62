package org.phasemap.chart.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.phasemap.chart.Cividis;
import org.phasemap.chart.figure.sheet.Mark;
import org.phasemap.chart.summary.Profile;
import org.phasemap.quantity.Axis;

/** The layers of a cell: variance, correlation and gradients, measured and by theory. */
final class ProfileFigure {
  private static final Map<String, String> LABELS = new LinkedHashMap<>();

  static {
    LABELS.put("q", "ln q_l");
    LABELS.put("c", "c_l");
    LABELS.put("g", "ln ‖δ_l‖²/‖δ_L‖²");
  }

  private ProfileFigure() {}

  /** On a sheet. */
  static Body draw(Profile profile, String note, double wide) {
    List<Object> layers = new ArrayList<>(profile.layers());
    Ruler rulerX =
        Ruler.linear(profile.layers().get(0), profile.layers().get(profile.layers().size() - 1));
    Map<String, Curve> curves = new LinkedHashMap<>();
    profile
        .curves()
        .forEach(
            (name, of) -> {
              Curve curve = curve(of, layers, rulerX);
              if (!curve.extent().isEmpty()) {
                curves.put(name, curve);
              }
            });
    Map<String, Ruler> rulers = new LinkedHashMap<>();
    curves.forEach(
        (name, curve) ->
            rulers.put(
                name,
                Ruler.linear(
                    curve.extent().stream().mapToDouble(v -> v).min().orElseThrow(),
                    curve.extent().stream().mapToDouble(v -> v).max().orElseThrow())));
    double left =
        rulers.values().stream().mapToDouble(r -> Plot.left(Plot.ticksY(r, 90))).max().orElse(0);
    Layout layout = Layout.separate(curves.size(), wide, left + 2);
    List<Mark> marks = new ArrayList<>();
    Curve.Look look = new Curve.Look(Marker.CIRCLE, Cividis.at(0.25));
    int i = 0;
    for (Map.Entry<String, Curve> entry : curves.entrySet()) {
      Ruler rulerY = rulers.getOrDefault(entry.getKey(), rulerX);
      Plot plot = new Plot(layout.boxes().get(i), rulerX, rulerY);
      Curve curve = entry.getValue();
      List<Mark> inside = new ArrayList<>(curve.band(plot, CurveKey.GREY));
      inside.addAll(curve.points(plot, look));
      inside.addAll(curve.expected(plot, 0));
      inside.addAll(curve.limit(plot, 0));
      marks.add(
          new Mark.Group("profile " + entry.getKey(), Optional.of(plot.box()), Map.of(), inside));
      String label = LABELS.getOrDefault(entry.getKey(), entry.getKey());
      marks.addAll(plot.axes(new Plot.Names(layout.titles().get(i), "layer l", label, true, true)));
      i++;
    }
    Key key = new Key();
    CurveKey.add(key, look, "measured");
    CurveKey.addCommon(key, List.copyOf(curves.values()), "± deviation of the networks");
    double at = layout.boxes().get(0).left();
    Key.Drawn keys = key.below(layout.bottom(), at, wide - 3);
    marks.addAll(keys.marks());
    Key.Drawn words = Key.note(note, keys.bottom(), at, wide - 3);
    marks.addAll(words.marks());
    return new Body(marks, words.bottom() + 2);
  }

  private static Curve curve(Profile.Curve of, List<Object> layers, Ruler rulerX) {
    Profile.Band band = of.band();
    return new Curve(
        layers.stream().map(rulerX::coordinate).toList(),
        of.mean(),
        of.sd(),
        List.of(),
        of.theory(),
        band == null ? List.of() : band.expected(),
        band == null ? List.of() : band.sd(),
        List.of(),
        List.of());
  }

  /** Where a cell stands, in short. */
  static String place(Map<String, Object> configuration) {
    List<String> parts = new ArrayList<>();
    for (Axis<?> axis :
        List.<Axis<?>>of(
            Axis.ACTIVATION,
            Axis.DEPTH,
            Axis.WIDTH,
            Axis.INIT,
            Axis.WEIGHT_LAW,
            Axis.SIGMA_MULTIPLIER,
            Axis.SIGMA_W2,
            Axis.SIGMA_B2,
            Axis.KEEP_PROBABILITY)) {
      Object value = configuration.get(axis.column());
      if (value != null) {
        parts.add(Numbers.of(axis, value));
      }
    }
    return String.join(", ", parts);
  }
}
