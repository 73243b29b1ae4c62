package org.phasemap.chart.figure;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.chart.Point;
import org.phasemap.chart.figure.sheet.Mark;
import org.phasemap.chart.figure.sheet.Pen;

/** What points, lines and bands of curves mean. */
final class CurveKey {
  /** Of what belongs to no curve. */
  static final int GREY = 0x555555;

  private CurveKey() {}

  /** The marker of a curve. */
  static void add(Key key, Curve.Look look, String label) {
    key.addPoint(
        box -> look.marker().at(new Point(box.centreX(), box.centreY()), look.rgb(), 1), label);
  }

  /**
   * What is the same for all curves.
   *
   * @param errors what error bars are; empty where there are none
   */
  static void addCommon(Key key, List<Curve> curves, String errors) {
    if (!errors.isEmpty()) {
      key.addPoint(
          box ->
              List.of(
                  Mark.Path.of(
                      Pen.solid(GREY, 0.6),
                      new Point(box.centreX(), box.top()),
                      new Point(box.centreX(), box.bottom()))),
          errors);
    }
    if (curves.stream().anyMatch(Curve::hasBand)) {
      key.add(
          box -> {
            List<Mark> marks = new ArrayList<>();
            marks.add(new Mark.Area(box.corners(), GREY, 0.22));
            Point from = new Point(box.left(), box.centreY());
            marks.add(
                Mark.Path.of(Pen.solid(GREY, 0.6), from, new Point(box.right(), box.centreY())));
            return marks;
          },
          "theory at this width, ± deviation of networks");
    }
    if (curves.stream().anyMatch(Curve::hasTheory)) {
      key.add(
          box ->
              List.of(
                  Mark.Path.of(
                      new Pen(GREY, 0.9, List.of(3.0, 1.6)),
                      new Point(box.left(), box.centreY()),
                      new Point(box.right(), box.centreY()))),
          "theory, n → ∞");
    }
    addGone(key, curves, "exploded", "exploded");
    addGone(key, curves, "vanished", "vanished");
  }

  private static void addGone(Key key, List<Curve> curves, String state, String label) {
    boolean any =
        curves.stream()
            .anyMatch(
                curve -> {
                  for (int i = 0; i < curve.states().size(); i++) {
                    if (curve.states().get(i).equals(state)
                        && !Double.isFinite(curve.mean().get(i))) {
                      return true;
                    }
                  }
                  return false;
                });
    if (any) {
      boolean up = state.equals("exploded");
      key.addPoint(
          box -> {
            double tip = up ? box.top() : box.bottom();
            double back = up ? tip + 4 : tip - 4;
            return List.of(
                new Mark.Area(
                    List.of(
                        new Point(box.centreX(), tip),
                        new Point(box.centreX() - 2.2, back),
                        new Point(box.centreX() + 2.2, back)),
                    GREY,
                    Mark.OPAQUE));
          },
          label);
    }
  }
}
