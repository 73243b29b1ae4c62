package org.phasemap.spec.yaml;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.UserException;

/** A mapping whose fields are all known. */
public final class Section {
  private final Place place;
  private final Node.Mapping mapping;
  private final List<Field<?>> fields;

  /**
   * @throws UserException where the mapping has a field that is not among those given
   */
  public Section(Place place, Node.Mapping mapping, List<Field<?>> fields) {
    this.place = place;
    this.mapping = mapping;
    this.fields = fields;
    List<String> keys = fields.stream().<String>map(Field::key).toList();
    for (Map.Entry<String, Node.Entry> entry : mapping.entries().entrySet()) {
      if (!keys.contains(entry.getKey())) {
        throw unknown(entry.getKey(), entry.getValue().origin(), keys);
      }
    }
  }

  public Place place() {
    return place;
  }

  public boolean has(Field<?> field) {
    return mapping.entries().containsKey(field.key());
  }

  /** The value of a field, null where the spec leaves it out. */
  public <T> @Nullable T find(Field<T> field) {
    Node.Entry entry = mapping.entries().get(field.key());
    return entry == null ? null : field.type().read(place.field(field.key(), entry.value()));
  }

  /**
   * The value of a field or else its default.
   *
   * @throws UserException where there is neither, or the value is not allowed
   */
  public <T> T read(Field<T> field) {
    T given = find(field);
    if (given != null) {
      return given;
    }
    if (field.defaultYaml() == null) {
      throw missing(field);
    }
    Node node = Objects.requireNonNull(Yaml.read(field.defaultYaml(), line -> mapping.origin()));
    return field.type().read(place.field(field.key(), node));
  }

  /** A field that the spec gives and that is not among those allowed; null where there is none. */
  public @Nullable Field<?> firstBeside(List<Field<?>> allowed) {
    return fields.stream().filter(f -> has(f) && !allowed.contains(f)).findFirst().orElse(null);
  }

  /** A field is not given that has to be. */
  public UserException missing(Field<?> field) {
    return Place.wrong(
        mapping.origin(),
        place.pathOf(field.key()),
        "is missing; allowed: " + field.type().allowed());
  }

  /** Where a field that the spec gives stands. */
  public Place at(Field<?> field) {
    Node.Entry entry = mapping.entries().get(field.key());
    return entry == null ? place : place.field(field.key(), entry.value());
  }

  private UserException unknown(String key, String origin, List<String> keys) {
    Optional<String> meant =
        Wording.closest(key, keys)
            .or(() -> place.rules().elsewhere().apply(key))
            .filter(other -> !other.equals(place.pathOf(key)));
    String hint = meant.map(m -> "; did you mean " + m + "? allowed: ").orElse("; allowed: ");
    return Place.wrong(origin, place.pathOf(key), "unknown field" + hint + String.join(", ", keys));
  }
}
