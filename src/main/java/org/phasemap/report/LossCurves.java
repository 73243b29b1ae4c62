package org.phasemap.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/** The loss curves of every trained network, by cell. */
final class LossCurves {
  private static final int DIGITS = 4;

  private LossCurves() {}

  /** Writes an object with an array of curves for each position that has any. */
  static void write(JsonGenerator json, Query query, List<String> cellIds) throws IOException {
    Map<String, Integer> positions = new HashMap<>();
    for (int i = 0; i < cellIds.size(); i++) {
      positions.put(cellIds.get(i), i);
    }
    Rows rows =
        query.rows(
            "select cell_id, replicate, category, curve_step, curve_loss from replicates"
                + " where task = 'training' and status = 'measured' order by cell_id, replicate");
    json.writeStartObject();
    String open = "";
    for (Rows.Row row : rows) {
      String id = row.text("cell_id");
      if (!positions.containsKey(id)) {
        continue;
      }
      if (!id.equals(open)) {
        if (!open.isEmpty()) {
          json.writeEndArray();
        }
        json.writeArrayFieldStart(String.valueOf(positions.get(id)));
        open = id;
      }
      json.writeStartObject();
      json.writeNumberField("r", row.whole("replicate"));
      json.writeStringField("category", row.text("category"));
      Numbers.write(json, "step", row.numbers("curve_step"), 9);
      Numbers.write(json, "loss", row.numbers("curve_loss"), DIGITS);
      json.writeEndObject();
    }
    if (!open.isEmpty()) {
      json.writeEndArray();
    }
    json.writeEndObject();
  }
}
