package org.phasemap.plan.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.Simulation.Timeline;
import org.phasemap.spec.file.SpecReader;

class SimulationTest {
  private static final double ROUNDING = 1e-9;

  private static Timeline timeline(int places, double... seconds) {
    return Timeline.of(seconds, places, 0, 0);
  }

  /** Graham (1969): 3, 3, 2, 2, 2 on two machines take 7 longest first, while 6 is possible. */
  @Test
  void grahamsExampleOfLongestFirst() {
    Timeline timeline = timeline(2, 3, 3, 2, 2, 2);

    assertThat(timeline).isEqualTo(new Timeline(7, 4, 12));
  }

  /** Coffman and Sethi: the worst case of longest first, (4/3 − 1/3m) of the optimum 3m. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void theWorstCaseOfLongestFirst(int places) {
    double[] seconds = new double[2 * places + 1];
    for (int i = 0; i < 2 * places; i++) {
      seconds[i] = 2 * places - 1 - i / 2;
    }
    seconds[2 * places] = places;

    assertThat(timeline(places, seconds).makespan())
        .isCloseTo((4.0 / 3 - 1.0 / (3 * places)) * 3 * places, within(ROUNDING));
  }

  @Test
  void onePlaceTakesTheSumAndManyTakeTheLongest() {
    double[] seconds = random(50);
    double sum = Arrays.stream(seconds).sum();

    assertThat(timeline(1, seconds).makespan()).isCloseTo(sum, within(ROUNDING));
    assertThat(timeline(50, seconds).makespan()).isEqualTo(seconds[0]);
    assertThat(timeline(50, seconds).last()).isZero();
  }

  /** The same schedule, moved on in small steps of time instead of from event to event. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7})
  void aClockThatTicksGivesTheSameSchedule(int places) {
    double[] seconds = Arrays.stream(random(40)).map(s -> Math.rint(s * 100)).toArray();
    int dispatch = 3;
    int overhead = 2;
    int[] left = new int[places];
    int next = 0;
    int tick = 0;
    while (next < seconds.length || Arrays.stream(left).anyMatch(l -> l > 0)) {
      for (int p = 0; p < places; p++) {
        if (left[p] == 0 && next < seconds.length && tick >= next * dispatch) {
          left[p] = overhead + (int) seconds[next++];
        }
      }
      for (int p = 0; p < places; p++) {
        left[p] = Math.max(0, left[p] - 1);
      }
      tick++;
    }

    assertThat(Timeline.of(seconds, places, dispatch, overhead).makespan()).isEqualTo(tick);
  }

  @Test
  void aDriverHandsOutTasksOneByOne() {
    Timeline timeline = Timeline.of(new double[] {1, 1, 1}, 3, 0.5, 0.25);

    assertThat(timeline.makespan()).isEqualTo(2 * 0.5 + 0.25 + 1);
  }

  @Test
  void aSweepsUnitsAreScheduled() {
    List<Unit> units =
        Schedule.most(
            Plan.of(
                SpecReader.parse(
                    """
                    name: x
                    replicates: 6
                    sampler: dense
                    network: {activation: tanh, depth: 20, width: 2000}
                    """,
                    "x.yaml")));
    double seconds = CostModel.seconds(units.get(0));
    Simulation simulation = Simulation.of(units, Pace.FITTED, List.of(4)).get(0);

    assertThat(simulation.tasks()).isEqualTo(6);
    assertThat(simulation.makespan()).isBetween(2 * seconds, 2 * seconds + 0.05);
    assertThat(simulation.utilisation()).isCloseTo(6.0 / 8, within(0.05));
    assertThat(simulation.criticalSeconds()).isEqualTo(seconds);
  }

  private static double[] random(int count) {
    double[] seconds = new Random(5).doubles(count, 0.1, 3).sorted().toArray();
    for (int i = 0; i < count / 2; i++) {
      double swapped = seconds[i];
      seconds[i] = seconds[count - 1 - i];
      seconds[count - 1 - i] = swapped;
    }
    return seconds;
  }
}
