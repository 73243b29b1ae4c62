package org.phasemap.chart.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.phasemap.chart.figure.sheet.Box;
import org.phasemap.chart.figure.sheet.Label;

class LayoutTest {
  private static final String LONG =
      "tanh, kernel=3, padding=circular, groups=depthwise, readout=average";

  /** Points of a page's width. */
  private static final double WIDE = 504;

  @Test
  void longTitlesTakeLinesInPlaceOfTheirNeighboursRoom() {
    List<String> titles = List.of(LONG, "relu", LONG, LONG, LONG, "relu", LONG, LONG);
    Layout layout = Layout.of(titles, WIDE, 30, 40);
    for (int i = 0; i < titles.size(); i++) {
      Box box = layout.boxes().get(i);
      List<String> lines = layout.titles().get(i);
      assertThat(String.join(" ", lines)).isEqualTo("(" + (char) ('a' + i) + ") " + titles.get(i));
      assertThat(lines)
          .allSatisfy(
              line ->
                  assertThat(Label.of(line, Plot.LABEL_SIZE).width())
                      .isLessThanOrEqualTo(box.width()));
      double top = box.top() - 3 - (lines.size() - 1) * Plot.TITLE_LINE - Plot.LABEL_SIZE;
      double above = i < layout.columns() ? 0 : layout.boxes().get(i - layout.columns()).bottom();
      assertThat(top).isGreaterThan(above);
    }
  }

  @Test
  void oneChartHasRoomForATitleWhereItHasOne() {
    assertThat(Layout.of(List.of(""), WIDE, 30, 40).boxes().get(0).top())
        .isLessThan(Layout.of(List.of("tanh"), WIDE, 30, 40).boxes().get(0).top());
  }
}
