package org.phasemap.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.phasemap.plan.Plan;
import org.phasemap.plan.cost.Schedule;
import org.phasemap.spec.SpecReader;

class CellTallyTest {
  /** Two cells, of three replicates. */
  private static final List<Work> TASKS =
      Schedule.most(
              Plan.of(
                  SpecReader.parse(
                      "{name: x, replicates: 3, network: {activation: relu, depth: 2, width: [8,"
                          + " 9]}}",
                      "test.yaml")))
          .stream()
          .map(unit -> new Work(List.of(unit), null))
          .toList();

  private static Part part(String... failedCells) {
    return new Part(0, "", 1, List.of(failedCells));
  }

  @Test
  void aCellIsDoneOnceWithItsLastRow() {
    CellTally tally = new CellTally();
    tally.await(TASKS);
    assertThat(TASKS).hasSize(6);
    TASKS.subList(0, 5).forEach(task -> tally.add(task, part()));
    assertThat(tally.done()).isEqualTo(1);

    // Tasks are cut anew: one was lost, one is run twice.
    tally.await(TASKS.subList(4, 6));
    TASKS.subList(4, 6).forEach(task -> tally.add(task, part()));
    assertThat(tally.done()).isEqualTo(2);
  }

  @Test
  void aCellThatFailsTwiceIsOneFailedCell() {
    CellTally tally = new CellTally();
    tally.await(TASKS);
    TASKS.forEach(task -> tally.add(task, part("a", "b")));

    assertThat(tally.failed()).isEqualTo(2);
    assertThat(tally.done()).isEqualTo(2);
  }
}
