package org.phasemap.spec;

import java.util.Map;

/** The name of a data set, or a section that says where it comes from. */
record DataType(Type.Choice<DataFields.DataKind> kind, Type.Fields section)
    implements Type<Section> {
  @Override
  public String shape() {
    return "name or section";
  }

  @Override
  public String allowed() {
    return kind.allowed() + ", or " + section.allowed();
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
    return section.read(new Place(place.path(), named, place.maxPoints()));
  }
}
