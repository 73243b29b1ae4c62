package org.phasemap.spec.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.phasemap.network.Architecture;
import org.phasemap.network.architecture.Choices;
import org.phasemap.network.architecture.Families;
import org.phasemap.network.architecture.Family;
import org.phasemap.network.architecture.Parameter;
import org.phasemap.spec.yaml.Choice;
import org.phasemap.spec.yaml.Field;
import org.phasemap.spec.yaml.Fields;
import org.phasemap.spec.yaml.Node;
import org.phasemap.spec.yaml.Place;
import org.phasemap.spec.yaml.Section;
import org.phasemap.spec.yaml.Type;

/**
 * Architectures: the text of one, a section of a kind and its parameters, or a list of these. Lists
 * within a section are crossed: each combination is an architecture.
 */
record ArchitectureType() implements Type<List<Architecture>> {
  static final Field<String> KIND =
      Field.required(
          "kind",
          Choice.of(Families.kinds(), kind -> kind),
          "the family; the other fields are its parameters",
          "residual");

  /** The fields of a family's section. */
  static List<Field<?>> fields(Family family) {
    List<Field<?>> fields = new ArrayList<>(List.of(KIND));
    fields.addAll(ParameterFields.of(family));
    return fields;
  }

  /** Those of each family, by its kind. */
  static Map<String, List<Field<?>>> sections() {
    Map<String, List<Field<?>>> sections = new LinkedHashMap<>();
    Families.all().forEach(family -> sections.put(family.kind(), fields(family)));
    return sections;
  }

  @Override
  public String shape() {
    return "name, section or list";
  }

  @Override
  public String allowed() {
    return KIND.type().allowed() + ", with parameters";
  }

  @Override
  public Map<String, Object> schema() {
    List<Object> one = new ArrayList<>();
    one.add(Map.of("enum", Families.kinds()));
    one.add(
        Map.of(
            "type", "string", "pattern", "^(" + String.join("|", Families.kinds()) + ")\\(.*\\)$"));
    sections().forEach((kind, fields) -> one.add(section(kind, fields)));
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("type", "array");
    list.put("items", Map.of("anyOf", one));
    list.put("minItems", 1);
    List<Object> all = new ArrayList<>(one);
    all.add(list);
    return Map.of("anyOf", all);
  }

  @SuppressWarnings("unchecked") // a section's properties
  private static Map<String, Object> section(String kind, List<Field<?>> fields) {
    Map<String, Object> section = new LinkedHashMap<>(new Fields(fields).schema());
    Map<String, Object> properties =
        new LinkedHashMap<>((Map<String, Object>) section.getOrDefault("properties", Map.of()));
    properties.put(KIND.key(), Map.of("enum", List.of(kind)));
    section.put("properties", properties);
    return section;
  }

  @Override
  public List<Architecture> read(Place place) {
    if (!(place.node() instanceof Node.Sequence list)) {
      return one(place);
    }
    if (list.items().isEmpty()) {
      throw place.wrong("[] is empty; allowed: one or more of " + allowed());
    }
    Set<Architecture> all = new LinkedHashSet<>();
    for (int i = 0; i < list.items().size(); i++) {
      Place item = place.item(list, i);
      for (Architecture architecture : one(item)) {
        if (!all.add(architecture)) {
          throw item.wrong(architecture + " is given twice; allowed: each architecture once");
        }
      }
    }
    return List.copyOf(all);
  }

  private List<Architecture> one(Place place) {
    if (place.node() instanceof Node.Mapping mapping) {
      return crossed(place, mapping);
    }
    if (place.node() instanceof Node.Scalar scalar && scalar.text().contains("(")) {
      return List.of(parsed(place, scalar.text()));
    }
    return List.of(new Choice<>(Families.kinds(), Families::parse).read(place));
  }

  private static Architecture parsed(Place place, String text) {
    try {
      return Families.parse(text);
    } catch (IllegalArgumentException e) {
      throw place.wrong(place.node().shown() + " is not allowed: " + e.getMessage());
    }
  }

  private static List<Architecture> crossed(Place place, Node.Mapping mapping) {
    if (!mapping.entries().containsKey(KIND.key())) {
      throw new Section(place, Node.Mapping.empty(mapping.origin()), List.of(KIND)).missing(KIND);
    }
    String kind = KIND.type().read(place.named(KIND.key()));
    Family family = Families.of(kind).orElseThrow();
    Section section = new Section(place, mapping, fields(family));
    List<Choices> all = List.of(Choices.NONE);
    for (Parameter<?> parameter : family.parameters()) {
      all = crossed(section, all, parameter);
    }
    for (Parameter<?> parameter : family.parameters()) {
      checkNeed(section, all, parameter);
    }
    return all.stream().map(family.make()).distinct().toList();
  }

  private static <T> List<Choices> crossed(
      Section section, List<Choices> all, Parameter<T> parameter) {
    List<T> values = section.find(ParameterFields.field(parameter));
    if (values == null) {
      return all;
    }
    if ((long) all.size() * values.size() > section.place().rules().maxPoints()) {
      throw section.place().tooMany();
    }
    return all.stream()
        .flatMap(choices -> values.stream().map(value -> choices.with(parameter, value)))
        .toList();
  }

  private static void checkNeed(Section section, List<Choices> all, Parameter<?> parameter) {
    Parameter.Need<?> need = parameter.need();
    Field<?> field = ParameterFields.field(parameter);
    if (need != null
        && section.has(field)
        && all.stream().noneMatch(choices -> choices.meet(need))) {
      throw section.at(field).wrong("says nothing here; allowed: beside " + need.allowed());
    }
  }
}
