package org.phasemap.spec.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of a section. */
public record Fields(List<Field<?>> fields) implements Type<Section> {
  @Override
  public String shape() {
    return "section";
  }

  @Override
  public String allowed() {
    List<String> names = new ArrayList<>();
    fields.forEach(f -> names.add(f.key()));
    return "fields " + String.join(", ", names);
  }

  @Override
  public Map<String, Object> schema() {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Field<?> field : fields) {
      Map<String, Object> schema = new LinkedHashMap<>();
      schema.put(
          "description",
          field.meaning() + " (default: " + field.whenAbsent().replace("`", "") + ")");
      schema.putAll(field.type().schema());
      properties.put(field.key(), schema);
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put(
        "required",
        fields.stream()
            .filter(field -> field.defaultYaml() == null && !field.isOptional())
            .map(Field::key)
            .toList());
    schema.put("additionalProperties", false);
    return schema;
  }

  @Override
  public Section read(Place place) {
    if (!(place.node() instanceof Node.Mapping mapping)) {
      throw place.wrongKind(allowed());
    }
    return new Section(place, mapping, fields);
  }
}
