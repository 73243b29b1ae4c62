package org.phasemap.chart.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasemap.chart.map.PhaseMap.Spot;
import org.phasemap.chart.map.PhaseMap.State;

/** Maps of gains and of ranges have one look for what is no number. */
class StateLookTest {
  private static Spot spot(State state, double value) {
    return new Spot(state, value, Double.NaN, Double.NaN, false);
  }

  @ParameterizedTest
  @EnumSource(
      value = Colours.class,
      names = {"PALETTE_256", "TRUECOLOUR"})
  void aFiniteCellWithoutItsNumberLooksLikeOneThatFailed(Colours colours) {
    Spot failed = spot(State.FAILED, Double.NaN);
    Spot none = spot(State.FINITE, Double.NaN);
    TerminalLook gains = new GainLook(colours);
    TerminalLook range = new RangeLook(colours, 0, 1);

    assertThat(gains.background(none))
        .isEqualTo(gains.background(failed))
        .isEqualTo(range.background(none))
        .isEqualTo(range.background(failed))
        .isNotEqualTo(gains.background(spot(State.FINITE, 0)));
    assertThat(gains.glyphs(none, 3)).isEqualTo(range.glyphs(none, 3)).isEqualTo(" ? ");
  }
}
