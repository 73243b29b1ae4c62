package org.phasemap.spec.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.phasemap.network.architecture.Family;
import org.phasemap.network.architecture.Groups;
import org.phasemap.network.architecture.Parameter;
import org.phasemap.network.architecture.ParameterType;
import org.phasemap.spec.yaml.Choice;
import org.phasemap.spec.yaml.Field;
import org.phasemap.spec.yaml.Flag;
import org.phasemap.spec.yaml.Node;
import org.phasemap.spec.yaml.NumberType.Real;
import org.phasemap.spec.yaml.NumberType.Whole;
import org.phasemap.spec.yaml.Place;
import org.phasemap.spec.yaml.Series;
import org.phasemap.spec.yaml.Several;
import org.phasemap.spec.yaml.Type;

/** The parameters of a family of architectures as fields, each a value or a list of values. */
final class ParameterFields {
  private ParameterFields() {}

  static List<Field<?>> of(Family family) {
    List<Field<?>> fields = new ArrayList<>();
    family.parameters().forEach(parameter -> fields.add(field(parameter)));
    return fields;
  }

  static <T> Field<List<T>> field(Parameter<T> parameter) {
    return Field.defaulted(
        parameter.name(),
        type(parameter.type()),
        yaml(parameter.usual(), parameter.type()),
        parameter.meaning(),
        parameter.example());
  }

  private static <T> String yaml(T value, ParameterType<T> type) {
    return value instanceof List<?> list ? list.toString() : type.written(value);
  }

  @SuppressWarnings("unchecked") // Each kind of parameter has values of its own type.
  private static <T> Type<List<T>> type(ParameterType<T> type) {
    Type<?> fields;
    if (type instanceof ParameterType.Name<T> name) {
      fields = new Several<>(Choice.of(name.all(), name.name()));
    } else if (type instanceof ParameterType.Whole whole) {
      fields = new Series<>(Whole.ints(whole.from(), whole.to()));
    } else if (type instanceof ParameterType.Real real) {
      fields = new Series<>(Real.between(real.from(), real.to()));
    } else if (type instanceof ParameterType.Truth) {
      fields = new Several<>(new Flag());
    } else if (type instanceof ParameterType.Wholes wholes) {
      fields = new WholesType(wholes);
    } else if (type instanceof ParameterType.Grouping grouping) {
      fields = new Several<>(new GroupsType(grouping));
    } else {
      throw new IllegalArgumentException("no fields of " + type);
    }
    return (Type<List<T>>) fields;
  }

  /** A number of groups, or a name. */
  private record GroupsType(ParameterType.Grouping of) implements Type<Groups> {
    @Override
    public String shape() {
      return "number or name";
    }

    @Override
    public String allowed() {
      return of.allowed();
    }

    @Override
    public Map<String, Object> schema() {
      List<String> names = of.names().all().stream().map(each -> of.names().written(each)).toList();
      return Map.of("anyOf", List.of(numbers().schema(), Map.of("enum", names)));
    }

    private Whole<Integer> numbers() {
      return Whole.ints(of.numbers().from(), of.numbers().to());
    }

    @Override
    public Groups read(Place place) {
      if (!(place.node() instanceof Node.Scalar scalar)) {
        throw place.wrongKind(allowed());
      }
      boolean isNumber =
          scalar.scalarKind() == Node.Kind.WHOLE || scalar.scalarKind() == Node.Kind.REAL;
      if (isNumber) {
        return Groups.of(numbers().read(place));
      }
      try {
        return of.parse(scalar.text());
      } catch (IllegalArgumentException e) {
        throw place.notAllowed(allowed());
      }
    }
  }

  /** A list of whole numbers, or a list of such lists. */
  private record WholesType(ParameterType.Wholes of) implements Type<List<List<Integer>>> {
    @Override
    public String shape() {
      return "list, or list of lists";
    }

    @Override
    public String allowed() {
      return of.allowed();
    }

    @Override
    public Map<String, Object> schema() {
      Numbers one = new Numbers(of);
      Map<String, Object> several = Map.of("type", "array", "items", one.list(), "minItems", 1);
      return Map.of("anyOf", List.of(one.schema(), several));
    }

    @Override
    public List<List<Integer>> read(Place place) {
      boolean several =
          place.node() instanceof Node.Sequence list
              && !list.items().isEmpty()
              && list.items().get(0) instanceof Node.Sequence;
      Numbers numbers = new Numbers(of);
      return several ? new Several<>(numbers).read(place) : List.of(numbers.read(place));
    }
  }

  /** A list of whole numbers that may be given twice; one number is a list too. */
  private record Numbers(ParameterType.Wholes of) implements Type<List<Integer>> {
    @Override
    public String shape() {
      return "list";
    }

    @Override
    public String allowed() {
      return of.allowed();
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("anyOf", List.of(each().schema(), list()));
    }

    private Map<String, Object> list() {
      return Map.of(
          "type", "array", "items", each().schema(), "minItems", 1, "maxItems", of.most());
    }

    private Whole<Integer> each() {
      return Whole.ints(of.each().from(), of.each().to());
    }

    @Override
    public List<Integer> read(Place place) {
      if (!(place.node() instanceof Node.Sequence list)) {
        return List.of(each().read(place));
      }
      if (list.items().isEmpty() || list.items().size() > of.most()) {
        throw place.notAllowed(allowed());
      }
      List<Integer> numbers = new ArrayList<>();
      for (int i = 0; i < list.items().size(); i++) {
        numbers.add(each().read(place.item(list, i)));
      }
      return List.copyOf(numbers);
    }
  }
}
