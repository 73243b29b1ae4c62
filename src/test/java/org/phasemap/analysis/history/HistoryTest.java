package org.phasemap.analysis.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.analysis.regress.Comparisons;
import org.phasemap.store.Effort;
import org.phasemap.store.ResultsRoot;

class HistoryTest {
  private static final Effort EFFORT = new Effort(phases(), 1_000_000_000);

  @TempDir private Path folder = Path.of("");

  private static Map<String, Double> phases() {
    Map<String, Double> phases = new LinkedHashMap<>();
    phases.put("waves", 3.5);
    phases.put("cells", 0.5);
    return phases;
  }

  private ResultsRoot root() {
    return ResultsRoot.at(folder.toString(), new Configuration());
  }

  @Test
  void aRunHasARowForEachQuantityAndOneForItsTime() {
    History history = new History(root());
    history.add(Comparisons.good("night-1", "2026-11-28T02:00:00Z", 10), Effort.UNKNOWN);
    history.add(Comparisons.bad("night-3", "2026-11-30T02:00:00Z"), EFFORT);
    history.add(Comparisons.bad("night-2", "2026-11-29T02:00:00Z"), EFFORT);
    history.add(Comparisons.good("night-2", "2026-11-29T03:00:00Z", 12), EFFORT);

    // Each has a quantity and two costs; nights 2 and 3 have two phases and their memory besides.
    assertThat(root().rows(History.FILE, History.columns())).hasSize(15);
    assertThat(history.costs())
        .extracting(History.Series::cost)
        .containsExactly(
            "microseconds_per_row",
            "microseconds_per_row_propagation",
            "seconds_waves",
            "seconds_cells",
            "peak_bytes");
    assertThat(history.costs().get(0).runs()).containsExactly("night-1", "night-2", "night-3");
    assertThat(history.costs().get(0).values()).containsExactly(10, 12, 20);
    assertThat(history.costs().get(2).runs()).containsExactly("night-2", "night-3");
    assertThat(history.costs().get(2).values()).containsExactly(3.5, 3.5);
    assertThat(history.costs().get(4).values()).containsExactly(1e9, 1e9);
    assertThat(history.of("night-3").orElseThrow().state()).isEqualTo("regression");
    assertThat(history.of("night-2").orElseThrow().state()).isEqualTo("same");
    assertThat(history.of("night-4")).isEmpty();
    assertThat(folder.toFile().list()).containsExactly(History.FILE);
  }

  @Test
  void theStateBeforeIsThatOfTheNightBefore() {
    History history = new History(root());
    assertThat(history.stateBefore(Comparisons.bad("n1", "2026-11-28T02:00:00Z"))).isEmpty();
    history.add(Comparisons.bad("n1", "2026-11-28T02:00:00Z"), Effort.UNKNOWN);
    history.add(Comparisons.good("n3", "2026-11-30T02:00:00Z", 1), Effort.UNKNOWN);

    assertThat(history.stateBefore(Comparisons.good("n2", "2026-11-29T02:00:00Z", 1)))
        .contains("regression");
    assertThat(history.stateBefore(Comparisons.good("n4", "2026-12-01T02:00:00Z", 1)))
        .contains("same");
  }

  private void sweep(String name) throws IOException {
    Files.createDirectories(folder.resolve(name).resolve("manifest"));
    Files.writeString(folder.resolve(name).resolve("spec.yaml"), "name: x\n");
  }

  @Test
  void theLastNightsTheFirstOfAMonthAndWhatIsNeededStay() throws IOException {
    for (String night :
        List.of(
            "n-2026-09-30",
            "n-2026-10-02",
            "n-2026-10-03",
            "n-2026-10-04",
            "n-2026-11-01",
            "n-2026-11-02",
            "n-2026-11-03",
            "n-2026-11-04",
            "m-2026-10-04",
            "n-mine")) {
      sweep(night);
    }
    Files.createDirectories(folder.resolve("n-2026-10-05")); // no sweep

    assertThat(new Retention(root()).superfluous("n", 2, Set.of("n-2026-10-03")))
        .containsExactly("n-2026-10-04", "n-2026-11-02");
    root().deleteSweep("n-2026-11-02");
    assertThat(folder.resolve("n-2026-11-02")).doesNotExist();
  }

  /** Two levels and noise of 2 %; the second series has none. */
  @Test
  void aChangeOfLevelIsFoundWhereItIs() {
    java.util.Random random = new java.util.Random(3);
    double[] series = new double[40];
    double[] calm = new double[40];
    for (int i = 0; i < 40; i++) {
      series[i] = (i < 22 ? 100 : 110) + 2 * random.nextGaussian();
      calm[i] = 100 + 2 * random.nextGaussian();
    }
    List<ChangePoints.Point> points = ChangePoints.of(series);

    assertThat(points).hasSize(1);
    assertThat(points.get(0).at()).isEqualTo(22);
    assertThat(points.get(0).after() / points.get(0).before()).isBetween(1.08, 1.12);
    assertThat(ChangePoints.of(calm)).isEmpty();
    assertThat(ChangePoints.of(new double[] {1, 1, 9})).isEmpty();
  }

  /**
   * Q̂ of {0, 1} against {4, 6} by hand: 2·(4+6+3+5)/4 − 1 − 2 = 6, times 2·2/4. One night alone is
   * never a change.
   */
  @Test
  void theDivergenceIsMattesonAndJamess() {
    assertThat(ChangePoints.divergence(new double[] {0, 1, 4, 6}, 0, 2, 4)).isEqualTo(6);
    double[] outlier = new double[30];
    outlier[29] = 100;
    assertThat(ChangePoints.of(outlier)).isEmpty();
  }
}
