package org.phasemap.chart.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.phasemap.analysis.Boundary;
import org.phasemap.analysis.Trial;

/** The measured boundary over a map of depths 4, 8, 16, 32 and 64. */
class FitsTest {
  private static final PlaneLines.Span DEPTHS = PlaneLines.Span.over(List.of(4, 8, 16, 32, 64));

  /** Two networks at each depth; those of the depths up to one are trained. */
  private static Boundary trainedUpTo(int deepest) {
    List<Trial> trials = new ArrayList<>();
    for (int depth = 4; depth <= 64; depth *= 2) {
      for (int replicate = 0; replicate < 2; replicate++) {
        trials.add(new Trial(depth, replicate, depth <= deepest));
      }
    }
    return Boundary.of(trials);
  }

  @Test
  void aBandHoldsItsLineAndBreaksWhereAColumnHasNoBoundary() {
    SortedMap<Double, Boundary> columns = new TreeMap<>();
    columns.put(1.0, trainedUpTo(16));
    columns.put(1.1, trainedUpTo(32));
    columns.put(1.2, trainedUpTo(64)); // Beyond the deepest.
    columns.put(1.3, trainedUpTo(32));
    columns.put(1.4, trainedUpTo(0)); // Before the shallowest.
    List<Lines.Measured> parts = Fits.measured("boundary", columns, DEPTHS);
    assertThat(parts).extracting(part -> part.line().size()).containsExactly(2, 1);
    for (Lines.Measured part : parts) {
      assertThat(part.lower()).hasSameSizeAs(part.line());
      assertThat(part.upper()).hasSameSizeAs(part.line());
      for (int i = 0; i < part.line().size(); i++) {
        double depth = part.line().get(i).y();
        assertThat(part.lower().get(i).x()).isEqualTo(part.line().get(i).x());
        assertThat(part.lower().get(i).y()).isLessThan(depth).isPositive();
        assertThat(part.upper().get(i).y()).isGreaterThan(depth).isFinite();
      }
    }
  }

  /** One network at two depths alone: any boundary would do. */
  @Test
  void anIntervalThatIsOpenAtBothEndsHasNoBand() {
    SortedMap<Double, Boundary> columns = new TreeMap<>();
    columns.put(1.0, trainedUpTo(16));
    columns.put(1.1, trainedUpTo(16));
    columns.put(1.2, Boundary.of(List.of(new Trial(8, 0, true), new Trial(32, 0, false))));
    List<Lines.Measured> parts = Fits.measured("boundary", columns, DEPTHS);
    assertThat(parts).extracting(part -> part.line().size()).containsExactly(2, 2);
    assertThat(parts.get(1).line().get(0)).isEqualTo(parts.get(0).line().get(1));
    assertThat(parts).extracting(part -> part.lower().size()).containsExactly(2, 0);
    assertThat(parts).extracting(part -> part.upper().size()).containsExactly(2, 0);
  }
}
