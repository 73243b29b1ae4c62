package org.phasemap.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.phasemap.analysis.CellErrors;
import org.phasemap.query.Query;

/** Everything that the page shows, as one JSON object. */
final class ReportJson {
  private ReportJson() {}

  /** The object's text. It may hold any character: {@link Page} makes it safe inside HTML. */
  static String of(Query query, SweepInfo sweep) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new ObjectMapper().createGenerator(text)) {
      ShownCells shown = ShownCells.of(query, ShownCells.MOST);
      Conventions conventions = new Conventions(query, sweep.provenance());
      Map<String, String> entries = conventions.entries();
      shown.note().ifPresent(note -> entries.put("Shown", note));
      json.writeStartObject();
      json.writeStringField("sweep", sweep.name());
      json.writeStringField("caption", conventions.caption());
      json.writeStringField("errors", conventions.errors());
      pairs(json, "conventions", entries);
      pairs(json, "provenance", sweep.provenance());
      json.writeStringField("spec", sweep.specYaml());
      json.writeFieldName("cells");
      List<String> cellIds = CellColumns.write(json, query, shown);
      json.writeFieldName("critical");
      CriticalPoints.write(json, query);
      json.writeFieldName("boundaries");
      Boundaries.write(json, query);
      json.writeFieldName("trained");
      TrainedMaps.write(json, query, CellErrors.of(sweep.provenance()));
      json.writeFieldName("profiles");
      Profiles.write(json, query, cellIds, shown);
      json.writeFieldName("curves");
      LossCurves.write(json, query, cellIds);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void pairs(JsonGenerator json, String name, Map<String, String> entries)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Map.Entry<String, String> entry : entries.entrySet()) {
      json.writeStartArray();
      json.writeString(entry.getKey());
      json.writeString(entry.getValue());
      json.writeEndArray();
    }
    json.writeEndArray();
  }
}
