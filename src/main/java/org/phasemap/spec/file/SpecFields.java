package org.phasemap.spec.file;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.phasemap.network.UserException;
import org.phasemap.spec.Spec;
import org.phasemap.spec.yaml.Node;
import org.phasemap.spec.yaml.Yaml;

/** The fields of resolved specs as text, whatever version wrote them. */
public final class SpecFields {
  private SpecFields() {}

  /** The values by the paths of their fields, in their order. */
  public static Map<String, String> of(Spec spec) {
    return of(SpecWriter.toYaml(spec), "spec.yaml");
  }

  /**
   * The values by the paths of their fields, in their order.
   *
   * @param label names the text in messages
   * @throws UserException where the text is no YAML
   */
  public static Map<String, String> of(String yaml, String label) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (Yaml.read(yaml, line -> label + ":" + line) instanceof Node.Mapping root) {
      add(root, "", fields);
    }
    return fields;
  }

  private static void add(Node.Mapping section, String prefix, Map<String, String> fields) {
    section
        .entries()
        .forEach(
            (key, entry) -> {
              if (entry.value() instanceof Node.Mapping below) {
                add(below, prefix + key + ".", fields);
              } else {
                fields.put(prefix + key, text(entry.value()));
              }
            });
  }

  private static String text(Node value) {
    if (value instanceof Node.Sequence list) {
      return list.items().stream()
          .map(SpecFields::text)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (!(value instanceof Node.Scalar scalar)) {
      return value.shown();
    }
    return scalar.scalarKind() == Node.Kind.QUOTED ? "'" + scalar.text() + "'" : scalar.text();
  }

  /**
   * Whether a field says how much is measured, and not what: such fields may change between two
   * runs of a sweep.
   */
  public static boolean mayChange(String path) {
    return SpecFormat.sections().entrySet().stream()
        .anyMatch(
            section ->
                section.getValue().stream()
                    .filter(field -> field.amount())
                    .map(
                        field ->
                            section.getKey().isEmpty()
                                ? field.key()
                                : section.getKey() + "." + field.key())
                    .anyMatch(free -> path.equals(free) || path.startsWith(free + ".")));
  }
}
