package org.phasemap.spec.file;

import java.util.List;
import java.util.Map;
import org.phasemap.spec.yaml.Choice;
import org.phasemap.spec.yaml.Fields;
import org.phasemap.spec.yaml.Node;
import org.phasemap.spec.yaml.Place;
import org.phasemap.spec.yaml.Section;
import org.phasemap.spec.yaml.Type;

/** The name of a data set, or a section that says where it comes from. */
record DataType(Choice<DataFormat.DataKind> kind, Fields section) implements Type<Section> {
  @Override
  public String shape() {
    return "name or section";
  }

  @Override
  public String allowed() {
    return kind.allowed() + ", or " + section.allowed();
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("anyOf", List.of(kind.schema(), section.schema()));
  }

  @Override
  public Section read(Place place) {
    if (place.node() instanceof Node.Mapping) {
      return section.read(place);
    }
    if (!(place.node() instanceof Node.Scalar scalar)) {
      throw place.wrongKind(allowed());
    }
    kind.read(place);
    Node.Entry entry = new Node.Entry(scalar.origin(), scalar);
    Node named = Node.Mapping.of(scalar.origin(), Map.of(DataFormat.DATA_KIND.key(), entry));
    return section.read(new Place(place.path(), named, place.rules()));
  }
}
