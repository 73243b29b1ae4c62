package org.phasemap.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.phasemap.cli.SweepTables.lines;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.phasemap.store.FaultyFileSystem;
import org.phasemap.store.ResultsFolder;
import org.phasemap.sweep.progress.SweepOutcome;

/** Cells and files that fail cost nothing else. */
abstract class FailingSweeps extends SweepSubject {
  @Test
  void aCellThatFailsIsARowAndTheOthersGoOn() throws IOException {
    ResultsFolder results = at("failing");
    // 600,000² weights are more than a matrix can have.
    String yaml =
        """
        name: failing
        replicates: 1
        sampler: dense
        network: {activation: relu, depth: [2, 3], width: [16, 600000]}
        """;

    assertThat(run(yaml, results)).isEqualTo(4);
    assertThat(lines(results, "select width, status, error_class from replicates order by all"))
        .hasSize(4)
        .filteredOn(line -> line.startsWith("16|"))
        .allMatch(line -> line.equals("16|measured|null|"));
    assertThat(lines(results, "select width from replicates where status = 'failed'"))
        .containsExactly("600000|", "600000|");
  }

  @Test
  void aCellThatTakesTooLongFailsAndIsRetriedOnRequest() throws IOException {
    ResultsFolder results = at("slow");
    String yaml =
        """
        name: slow
        replicates: 2
        network: {activation: tanh, depth: [1, 400], width: 64}
        inputs: {count: 4, dimension: 16}
        """;
    String limited = yaml + "limits: {cell_seconds: 1e-6}\n";
    SweepOutcome outcome = sweep(limited, results, new Missing()).run(Set.of());

    assertThat(outcome).isEqualTo(new SweepOutcome(4, 4, 0, true));
    assertThat(lines(results, "select distinct error_class, error_message from replicates"))
        .containsExactly(
            "org.phasemap.sweep.TimeLimit$ExceededException|took longer than 1.0E-6 s"
                + " (limits.cell_seconds)|");
    assertThat(run(yaml, results)).isZero();
    assertThat(sweep(yaml, results, new Missing()).run(Set.of(SweepOption.RETRY_FAILED)))
        .isEqualTo(new SweepOutcome(4, 0, 0, true));
    ResultsFolder fresh = at("fresh");
    run(yaml, fresh);
    assertThat(replicates(results)).isEqualTo(replicates(fresh));
    assertThat(cells(results)).isEqualTo(cells(fresh));
  }

  @Test
  void aFileSystemWithoutRenamesOrListingsThatFailsInWritesLosesNothing() throws IOException {
    // Lock, spec, two parts, and for the wave and for cells a file and an entry each are created;
    // the parts are deleted.
    String yaml = "{name: faulty, replicates: 2, network: {activation: relu, depth: 2, width: 8}}";
    ResultsFolder whole = at("whole");
    run(yaml, whole);
    List<String> expected = replicates(whole);
    Configuration configuration = FaultyFileSystem.register(new Configuration());
    FaultyFileSystem.register(spark().sparkContext().hadoopConfiguration());
    int refused = 0;
    for (FaultyFileSystem.Fault fault : FaultyFileSystem.Fault.values()) {
      boolean reached = true;
      for (int operations = 0; reached; operations++) {
        String name = fault + "-" + operations;
        ResultsFolder results = ResultsFolder.at("faulty:" + path(name), configuration);
        Sweep sweep = new Sweep(() -> spark(), configuration, spec(yaml), results, new Missing());
        FaultyFileSystem.failAfter(operations, fault);
        try {
          sweep.run(Set.of());
        } catch (IOException e) {
          refused++;
        }
        reached = FaultyFileSystem.hasFailed();
        FaultyFileSystem.failAfter(-1, fault);
        new Sweep(() -> spark(), configuration, spec(yaml), results, new Missing()).run(Set.of());

        assertThat(replicates(at(name))).as(name).isEqualTo(expected);
        assertThat(cells(at(name))).as(name).isEqualTo(cells(whole));
      }
    }
    assertThat(refused).isPositive();
  }
}
