package org.phasemap.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.phasemap.cli.SweepTables.lines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.phasemap.network.UserException;
import org.phasemap.store.Effort;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.table.Tables;

/** A sweep goes on where it was left, and ends with the tables of one made at once. */
abstract class SweepsInPieces extends SweepSubject {
  @Test
  void aSweepMeasuresEveryReplicateAndASecondRunFindsNothingMissing() throws IOException {
    ResultsFolder results = at("once");

    assertThat(run(YAML, results)).isEqualTo(CELLS * 4 + 2 * 1);
    assertThat(lines(results, "select distinct cell_id, replicate from replicates"))
        .hasSize(CELLS * 4 + 2);
    assertThat(lines(results, "select cell_id from cells where replicates > 0")).hasSize(CELLS + 2);
    assertThat(lines(results, "select 1 from cells where task = 'propagation' and phase is null"))
        .isEmpty();
    int commits = results.manifest().size();
    Effort effort = Effort.of(results);
    assertThat(effort.seconds())
        .containsOnlyKeys("plan", "session", "waves", "compaction", "cells");
    assertThat(run(YAML, results)).isZero();
    assertThat(results.manifest()).hasSize(commits);
    assertThat(Effort.of(results)).isEqualTo(effort);
  }

  @Test
  void aSweepMadeInPiecesEqualsOneMadeAtOnceBitForBit() throws IOException {
    ResultsFolder whole = at("whole");
    ResultsFolder pieces = at("pieces");
    run(YAML, whole);
    run(YAML.replace("replicates: 4", "replicates: 2").replace("[1, 4]", "4"), pieces);
    // A run killed after staging, and one killed between publishing and its manifest entry.
    Files.createDirectories(path("pieces/_staging/wave-000000"));
    ManifestEntry first = pieces.manifest().get(0);
    Path published = path("pieces/" + first.files().get(0).path());
    Files.copy(published, published.resolveSibling("000777-000.parquet"));

    long missing = run(YAML, pieces);

    assertThat(missing).isEqualTo(CELLS * 4 - CELLS / 2 * 2);
    assertThat(replicates(pieces)).isEqualTo(replicates(whole));
    assertThat(cells(pieces)).isEqualTo(cells(whole));
    assertThat(Effort.of(pieces)).isEqualTo(Effort.UNKNOWN);
  }

  @Test
  void cellsThatTheSpecNoLongerHasKeepTheirPredictions() throws IOException {
    ResultsFolder results = at("narrowed");
    run(YAML, results);
    List<String> before = cells(results);

    assertThat(run(YAML.replace("[0.7, 1, 1.4]", "[1, 2]"), results)).isPositive();
    assertThat(cells(results)).containsAll(before);
    assertThat(path("narrowed/_staging")).doesNotExist();
  }

  @Test
  void aSweepThatOnlyTrainsMayMeasureLaterWithoutTrainingAgain() throws IOException {
    ResultsFolder results = at("trained");
    String yaml = YAML.replace("depth: [1, 4]", "depth: 1").replace("width: 32", "width: 8");
    run(yaml + "probes: []\n", results);
    String tasks = "select task, count(*) as cells, sum(replicates) as n from cells group by task";
    assertThat(lines(results, tasks)).containsExactly("training|2|2|");

    assertThat(run(yaml + "probes: signal\n", results)).isEqualTo(2 * 3 * 2 * 2 * 4);
  }

  @Test
  void cellsOfAnEarlierVersionAreMadeAnewFromTheirReplicates() throws IOException {
    ResultsFolder results = at("earlier");
    String yaml =
        "{name: earlier, replicates: 2, network: {activation: tanh, depth: 2, width: 16}}";
    run(yaml, results);
    List<String> before = cells(results);
    String entry = String.format("%06d.json", results.manifest().size());
    Path file = path("earlier/manifest/" + entry);
    String json = Files.readString(file);
    String version = "\"schema_version\" : ";
    Files.writeString(file, json.replace(version + Tables.SCHEMA_VERSION, version + 1));

    ResultsFolder outdated = at("earlier");
    assertThatThrownBy(() -> cells(outdated))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("run the sweep again");
    assertThat(run(yaml, outdated)).isZero();
    assertThat(cells(outdated)).isEqualTo(before);
  }
}
