package org.phasemap.spec;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Quantity;
import org.phasemap.spec.NumberType.Whole;

/** A number of replicates, or a section that says when a cell has enough. */
record ReplicatesType(Whole<Integer> number, Type.Fields section) implements Type<Replicates> {
  @Override
  public String shape() {
    return "number or section";
  }

  @Override
  public String allowed() {
    return number.allowed() + ", or " + section.allowed();
  }

  @Override
  public Replicates read(Place place) {
    if (place.node() instanceof Node.Mapping) {
      return adaptive(section.read(place));
    }
    if (place.node() instanceof Node.Scalar) {
      return Replicates.fixed(number.read(place));
    }
    throw place.wrongKind(allowed());
  }

  private static Replicates adaptive(Section section) {
    int min = section.read(Format.MIN_REPLICATES);
    int max = section.read(Format.MAX_REPLICATES);
    if (min > max) {
      throw section.has(Format.MAX_REPLICATES)
          ? section
              .at(Format.MAX_REPLICATES)
              .notAllowed("whole numbers from replicates.min, which is " + min)
          : section
              .at(Format.MIN_REPLICATES)
              .notAllowed("whole numbers from 2 to replicates.max, which is " + max);
    }
    return new Replicates(min, max, section.read(Format.UNTIL));
  }

  /**
   * Refuses quantities that are not measured.
   *
   * @param root of the spec that gives these replicates
   */
  void check(Section root, Replicates replicates, Set<Probe> probes, Inputs inputs) {
    int outputs = root.read(Format.OUTPUTS);
    List<Quantity> measured =
        Quantity.ALL.stream()
            .filter(Quantity::mayDecide)
            .filter(q -> q.isMeasured(probes, inputs.count(), outputs))
            .toList();
    for (Quantity quantity : replicates.until().keySet()) {
      if (!measured.contains(quantity)) {
        Place until = section.read(root.at(Format.REPLICATES)).at(Format.UNTIL);
        throw until
            .named(quantity.column())
            .wrong(
                "not measured by probes "
                    + probes.stream().map(Choice::id).collect(Collectors.joining(", ", "[", "]"))
                    + " on "
                    + inputs.count()
                    + (inputs.count() == 1 ? " input" : " inputs")
                    + (outputs == 1 ? "" : " and " + outputs + " outputs")
                    + "; allowed: "
                    + (measured.isEmpty()
                        ? "a number of replicates"
                        : measured.stream()
                            .map(Quantity::column)
                            .collect(Collectors.joining(", "))));
      }
    }
  }
}
