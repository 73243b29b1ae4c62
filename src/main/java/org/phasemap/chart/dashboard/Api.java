package org.phasemap.chart.dashboard;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.phasemap.chart.explore.Drawn;
import org.phasemap.chart.explore.Overview;
import org.phasemap.network.UserException;
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
    if (path.size() < 2 || !path.get(0).equals("s")) {
      throw new Refused(404, "There is no such address.");
    }
    return answers.of(
        sweeps.tables(path.get(1)), path.subList(2, path.size()), parameters, known, this::drawn);
  }

  private Answer drawn(OpenTables tables, List<String> path, Parameters parameters) {
    if (path.isEmpty()) {
      return json(tables, (query, of) -> overview(query, of, parameters));
    }
    String name = path.get(0);
    if (name.equals("cell") && path.size() == 2) {
      parameters.checkAllTaken();
      return json(
          tables, (query, of) -> found(of.exploration().cell(query, cell(path.get(1)))));
    }
    if (name.equals("replicates") && path.size() == 2) {
      Asked asked = new Asked(tables.exploration(), parameters);
      Drawn drawn = asked.quantity();
      parameters.checkAllTaken();
      return json(
          tables,
          (query, of) -> found(of.exploration().replicates(query, drawn, cell(path.get(1)))));
    }
    if (path.size() == 1) {
      for (ChartKind kind : ChartKind.all()) {
        if (kind.id().equals(name)) {
          return json(
              tables,
              (query, of) -> {
                Asked asked = new Asked(of.exploration(), parameters);
                return kind.draw(query, asked).chart();
              });
        }
      }
    }
    throw new Refused(404, "There is no such address.");
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

  private static Object found(Optional<?> chart) {
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
