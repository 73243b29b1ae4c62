package org.phasemap.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The dashboards for Superset and Grafana: their queries are those of {@code dashboards/sql}, and
 * run; columns and references that they name exist.
 */
class ImportedDashboardsTest {
  private static final Path DASHBOARDS = Path.of("dashboards");
  private static final Path SUPERSET = DASHBOARDS.resolve("superset");

  @TempDir private static Path folder = Path.of("");

  /** The columns of each named query. */
  private static final Map<String, List<String>> COLUMNS = new LinkedHashMap<>();

  @BeforeAll
  static void runNamedQueries() throws Exception {
    try (Query query = Query.over(SyntheticSweep.write(folder))) {
      for (Path file : files(DASHBOARDS.resolve("sql"), ".sql")) {
        COLUMNS.put(stem(file), query.rows(Files.readString(file)).columns());
      }
    }
    assertThat(COLUMNS).isNotEmpty();
  }

  @Test
  void datasetsAreTheNamedQueriesWithTheirColumns() {
    List<Path> datasets = files(SUPERSET.resolve("datasets/PhaseMap"), ".yaml");
    assertThat(datasets)
        .extracting(ImportedDashboardsTest::stem)
        .hasSameElementsAs(COLUMNS.keySet());
    for (Path file : datasets) {
      Map<String, Object> dataset = yaml(file);
      assertThat(text(dataset, "sql").strip()).as(file.toString()).isEqualTo(sql(stem(file)));
      assertThat(list(dataset, "columns"))
          .as(file.toString())
          .extracting(column -> String.valueOf(((Map<?, ?>) column).get("column_name")))
          .containsExactlyElementsOf(COLUMNS.getOrDefault(stem(file), List.of()));
      assertThat(dataset)
          .containsEntry("database_uuid", uuid(SUPERSET.resolve("databases/phasemap.yaml")));
    }
  }

  @Test
  void chartsNameColumnsOfTheirDatasetsAndThePageNamesCharts() {
    List<String> charts = new ArrayList<>();
    for (Path file : files(SUPERSET.resolve("charts"), ".yaml")) {
      Map<String, Object> chart = yaml(file);
      charts.add(text(chart, "uuid"));
      Path dataset = SUPERSET.resolve("datasets/PhaseMap/" + stem(file) + ".yaml");
      assertThat(chart).containsEntry("dataset_uuid", uuid(dataset));
      assertThat(COLUMNS.get(stem(file)))
          .as(file.toString())
          .containsAll(named(map(chart, "params")));
    }
    Map<?, ?> position = map(yaml(SUPERSET.resolve("dashboards/phasemap.yaml")), "position");
    List<String> placed = new ArrayList<>();
    for (Object part : position.values()) {
      if (part instanceof Map<?, ?> place) {
        if (place.get("children") instanceof List<?> children) {
          assertThat(children).allMatch(position::containsKey);
        }
        if (place.get("meta") instanceof Map<?, ?> meta && meta.containsKey("uuid")) {
          placed.add(String.valueOf(meta.get("uuid")));
        }
      }
    }
    assertThat(placed).hasSameElementsAs(charts);
  }

  /** The columns that a chart asks for. */
  private static List<String> named(Map<?, ?> params) {
    List<String> named = new ArrayList<>();
    for (String key : List.of("x_axis", "groupby")) {
      if (params.containsKey(key)) {
        named.add(String.valueOf(params.get(key)));
      }
    }
    if (params.get("all_columns") instanceof List<?> all) {
      all.forEach(column -> named.add(String.valueOf(column)));
    }
    if (params.get("metric") instanceof Map<?, ?> metric) {
      named.add(String.valueOf(map(metric, "column").get("column_name")));
    }
    assertThat(named).isNotEmpty();
    return named;
  }

  @Test
  void grafanasPanelsRunTheNamedQueriesAndNameTheirColumns() throws Exception {
    JsonNode page =
        new ObjectMapper().readTree(DASHBOARDS.resolve("grafana/phasemap.json").toFile());
    List<String> shown = new ArrayList<>();
    for (JsonNode panel : page.get("panels")) {
      String asked = panel.at("/targets/0/rawSql").asText().strip();
      String name =
          COLUMNS.keySet().stream().filter(n -> sql(n).equals(asked)).findFirst().orElse("");
      assertThat(name).as(panel.get("title").asText()).isNotEmpty();
      shown.add(name);
      JsonNode options = panel.path("options");
      List<JsonNode> columns =
          Stream.concat(
                  Stream.of(options.path("xField")),
                  StreamSupport.stream(options.path("series").spliterator(), false)
                      .flatMap(
                          series ->
                              Stream.of(
                                  series.at("/x/matcher/options"),
                                  series.at("/y/matcher/options"))))
              .filter(JsonNode::isTextual)
              .toList();
      assertThat(COLUMNS.get(name)).containsAll(columns.stream().map(JsonNode::asText).toList());
    }
    assertThat(shown).containsExactlyInAnyOrderElementsOf(COLUMNS.keySet());
  }

  private static List<Path> files(Path folder, String ending) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String stem(Path file) {
    return String.valueOf(file.getFileName()).replaceAll("\\.\\w+$", "");
  }

  private static String sql(String name) {
    try {
      return Files.readString(DASHBOARDS.resolve("sql/" + name + ".sql")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> yaml(Path file) {
    try {
      return (Map<String, Object>)
          new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Map<String, Object> map, String key) {
    return String.valueOf(map.get(key));
  }

  private static Map<?, ?> map(Map<?, ?> of, String key) {
    return (Map<?, ?>) Objects.requireNonNull(of.get(key));
  }

  private static String uuid(Path file) {
    return text(yaml(file), "uuid");
  }

  private static List<?> list(Map<String, Object> map, String key) {
    return (List<?>) map.getOrDefault(key, List.of());
  }
}
