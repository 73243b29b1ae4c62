package org.phasemap.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.phasemap.network.UserException;
import org.phasemap.store.FolderLock;
import org.phasemap.store.ResultsFolder;

/** What must not be mixed, or not be run, is refused and leaves the folder as it was. */
abstract class RefusedSweeps extends SweepSubject {
  @Test
  void resultsOfOtherRandomNumbersAreNotMixedIn() throws IOException {
    ResultsFolder results = at("seeded");
    run(YAML, results);

    assertThatThrownBy(() -> run(YAML.replace("seed: 11", "seed: 12"), results))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "holds a sweep of another spec (seed: 11, now 12); allowed: the same");
    assertThatThrownBy(
            () ->
                run(
                    YAML.replace("count: 5", "count: 6").replace("steps: 10", "steps: 11")
                        + "sampler: dense\nrandom_numbers: independent\n",
                    results))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "(inputs.count: 5, now 6; training.steps: 10, now 11; sampler: auto, now dense;"
                + " random_numbers: common, now independent)");
    int commits = results.manifest().size();
    assertThat(run(YAML + "limits: {max_cells: 1000}\n", results)).isZero();
    assertThat(results.manifest()).hasSize(commits + 1); // cells: another spec
  }

  @Test
  void aFolderIsOneSweepsAtATime() throws IOException {
    ResultsFolder results = at("held");
    String yaml = "{name: held, replicates: 1, network: {activation: relu, depth: 2, width: 8}}";
    try (FolderLock lock = FolderLock.take(results)) {
      lock.check();
      assertThatThrownBy(() -> run(yaml, results))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("is being written by process " + ProcessHandle.current().pid());
    }
    assertThat(run(yaml, results)).isEqualTo(1);
    assertThat(path("held/_lock")).doesNotExist();
  }

  @Test
  void aBatchLargerThanItsDataIsTheUsersMistakeAndLeavesNoFolder() {
    ResultsFolder results = at("batch");

    assertThatThrownBy(
            () -> run(YAML.replace("steps: 10", "steps: 10\n  batch_size: 2000"), results))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("training.batch_size: 2000 is not allowed; allowed: 1 to 1438");
    assertThat(path("batch")).doesNotExist();
  }
}
