package org.phasemap.chart.figure.sheet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.phasemap.chart.Point;

/** What a figure is made of. Later marks lie over earlier ones. */
public sealed interface Mark {
  /** An opaque colour. */
  double OPAQUE = 1;

  /**
   * A filled area.
   *
   * @param corners of a polygon
   * @param rgb 0xRRGGBB
   * @param opacity from 0 to {@link #OPAQUE}
   */
  record Area(List<Point> corners, int rgb, double opacity) implements Mark {
    public static Area of(Box box, int rgb) {
      return new Area(box.corners(), rgb, OPAQUE);
    }
  }

  /**
   * Lines of one pen.
   *
   * @param parts open lines, of at least two points each
   */
  record Path(List<List<Point>> parts, Pen pen) implements Mark {
    public static Path of(Pen pen, Point... points) {
      return new Path(List.of(List.of(points)), pen);
    }
  }

  /**
   * Letters of one size.
   *
   * @param at left end of the base line
   * @param text what can be read
   * @param style of its letters
   * @param turned counter-clockwise by a quarter
   */
  record Text(Point at, String text, Style style, Turn turned) implements Mark {}

  /** Which way text runs. */
  enum Turn {
    NONE,
    LEFT
  }

  /**
   * How letters look.
   *
   * @param size in points
   * @param slanted as names of variables are
   * @param rgb 0xRRGGBB
   * @param halo width in points of the white around them
   */
  record Style(double size, boolean slanted, int rgb, double halo) {}

  /**
   * Marks that belong together.
   *
   * @param name what they are
   * @param clip outside of which nothing of them is seen
   * @param data what they show: SVG files keep it
   */
  record Group(String name, Optional<Box> clip, Map<String, String> data, List<Mark> marks)
      implements Mark {}
}
