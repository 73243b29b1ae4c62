package org.phasemap.spec.yaml;

import java.util.List;
import org.phasemap.network.UserException;

/** Fields set on the command line: {@code network.width=512}. */
public final class Overrides {
  private Overrides() {}

  /**
   * A copy of a spec in which a field has another value; sections on the way that the spec leaves
   * out are created.
   *
   * @param override a field's path, =, and a value in YAML
   * @throws UserException where it is not that, or its path leads through something other than a
   *     section
   */
  public static Node.Mapping apply(Node.Mapping spec, String override) {
    String origin = "-o " + Wording.shortened(override);
    int equals = override.indexOf('=');
    String path = equals < 0 ? "" : override.substring(0, equals).strip();
    List<String> keys = List.of(path.split("\\.", -1));
    if (keys.stream().anyMatch(String::isBlank)) {
      throw new UserException(
          origin + ": not an override; allowed: field=value, such as network.width=512");
    }
    Node value = Yaml.read(override.substring(equals + 1), line -> origin);
    if (value == null) {
      value = new Node.Scalar(origin, Node.Kind.NULL, "");
    }
    return set(spec, "", keys, value);
  }

  private static Node.Mapping set(Node.Mapping in, String path, List<String> keys, Node value) {
    String key = keys.get(0);
    if (keys.size() == 1) {
      return in.with(key, new Node.Entry(value.origin(), value));
    }
    String here = path.isEmpty() ? key : path + "." + key;
    Node.Entry entry = in.entries().get(key);
    Node below = entry == null ? Node.Mapping.empty(value.origin()) : entry.value();
    if (!(below instanceof Node.Mapping mapping)) {
      throw Place.wrong(
          value.origin(),
          here,
          below.shown()
              + " has no field "
              + Wording.shortened(keys.get(1))
              + " to set; allowed: "
              + here
              + "=value");
    }
    Node.Mapping changed = set(mapping, here, keys.subList(1, keys.size()), value);
    String origin = entry == null ? value.origin() : entry.origin();
    return in.with(key, new Node.Entry(origin, changed));
  }
}
