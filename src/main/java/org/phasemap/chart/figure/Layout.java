package org.phasemap.chart.figure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.phasemap.chart.figure.sheet.Box;
import org.phasemap.chart.figure.sheet.Wrapped;

/**
 * Where the small charts of a figure stand: in rows, all of one size.
 *
 * @param boxes inside their axes, row by row
 * @param titles over each, in lines
 * @param columns charts in a full row
 * @param bottom of what the charts with their labels take, from the sheet's top
 */
record Layout(List<Box> boxes, List<List<String>> titles, int columns, double bottom) {
  /** Narrower charts can't be read. */
  private static final double NARROWEST = 92;

  private static final double ASPECT = 0.82;
  private static final double TALLEST = 190;
  private static final double BETWEEN = 9;
  private static final double TITLE = 12;
  private static final double MARGIN = 3;

  /**
   * Places for some charts.
   *
   * @param titles of them
   * @param wide the sheet, in points
   * @param left room for the labels left of the first column
   * @param right room right of the last column
   */
  static Layout of(List<String> titles, double wide, double left, double right) {
    return of(titles, wide, left, right, BETWEEN);
  }

  /** Places for charts that have labels of their own on the left, and no titles. */
  static Layout separate(int count, double wide, double left) {
    return of(Collections.nCopies(count, ""), wide, left, 2, BETWEEN + left);
  }

  private static Layout of(
      List<String> names, double wide, double left, double right, double between) {
    int count = names.size();
    double usable = wide - left - right - 2 * MARGIN;
    int most = (int) Math.max(1, Math.floor((usable + between) / (NARROWEST + between)));
    int rows = (count + most - 1) / most;
    int columns = (count + rows - 1) / rows;
    double width = (usable - (columns - 1) * between) / columns;
    double height = Math.min(TALLEST, ASPECT * width);
    List<List<String>> titles = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      titles.add(Wrapped.lines(title(i, names), Plot.LABEL_SIZE, width));
    }
    int lines = titles.stream().mapToInt(List::size).max().orElse(0);
    List<Box> boxes = new ArrayList<>();
    double labels = between > BETWEEN ? Plot.below() : 0;
    double title = lines == 0 ? 2 : TITLE + (lines - 1) * Plot.TITLE_LINE;
    double step = height + title + BETWEEN + labels;
    for (int i = 0; i < count; i++) {
      double x = MARGIN + left + i % columns * (width + between);
      boxes.add(new Box(x, MARGIN + title + Math.floorDiv(i, columns) * step, width, height));
    }
    double last = boxes.get(count - 1).bottom();
    return new Layout(boxes, titles, columns, last + Plot.below() + MARGIN);
  }

  /** (a), (b), … before a title, where there are several. */
  private static String title(int i, List<String> names) {
    String name = names.get(i);
    return names.size() == 1 ? name : "(" + (char) ('a' + i % 26) + ") " + name;
  }

  boolean isLeftmost(int i) {
    return i % columns == 0;
  }

  /** Whether no chart stands below one. */
  boolean isLowest(int i) {
    return i + columns >= boxes.size();
  }

  double right() {
    return boxes.stream().mapToDouble(Box::right).max().orElseThrow();
  }

  /** Of all charts together. */
  Box around() {
    double left = boxes.get(0).left();
    double top = boxes.get(0).top();
    double end = boxes.get(boxes.size() - 1).bottom();
    return Box.between(left, top, right(), end);
  }
}
