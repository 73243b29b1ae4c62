package org.phasemap.chart.dashboard;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.phasemap.chart.explore.CellMap;
import org.phasemap.chart.explore.Compared;
import org.phasemap.chart.explore.Drawn;
import org.phasemap.chart.explore.Exploration;
import org.phasemap.chart.explore.Overview;
import org.phasemap.chart.explore.View;
import org.phasemap.query.NamedQuery;
import org.phasemap.query.Query;

/** What stands below {@code /api}. */
final class Api {
  private static final Pattern CELL = Pattern.compile("[0-9a-f]{16}");

  private final Sweeps sweeps;
  private final Answers answers;

  Api(Sweeps sweeps, Answers answers) {
    this.sweeps = sweeps;
    this.answers = answers;
  }

  /** A chart, and of which state of the sweep it is. */
  private record Of(int revision, boolean provisional, @JsonUnwrapped Object chart) {}

  /** Draws from the tables of a sweep. */
  @FunctionalInterface
  private interface Work {
    Object draw(Query query, OpenTables tables);
  }

  /**
   * Answers a request.
   *
   * @param path below {@code /api}, decoded
   */
  Answer answer(List<String> path, Parameters parameters, String known) {
    if (path.equals(List.of("sweeps"))) {
      parameters.checkAllTaken();
      return Answer.of(Json.TYPE, Json.bytes(sweeps.summaries())).with("Cache-Control", "no-store");
    }
    if (path.equals(List.of("queries"))) {
      parameters.checkAllTaken();
      return Answer.of(Json.TYPE, Json.bytes(NamedQuery.all()));
    }
    if (path.equals(List.of("compare"))) {
      return compared(parameters, known);
    }
    if (path.size() < 2 || !path.get(0).equals("s")) {
      throw nothing();
    }
    return answers.of(
        List.of(sweeps.tables(path.get(1))),
        path.subList(2, path.size()) + "\n" + parameters,
        known,
        tables -> drawn(path.get(1), tables.get(0), path.subList(2, path.size()), parameters));
  }

  private static Refused nothing() {
    return new Refused(404, "There is no such address.");
  }

  private Answer drawn(String id, OpenTables tables, List<String> path, Parameters parameters) {
    if (path.isEmpty()) {
      return json(tables, (query, of) -> overview(query, of, parameters));
    }
    String name = path.get(0);
    if (name.equals("cell") && path.size() == 2) {
      parameters.checkAllTaken();
      return json(
          tables,
          (query, of) ->
              found(of.exploration().cell(query, cell(path.get(1))))
                  .with(Sentence::withoutFolders));
    }
    if (name.equals("replicates") && path.size() == 2) {
      Asked asked = new Asked(tables.exploration(), parameters);
      Drawn drawn = asked.quantity();
      parameters.checkAllTaken();
      if (drawn.equals(Drawn.TRAINED)) {
        throw Refused.parameter("quantity", drawn.id(), "a quantity of single networks");
      }
      return json(
          tables,
          (query, of) -> found(of.exploration().replicates(query, drawn, cell(path.get(1)))));
    }
    if (path.equals(List.of("export"))) {
      return exported(id, tables, parameters);
    }
    ChartKind kind =
        ChartKind.all().stream()
            .filter(chart -> path.equals(List.of(chart.id())))
            .findFirst()
            .orElseThrow(Api::nothing);
    return json(
        tables, (query, of) -> kind.draw(query, new Asked(of.exploration(), parameters)).chart());
  }

  private static Answer exported(String id, OpenTables tables, Parameters parameters) {
    Export format = parameters.choice("format", Export.CSV, List.of(Export.values()), Export::id);
    List<ChartKind> kinds = ChartKind.all().stream().filter(k -> k != ChartKind.LINES).toList();
    ChartKind kind = parameters.choice("chart", ChartKind.MAP, kinds, ChartKind::id);
    try (Query query = tables.session()) {
      return format.answer(
          id + "-" + kind.id(),
          kind.draw(query, new Asked(tables.exploration(), parameters)).table());
    }
  }

  private Answer compared(Parameters parameters, String known) {
    String a = parameters.take("a").orElse("");
    String b = parameters.take("b").orElse("");
    OpenTables first = sweeps.tables(a);
    OpenTables second;
    try {
      second = sweeps.tables(b);
    } catch (RuntimeException e) {
      first.release();
      throw e;
    }
    return answers.of(
        List.of(first, second),
        "compare\n" + parameters,
        known,
        tables -> {
          CellMap of = map(tables.get(0), parameters, Map.of());
          Compared compared = Exploration.compare(of, map(tables.get(1), parameters, of.at()));
          return Answer.of(
              Json.TYPE,
              Json.bytes(
                  new Of(
                      tables.get(0).revision(),
                      tables.get(0).isProvisional() || tables.get(1).isProvisional(),
                      compared)));
        });
  }

  /** Of the cells that stand at some places, too. */
  private static CellMap map(OpenTables tables, Parameters parameters, Map<String, Object> at) {
    try (Query query = tables.session()) {
      Asked asked = new Asked(tables.exploration(), parameters).at(at);
      return ChartKind.map(query, asked, View.MEAN);
    }
  }

  private static Overview overview(Query query, OpenTables tables, Parameters parameters) {
    Asked asked = new Asked(tables.exploration(), parameters);
    parameters.checkAllTaken();
    return tables.exploration().overview(query, asked.task()).with(Sentence::withoutFolders);
  }

  private static String cell(String id) {
    if (!CELL.matcher(id).matches()) {
      throw Refused.parameter("cell", id, "16 hexadecimal digits");
    }
    return id;
  }

  private static <T> T found(Optional<T> chart) {
    return chart.orElseThrow(() -> new Refused(404, "The sweep has no cell of that id."));
  }

  private static Answer json(OpenTables tables, Work work) {
    try (Query query = tables.session()) {
      Object chart = work.draw(query, tables);
      return Answer.of(
          Json.TYPE, Json.bytes(new Of(tables.revision(), tables.isProvisional(), chart)));
    }
  }
}
