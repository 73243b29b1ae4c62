package org.phasemap.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.phasemap.plan.cost.Schedule;
import org.phasemap.spec.file.SpecReader;

class CellTallyTest {
  /** Two cells, of three replicates. */
  private static final List<Unit> UNITS =
      Schedule.most(
          Plan.of(
              SpecReader.parse(
                  "{name: x, replicates: 3, network: {activation: relu, depth: 2, width: [8,"
                      + " 9]}}",
                  "test.yaml")));

  @Test
  void aCellIsDoneOnceWithItsLastRow() {
    CellTally tally = new CellTally();
    tally.await(UNITS);
    assertThat(UNITS).hasSize(6);
    UNITS.subList(0, 5).forEach(unit -> tally.add(List.of(unit), List.of()));
    assertThat(tally.done()).isEqualTo(1);

    // Tasks are cut anew: a unit was lost, one is run twice.
    tally.await(UNITS.subList(4, 6));
    UNITS.subList(4, 6).forEach(unit -> tally.add(List.of(unit), List.of()));
    assertThat(tally.done()).isEqualTo(2);
  }

  @Test
  void aCellThatFailsTwiceIsOneFailedCell() {
    CellTally tally = new CellTally();
    tally.await(UNITS);
    UNITS.forEach(unit -> tally.add(List.of(unit), List.of("a", "b")));

    assertThat(tally.failed()).isEqualTo(2);
    assertThat(tally.done()).isEqualTo(2);
  }
}
