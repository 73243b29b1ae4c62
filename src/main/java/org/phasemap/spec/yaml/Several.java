package org.phasemap.spec.yaml;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One value or a list of values, none of them twice. */
public record Several<T>(Type<T> element) implements Type<List<T>> {
  @Override
  public String shape() {
    return element.shape() + " or list";
  }

  @Override
  public String allowed() {
    return element.allowed();
  }

  @Override
  public Map<String, Object> schema() {
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("type", "array");
    list.put("items", element.schema());
    list.put("minItems", 1);
    list.put("uniqueItems", true);
    return Map.of("anyOf", List.of(element.schema(), list));
  }

  @Override
  public List<T> read(Place place) {
    if (!(place.node() instanceof Node.Sequence list)) {
      return List.of(element.read(place));
    }
    if (list.items().isEmpty()) {
      throw place.wrong("[] is empty; allowed: one or more of " + allowed());
    }
    if (list.items().size() > place.rules().maxPoints()) {
      throw place.tooMany();
    }
    Set<T> values = new LinkedHashSet<>();
    for (int i = 0; i < list.items().size(); i++) {
      Place item = place.item(list, i);
      if (!values.add(element.read(item))) {
        throw item.wrong(item.node().shown() + " is given twice; allowed: each value once");
      }
    }
    return List.copyOf(values);
  }
}
