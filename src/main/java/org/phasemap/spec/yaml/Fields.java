package org.phasemap.spec.yaml;

import java.util.ArrayList;
import java.util.List;

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
  public Section read(Place place) {
    if (!(place.node() instanceof Node.Mapping mapping)) {
      throw place.wrongKind(allowed());
    }
    return new Section(place, mapping, fields);
  }
}
