package org.phasemap.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The notebook's cells run, one after the other. Where Python has no polars, which reads Parquet, a
 * stand-in gives it the table as DuckDB reads it: what is tested then is all but that one call.
 */
class NotebookTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path NOTEBOOK = Path.of("dashboards/notebook/sweep.ipynb");

  private static final String STAND_IN =
      """
      import json, os


      class Frame:
          def __init__(self, columns):
              self.columns = columns

          def to_dict(self, as_series):
              return self.columns


      def read_parquet(files, columns):
          assert files and all(os.path.exists(file) for file in files), files
          with open(os.environ["PHASEMAP_TABLE"]) as table:
              whole = json.load(table)
          return Frame({name: whole[name] for name in columns})
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void cellsOfTheNotebookDrawThePhaseDiagramOfASweep() throws Exception {
    String python = pythonThatDraws();
    Path results = folder.resolve("results");
    Path tables = Files.createDirectory(folder.resolve("tables"));
    Map<String, List<String>> files = SyntheticSweep.write(tables);
    SweepFolder.write(results, files);
    Path table = folder.resolve("cells.json");
    JSON.writeValue(table.toFile(), cells(files));
    Path library = Files.createDirectory(folder.resolve("library"));
    if (run(python, Map.of(), "import polars").status != 0) {
      Files.writeString(library.resolve("polars.py"), STAND_IN);
    }
    Path figure = folder.resolve("figure.pdf");
    Map<String, String> environment =
        Map.of(
            "PHASEMAP_RESULTS", results.toString(),
            "PHASEMAP_TABLE", table.toString(),
            "PHASEMAP_FIGURE", figure.toString(),
            "PYTHONPATH", library.toString(),
            "MPLCONFIGDIR", folder.toString());

    Ran ran =
        run(
            python,
            environment,
            code() + "\nprint(len(rows), activation, len(x), len(y), norm(0))");

    assertThat(ran.status).as(ran.output).isZero();
    assertThat(ran.output).contains("1350 tanh 25 9 0.5");
    assertThat(Files.readAllBytes(figure)).startsWith("%PDF".getBytes(StandardCharsets.UTF_8));
  }

  private static String code() throws Exception {
    JsonNode notebook = JSON.readTree(NOTEBOOK.toFile());
    assertThat(notebook.get("nbformat").asInt()).isEqualTo(4);
    StringBuilder code = new StringBuilder();
    for (JsonNode cell : notebook.get("cells")) {
      assertThat(cell.path("id").isTextual()).isTrue();
      if (cell.get("cell_type").asText().equals("code")) {
        assertThat(cell.get("outputs")).isEmpty();
        cell.get("source").forEach(line -> code.append(line.asText()));
        code.append('\n');
      }
    }
    return code.toString();
  }

  private static Map<String, List<Object>> cells(Map<String, List<String>> files) throws Exception {
    Map<String, List<Object>> columns = new LinkedHashMap<>();
    try (Query query = Query.over(files)) {
      Rows rows =
          query.rows(
              "select task, activation, depth, sigma_w2, keep_probability, width,"
                  + " ln_gradient_gain_mean, theory_ln_gradient_gain from cells");
      for (int i = 0; i < rows.columns().size(); i++) {
        List<Object> values = new ArrayList<>();
        for (Rows.Row row : rows) {
          values.add(row.at(i));
        }
        columns.put(rows.columns().get(i), values);
      }
    }
    return columns;
  }

  private static String pythonThatDraws() throws Exception {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    for (String folder : Arrays.asList(path.split(File.pathSeparator))) {
      Path python = Path.of(folder, "python3");
      if (Files.isExecutable(python)
          && run(python.toString(), Map.of(), "import matplotlib").status == 0) {
        return python.toString();
      }
    }
    return abort("no python3 with matplotlib on the PATH (Debian: python3-matplotlib)");
  }

  private record Ran(int status, String output) {}

  private static Ran run(String python, Map<String, String> environment, String code)
      throws Exception {
    ProcessBuilder builder = new ProcessBuilder(python, "-").redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try (var in = process.getOutputStream()) {
      in.write(code.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return new Ran(-1, "took longer than a minute: " + output);
    }
    return new Ran(process.exitValue(), output);
  }
}
