package org.phasemap.chart.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.phasemap.chart.Cividis;
import org.phasemap.chart.Point;
import org.phasemap.chart.figure.sheet.Box;
import org.phasemap.chart.figure.sheet.Label;
import org.phasemap.chart.figure.sheet.Label.Ink;
import org.phasemap.chart.figure.sheet.Mark;
import org.phasemap.chart.figure.sheet.Typeface;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.Quantity;

/** Letters, colours, ticks and scales of figures. */
class DrawingTest {
  private static List<Mark.Text> text(String label) {
    return Label.of(label, 10).from(new Point(0, 0), Ink.BLACK).stream()
        .map(Mark.Text.class::cast)
        .toList();
  }

  @Test
  void aSuperscriptStandsOverTheSubscriptBeforeIt() {
    List<Mark.Text> runs = text("σ_w²");

    assertThat(runs).extracting(Mark.Text::text).containsExactly("σ", "w", "2");
    assertThat(runs.get(1).at().x()).isEqualTo(runs.get(2).at().x());
    assertThat(runs.get(1).at().y()).isPositive();
    assertThat(runs.get(2).at().y()).isNegative();
    assertThat(runs.get(1).style().size()).isLessThan(runs.get(0).style().size());
  }

  @Test
  void variablesAreSlantedAndWordsAreNot() {
    assertThat(text("depth L"))
        .extracting(t -> t.style().slanted())
        .containsExactly(false, false, true);
    assertThat(text("χ₁").get(0).style().slanted()).isTrue();
    assertThat(text("ln").get(0).style().slanted()).isFalse();
    assertThat(text("(b) relu")).noneMatch(t -> t.style().slanted());
    assertThat(text("3 networks a cell")).noneMatch(t -> t.style().slanted());
  }

  /** What figures print of axes and quantities; PDF has no letter for another. */
  @Test
  void theTypefaceHasEveryLetterOfEveryLabel() {
    Stream<String> axes = Axis.all().stream().flatMap(a -> Stream.of(a.symbol(), a.label()));
    Stream<String> quantities =
        Quantity.all().stream().flatMap(q -> Stream.of(q.symbol(), q.label()));
    Stream<String> lines = Stream.of(TheoryLine.values()).map(TheoryLine::label);

    String missing =
        Stream.of(axes, quantities, lines)
            .flatMap(labels -> labels)
            .flatMap(label -> text(label).stream())
            .flatMapToInt(run -> run.text().codePoints())
            .filter(c -> !Typeface.only().has(c))
            .distinct()
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    assertThat(missing).isEmpty();
  }

  /** Rec. 709's luminance of sRGB. */
  private static double luminance(int rgb) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double c = (rgb >> (16 - 8 * i) & 0xff) / 255.0;
      sum += weights[i] * (c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  @Test
  void coloursRiseInGreyscale() {
    double[] greys =
        IntStream.rangeClosed(0, 64).mapToDouble(i -> luminance(Cividis.at(i / 64.0))).toArray();
    for (int i = 1; i < greys.length; i++) {
      assertThat(greys[i]).as("step %d", i).isGreaterThan(greys[i - 1]);
    }
  }

  @Test
  void thePageHasTheSameColours() throws IOException {
    String page = Files.readString(Path.of("dashboards/web/colour.js"));
    assertThat(Cividis.STOPS).allSatisfy(rgb -> assertThat(page).contains("#%06x".formatted(rgb)));
  }

  @Test
  void aValueThatStandsAloneIsNotExtreme() {
    for (String kind : List.of("gain", "centred", "plain")) {
      for (double value : new double[] {-12, -0.3, 0, 0.3, 40}) {
        assertThat(ValueScale.of(kind, new double[] {value}).unit(value))
            .as("%s %s", kind, value)
            .isBetween(0.1, 0.9);
      }
    }
  }

  @Test
  void signedScalesAreSymmetric() {
    ValueScale scale = ValueScale.of("gain", new double[] {-3, 80});
    assertThat(scale.unit(0)).isEqualTo(0.5);
    assertThat(scale.unit(30)).isCloseTo(1 - scale.unit(-30), within(1e-12));
    assertThat(scale.ticks()).contains(-30.0, 0.0, 30.0);
  }

  @Test
  void ticksAreRoundAndApart() {
    assertThat(Ticks.even(0, 1, 5)).hasSizeBetween(5, 6).contains(0.0, 1.0);
    assertThat(Ticks.logarithmic(List.of(4.0, 6.0, 8.0, 11.0, 16.0, 23.0, 32.0), 3.3, 40, 0.3))
        .containsExactly(4.0, 8.0, 16.0, 32.0);
    assertThat(Ticks.logarithmic(List.of(), 0.002, 150, 1.5))
        .containsExactly(0.01, 0.1, 1.0, 10.0, 100.0);
  }

  @Test
  void cellsReachHalfAStepPastTheOutermost() {
    assertThat(Ruler.edges(List.of(1.0, 2.0, 4.0))).containsExactly(0.5, 1.5, 3.0, 5.0);
    Ruler ruler = Ruler.ofCells(Axis.DEPTH, List.of(4, 8, 16));
    assertThat(ruler.low()).isCloseTo(4 / Math.sqrt(2), within(1e-12));
    assertThat(ruler.high()).isCloseTo(16 * Math.sqrt(2), within(1e-12));
  }

  @Test
  void categoriesAreToldApartWithoutColour() {
    Box cell = new Box(0, 0, 10, 10);
    List<List<Mark>> marks = new ArrayList<>();
    for (Category category : Category.values()) {
      marks.add(category.on(cell));
      // White: no value has this colour.
      assertThat(((Mark.Area) category.on(cell).get(0)).rgb()).isEqualTo(0xffffff);
    }
    assertThat(marks).doesNotHaveDuplicates();
    assertThat(Cividis.STOPS).doesNotContain(0xffffff);
  }
}
