package org.phasemap.chart.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.phasemap.chart.Point;
import org.phasemap.chart.figure.sheet.Box;
import org.phasemap.chart.figure.sheet.Label;
import org.phasemap.chart.figure.sheet.Label.Ink;
import org.phasemap.chart.figure.sheet.Mark;
import org.phasemap.chart.figure.sheet.Pen;
import org.phasemap.chart.figure.sheet.Typeface;
import org.phasemap.chart.figure.sheet.Wrapped;

/** The key of a figure: samples and what they mean, in lines as wide as there is room. */
final class Key {
  /** Width of a sample. */
  private static final double SAMPLE = 18;

  private static final double POINT = 6;

  private static final double LINE = 10;
  private static final double SPACE = 10;
  private static final double SIZE = Plot.TICK_SIZE;

  private final List<Entry> entries = new ArrayList<>();

  private record Entry(Function<Box, List<Mark>> sample, double wide, String label) {
    double width() {
      return wide + 3 + Label.of(label, SIZE).width();
    }
  }

  /** One more; the sample is drawn into the box that it gets. */
  void add(Function<Box, List<Mark>> sample, String label) {
    entries.add(new Entry(sample, SAMPLE, label));
  }

  /** One more, whose sample is no wider than a point. */
  void addPoint(Function<Box, List<Mark>> sample, String label) {
    entries.add(new Entry(sample, POINT, label));
  }

  /** Of a line. */
  void add(Pen halo, Pen pen, String label) {
    add(
        box -> {
          Point from = new Point(box.left(), box.centreY());
          Point to = new Point(box.right(), box.centreY());
          return List.of(Mark.Path.of(halo, from, to), Mark.Path.of(pen, from, to));
        },
        label);
  }

  /** What is drawn, and where it ends. */
  record Drawn(List<Mark> marks, double bottom) {}

  /** Below a height, between two sides. */
  Drawn below(double top, double left, double right) {
    List<Mark> marks = new ArrayList<>();
    double x = left;
    double y = top;
    for (Entry entry : entries) {
      if (x > left && x + entry.width() > right) {
        x = left;
        y += LINE;
      }
      marks.addAll(entry.sample.apply(new Box(x, y + 1.5, entry.wide, LINE - 3)));
      Point words = new Point(x + entry.wide + 3, y + LINE / 2 + SIZE * Typeface.CAPITAL / 2);
      marks.addAll(Label.of(entry.label, SIZE).from(words, Ink.BLACK));
      x += entry.width() + SPACE;
    }
    return new Drawn(marks, entries.isEmpty() ? top : y + LINE);
  }

  /** Lines of small words, as long as there is room for. */
  static Drawn note(String text, double top, double left, double right) {
    List<Mark> marks = new ArrayList<>();
    double y = top;
    for (String line : Wrapped.lines(text, SIZE, right - left)) {
      y += LINE;
      marks.addAll(Label.of(line, SIZE).from(new Point(left, y), Ink.BLACK));
    }
    return new Drawn(marks, y + 2);
  }
}
