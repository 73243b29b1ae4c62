package org.phasemap.spec.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers by name, one or more. */
public record Named<T>(Choice<T> names, Type<Double> element) implements Type<Map<T, Double>> {
  @Override
  public String shape() {
    return "section";
  }

  @Override
  public String allowed() {
    return element.allowed() + ", for one or more of " + names.allowed();
  }

  @Override
  public Map<String, Object> schema() {
    Map<String, Object> numbers = new LinkedHashMap<>();
    names.names().forEach(name -> numbers.put(name, element.schema()));
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", numbers);
    schema.put("additionalProperties", false);
    schema.put("minProperties", 1);
    return schema;
  }

  @Override
  public Map<T, Double> read(Place place) {
    if (!(place.node() instanceof Node.Mapping mapping)) {
      throw place.wrongKind(allowed());
    }
    if (mapping.entries().isEmpty()) {
      throw place.wrong("{} is empty; allowed: " + allowed());
    }
    List<Field<?>> fields = new ArrayList<>();
    names.names().forEach(name -> fields.add(Field.optional(name, element, "", "", "")));
    Section section = new Section(place, mapping, fields);
    Map<T, Double> numbers = new LinkedHashMap<>();
    for (String name : mapping.entries().keySet()) {
      numbers.put(names.parse().apply(name), element.read(section.place().named(name)));
    }
    return numbers;
  }
}
