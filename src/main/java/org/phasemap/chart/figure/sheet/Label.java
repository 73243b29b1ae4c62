package org.phasemap.chart.figure.sheet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.phasemap.chart.Point;
import org.phasemap.chart.figure.sheet.Mark.Style;
import org.phasemap.chart.figure.sheet.Mark.Text;
import org.phasemap.chart.figure.sheet.Mark.Turn;

/**
 * Text with real sub- and superscripts: {@code σ_w²}, {@code χ₁}, {@code ξ_c}, {@code δ_{l+1}}. A
 * letter that stands alone is a variable and slanted; words and numbers are upright. A superscript
 * that follows a subscript stands above it.
 */
public final class Label {
  private static final String SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  /** Signs that the typeface lacks, in words. */
  private static final Map<String, String> INSTEAD = Map.of("∇", "grad", "’", "'", "‑", "-");

  /** The one letter that is a word. */
  private static final String ARTICLE = "a";

  private static final double SMALL = 0.7;
  private static final double LOWERED = 0.27;
  private static final double RAISED = 0.4;

  /** Where letters stand. */
  private enum Level {
    BASE,
    BELOW,
    ABOVE
  }

  private record Run(String text, boolean slanted, Level level) {}

  /** A run and where it begins, right of the label's beginning. */
  private record Placed(Run run, double x, double size) {}

  private final List<Placed> placed;
  private final double size;
  private final double width;

  private Label(List<Placed> placed, double size, double width) {
    this.placed = placed;
    this.size = size;
    this.width = width;
  }

  /** A text at a size in points. */
  public static Label of(String text, double size) {
    List<Placed> placed = new ArrayList<>();
    double x = 0;
    double before = 0;
    Level last = Level.BASE;
    for (Run run : runs(text)) {
      double own = run.level == Level.BASE ? size : SMALL * size;
      boolean stacked = run.level == Level.ABOVE && last == Level.BELOW;
      double start = stacked ? before : x;
      placed.add(new Placed(run, start, own));
      before = start;
      x = Math.max(x, start + Typeface.only().width(run.text, own));
      last = run.level;
    }
    return new Label(placed, size, x);
  }

  public double width() {
    return width;
  }

  /** What it says, without its levels. */
  private static String plain(String text) {
    String plain = text;
    for (Map.Entry<String, String> sign : INSTEAD.entrySet()) {
      plain = plain.replace(sign.getKey(), sign.getValue());
    }
    return plain;
  }

  private static List<Run> runs(String original) {
    String text = plain(original);
    List<Run> runs = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if ((c == '_' || c == '^') && i + 1 < text.length()) {
        int end = scriptEnd(text, i + 1);
        String script = text.substring(i + 1, end).replace("{", "").replace("}", "");
        add(runs, script, c == '_' ? Level.BELOW : Level.ABOVE);
        i = end;
      } else if (SUBSCRIPTS.indexOf(c) >= 0) {
        add(runs, String.valueOf(SUBSCRIPTS.indexOf(c)), Level.BELOW);
        i++;
      } else if (SUPERSCRIPTS.indexOf(c) >= 0) {
        add(runs, String.valueOf(SUPERSCRIPTS.indexOf(c)), Level.ABOVE);
        i++;
      } else {
        int end = i + 1;
        while (end < text.length()
            && Character.isLetter(c) == Character.isLetter(text.charAt(end))
            && !isScript(text.charAt(end))) {
          end++;
        }
        if (end == i + 1 && isPart(text, i)) {
          runs.add(new Run(text.substring(i, end), false, Level.BASE));
        } else {
          add(runs, text.substring(i, end), Level.BASE);
        }
        i = end;
      }
    }
    return runs;
  }

  private static boolean isScript(char c) {
    return c == '_' || c == '^' || SUBSCRIPTS.indexOf(c) >= 0 || SUPERSCRIPTS.indexOf(c) >= 0;
  }

  /** Behind braces, or behind letters and digits, or behind one sign. */
  private static int scriptEnd(String text, int start) {
    if (text.charAt(start) == '{') {
      int close = text.indexOf('}', start);
      return close < 0 ? text.length() : close + 1;
    }
    int end = start + 1;
    if (Character.isLetter(text.charAt(start))) {
      while (end < text.length() && Character.isLetter(text.charAt(end))) {
        end++;
      }
    }
    return end;
  }

  /** The letter of a part of a figure: (a). */
  private static boolean isPart(String text, int at) {
    return at > 0
        && text.charAt(at - 1) == '('
        && at + 1 < text.length()
        && text.charAt(at + 1) == ')';
  }

  private static void add(List<Run> runs, String text, Level level) {
    boolean variable = text.length() == 1 && Character.isLetter(text.charAt(0));
    runs.add(new Run(text, variable && !text.equals(ARTICLE), level));
  }

  /** Its letters, beginning at a place. */
  public List<Mark> from(Point at, Ink ink) {
    return marks(at, ink, Turn.NONE);
  }

  /** Its letters, their middle at a place. */
  public List<Mark> about(Point at, Ink ink) {
    return marks(new Point(at.x() - width / 2, at.y()), ink, Turn.NONE);
  }

  /** Its letters, ending at a place. */
  public List<Mark> until(Point at, Ink ink) {
    return marks(new Point(at.x() - width, at.y()), ink, Turn.NONE);
  }

  /** Its letters upwards, their middle at a place. */
  public List<Mark> upwards(Point at, Ink ink) {
    return marks(new Point(at.x(), at.y() + width / 2), ink, Turn.LEFT);
  }

  /**
   * How letters are drawn.
   *
   * @param rgb 0xRRGGBB
   * @param halo width in points of the white around them; 0 for none
   */
  public record Ink(int rgb, double halo) {
    public static final Ink BLACK = new Ink(0, 0);
  }

  private List<Mark> marks(Point at, Ink ink, Turn turn) {
    List<Mark> marks = new ArrayList<>();
    for (Placed part : placed) {
      double down =
          switch (part.run.level) {
            case BASE -> 0;
            case BELOW -> LOWERED * size;
            case ABOVE -> -RAISED * size;
          };
      Point place =
          turn == Turn.NONE
              ? new Point(at.x() + part.x, at.y() + down)
              : new Point(at.x() + down, at.y() - part.x);
      Style style = new Style(part.size, part.run.slanted, ink.rgb, ink.halo);
      marks.add(new Text(place, part.run.text, style, turn));
    }
    return marks;
  }
}
