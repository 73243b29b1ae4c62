package org.phasemap.spec.file;

import java.util.LinkedHashMap;
import java.util.Map;
import org.phasemap.spec.yaml.Field;

/**
 * The format of specs as JSON Schema, by which editors complete fields and mark mistakes. It allows
 * all that reading allows; what depends on several fields at once it does not find.
 */
final class SpecSchema {
  private SpecSchema() {}

  /** The schema, of draft 7, which the YAML language server knows. */
  static Map<String, Object> of() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "http://json-schema.org/draft-07/schema#");
    schema.put("title", "A spec of PhaseMap: what a sweep measures");
    schema.putAll(SpecFormat.ROOT.schema());
    // What a training grid leaves out, it has from the main grid.
    Map<String, Object> network =
        section(SpecFormat.TRAINING_NETWORK, section(SpecFormat.TRAINING, schema));
    network.remove("required");
    return schema;
  }

  /** The schema of a section within another one; all sections are made anew, and may be changed. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> section(Field<?> field, Map<String, Object> schema) {
    Map<String, Object> properties =
        (Map<String, Object>) schema.getOrDefault("properties", Map.of());
    return (Map<String, Object>) properties.getOrDefault(field.key(), Map.of());
  }
}
