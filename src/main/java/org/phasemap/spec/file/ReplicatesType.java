package org.phasemap.spec.file;

import java.util.List;
import java.util.Map;
import org.phasemap.quantity.Quantity;
import org.phasemap.spec.Replicates;
import org.phasemap.spec.yaml.Field;
import org.phasemap.spec.yaml.Fields;
import org.phasemap.spec.yaml.Node;
import org.phasemap.spec.yaml.NumberType.Whole;
import org.phasemap.spec.yaml.Place;
import org.phasemap.spec.yaml.Section;
import org.phasemap.spec.yaml.Type;

/** A number of replicates, or a section that says when a cell has enough. */
record ReplicatesType(
    Whole<Integer> number,
    Field<Integer> fewest,
    Field<Integer> most,
    Field<Map<Quantity, Double>> until)
    implements Type<Replicates> {
  @Override
  public String shape() {
    return "number or section";
  }

  @Override
  public String allowed() {
    return number.allowed() + ", or " + section().allowed();
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("anyOf", List.of(number.schema(), section().schema()));
  }

  @Override
  public Replicates read(Place place) {
    if (place.node() instanceof Node.Mapping) {
      return adaptive(section().read(place));
    }
    if (place.node() instanceof Node.Scalar) {
      return Replicates.fixed(number.read(place));
    }
    throw place.wrongKind(allowed());
  }

  private Replicates adaptive(Section section) {
    int min = section.read(fewest);
    int max = section.read(most);
    if (min > max) {
      throw section.has(most)
          ? section.at(most).notAllowed("whole numbers from replicates.min, which is " + min)
          : section
              .at(fewest)
              .notAllowed("whole numbers from 2 to replicates.max, which is " + max);
    }
    return new Replicates(min, max, section.read(until));
  }

  /** The fields of the section. */
  Fields section() {
    return new Fields(List.of(fewest, most, until));
  }
}
