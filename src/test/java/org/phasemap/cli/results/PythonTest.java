package org.phasemap.cli.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.cli.Ran;
import org.phasemap.network.UserException;
import org.phasemap.store.HostileFolder;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.S3Server;
import org.phasemap.store.S3Server.IfNoneMatch;
import org.phasemap.store.table.Tables;

/** What dashboards/python/phasemap.py reads is what this program reads. */
class PythonTest {
  private static final Path SCHEMAS = Path.of("src/test/resources/org/phasemap/cli/schema");
  private static final int HOSTILE = Math.max(12, Integer.getInteger("phasemap.fuzz", 0));

  @TempDir private Path folder = Path.of("");

  private static List<String> versions() throws IOException {
    try (Stream<Path> kept = Files.list(SCHEMAS)) {
      return kept.filter(Files::isDirectory).sorted().map(Path::toString).toList();
    }
  }

  /** Those that a killed run, a disk or somebody else has changed are among them. */
  @Test
  void itFollowsTheManifestAsThisProgramDoes() throws IOException, InterruptedException {
    Python python = Python.that("import json", folder);
    List<String> folders = new ArrayList<>(versions());
    folders.addAll(ManifestCases.in(folder));
    Map<String, byte[]> whole = HostileFolder.kept();
    for (int seed = 0; seed < HOSTILE; seed++) {
      folders.add(
          HostileFolder.in(folder.resolve("hostile-" + seed), whole, seed).folder().toString());
    }
    List<String> said = python.script(folder, "files.py", folders).lines().toList();

    assertThat(said).hasSameSizeAs(folders);
    for (int i = 0; i < folders.size(); i++) {
      JsonNode found = new ObjectMapper().readTree(said.get(i));
      for (String table : List.of(Tables.REPLICATES, Tables.CELLS)) {
        List<String> theirs = new ArrayList<>();
        found.get(table).forEach(file -> theirs.add(file.asText()));
        List<String> ours = files(folders.get(i), table);
        if (ours.stream().anyMatch(file -> file.startsWith("refused"))) {
          assertThat(theirs)
              .as("%s: %s: %s", folders.get(i), table, ours)
              .first()
              .asString()
              .startsWith("refused");
        } else {
          assertThat(theirs).as("%s: %s", folders.get(i), table).isEqualTo(ours);
        }
      }
    }
  }

  private static List<String> files(String results, String table) {
    try {
      return ResultsFolder.open(results).files(table);
    } catch (UserException e) {
      return List.of("refused: " + e.getMessage());
    }
  }

  /** The frames' library, and what reads Parquet for it; CI's machine has none of these. */
  @ParameterizedTest
  @ValueSource(strings = {"pandas+pyarrow", "pandas+polars", "pandas+fastparquet", "polars"})
  void itReadsEveryReleasedSchemaAsItsProgramPrintedIt(String libraries)
      throws IOException, InterruptedException {
    Python python = Python.that("import " + libraries.replace('+', ','), folder);
    List<String> arguments = new ArrayList<>(List.of(libraries));
    arguments.addAll(versions());

    assertThat(python.script(folder, "tables.py", arguments).lines()).hasSize(versions().size());
  }

  /** By what knows S3: pyarrow itself, and s3fs, which comes first where both are installed. */
  @ParameterizedTest
  @ValueSource(strings = {"pyarrow", "s3fs"})
  void itReadsFromS3WhatIsHere(String library) throws IOException, InterruptedException {
    Python python = Python.that("import pandas, pyarrow.fs, " + library, folder);
    try (S3Server server = new S3Server(IfNoneMatch.HONOURED)) {
      for (Map.Entry<String, byte[]> file : HostileFolder.kept().entrySet()) {
        server.overwrite("bucket/sweeps/kept/" + file.getKey(), file.getValue());
      }
      String endpoint = server.properties().get("fs.s3a.endpoint");
      assertReadsTheSame(
          python, library, "s3a://bucket/sweeps/kept", "AWS_ENDPOINT_URL=" + endpoint);
    }
  }

  /** The way of all its file systems, s3fs among them. */
  @Test
  void fsspecReadsWhatIsHere() throws IOException, InterruptedException {
    Python python = Python.that("import pandas, fsspec, fastparquet", folder);
    assertReadsTheSame(
        python, "fsspec", "local://" + HostileFolder.KEPT.toAbsolutePath(), "UNUSED=");
  }

  private void assertReadsTheSame(Python python, String library, String url, String setting)
      throws IOException, InterruptedException {
    List<String> arguments = List.of(HostileFolder.KEPT.toString(), url, setting, library);
    assertThat(python.script(folder, "stores.py", arguments).lines())
        .containsExactly("same", url + "/none: not a results folder (it has no spec.yaml)");
  }

  /** Debian has pandas and nothing that reads Parquet: so CI does. */
  @Test
  void itReadsTheExportOfEveryReleasedSchema() throws IOException, InterruptedException {
    Python python = Python.that("import pandas", folder);
    List<String> arguments = new ArrayList<>();
    for (String version : versions()) {
      // The cells of the first version meant something else.
      String table = version.endsWith("schema-1") ? Tables.REPLICATES : Tables.CELLS;
      Path csv = folder.resolve(Path.of(version).getFileName() + ".csv");
      Ran ran = Ran.of("export", version, csv.toString(), "--table", table);
      assertThat(ran.exitCode()).as(ran.err()).isZero();
      String printed = Path.of(version, table + ".csv").toAbsolutePath().toString();
      arguments.add(printed + "=" + csv + "=" + table);
    }
    assertThat(python.script(folder, "exports.py", arguments).lines()).hasSameSizeAs(arguments);
  }

  @Test
  void anExportNeedsPandasAlone() throws IOException, InterruptedException {
    Python python = Python.that("import pandas", folder);
    Path csv = folder.resolve("cells.csv");
    assertThat(Ran.of("export", HostileFolder.KEPT.toString(), csv.toString()).exitCode()).isZero();

    List<String> lines = python.script(folder, "grid.py", List.of(csv.toString())).lines().toList();
    assertThat(lines.subList(0, 4)).isEqualTo(expectedGrid());
    assertThat(lines.subList(4, lines.size()))
        .containsExactly(
            "depth L nat True",
            "several cells at one point",
            "no cell has activation=nonsense, keep_probability=1");
  }

  /** As SQL finds it. */
  private static List<String> expectedGrid() {
    String sql =
        "select string_agg(ln_gradient_gain_mean::varchar, ' ' order by sigma_multiplier) as v"
            + " from cells where task = 'propagation' and activation = 'tanh'"
            + " and keep_probability = 0.5 group by depth order by depth";
    Ran ran = Ran.of("query", HostileFolder.KEPT.toString(), sql, "--format", "csv");
    List<String> lines = new ArrayList<>(List.of("1.0 1.5", "2 4"));
    lines.addAll(ran.out().lines().skip(1).toList());
    return lines;
  }

  /** Theory's line is that of the cells that are drawn; trained ones have none. */
  @Test
  void itDrawsMapsOfMeasuredAndOfTrainedNetworks() throws IOException, InterruptedException {
    Python python = Python.that("import pandas, matplotlib", folder);
    String csv = folder.resolve("cells.csv").toString();
    assertThat(Ran.of("export", HostileFolder.KEPT.toString(), csv).exitCode()).isZero();

    assertThat(python.script(folder, "maps.py", List.of(csv)).lines())
        .containsExactly("ln_gradient_gain 4 line", "p_trained 4 no line");
  }

  @Test
  void theNotebookRuns() throws IOException, InterruptedException {
    Python python = Python.that("import pandas", folder);
    String csv = folder.resolve("cells.csv").toString();
    assertThat(Ran.of("export", HostileFolder.KEPT.toString(), csv).exitCode()).isZero();
    Path notebook = Path.of("dashboards/notebook/quickstart.ipynb").toAbsolutePath();

    Python.Said said =
        python.run(
            folder,
            List.of(
                Python.SCRIPTS.resolve("notebook.py").toAbsolutePath().toString(),
                notebook.toString()));
    assertThat(said.exitCode()).as(said.text()).isZero();
    assertThat(said.text()).contains("depth L", "cells have a z");
  }
}
