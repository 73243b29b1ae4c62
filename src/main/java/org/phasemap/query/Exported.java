package org.phasemap.query;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.phasemap.store.table.Described;

/**
 * What an exported file says of itself.
 *
 * @param sweep whose rows it has
 * @param table which of its tables
 * @param provenance what made it
 * @param columns that it has, in their order
 */
record Exported(
    String sweep, String table, Map<String, String> provenance, List<Described> columns) {
  /** All of it. */
  String json() {
    return new ObjectMapper().valueToTree(this).toString();
  }

  /** Labels and units by column, as pandas keeps attributes of a frame. */
  String pandasAttributes() {
    Map<String, Map<String, String>> attributes = new LinkedHashMap<>();
    attributes.put("labels", by(Described::label));
    attributes.put("units", by(Described::unit));
    return new ObjectMapper().valueToTree(attributes).toString();
  }

  private Map<String, String> by(Function<Described, String> words) {
    Map<String, String> by = new LinkedHashMap<>();
    columns.forEach(column -> by.put(column.name(), words.apply(column)));
    return by;
  }
}
