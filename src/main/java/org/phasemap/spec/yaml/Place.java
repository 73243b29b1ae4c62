package org.phasemap.spec.yaml;

import org.phasemap.network.UserException;

/**
 * A value and the path of fields that leads to it: what a message about it must name.
 *
 * @param path such as {@code network.depth[2]}; empty for the whole spec
 * @param node the value
 * @param rules of the whole document
 */
public record Place(String path, Node node, Rules rules) {
  /** A whole document. */
  public static Place of(Node root, Rules rules) {
    return new Place("", root, rules);
  }

  /** An element of this list. */
  public Place item(Node.Sequence list, int index) {
    return new Place(path + "[" + index + "]", list.items().get(index), rules);
  }

  /** A field that this mapping has; this place itself where there is none. */
  public Place named(String key) {
    Node.Entry entry = node instanceof Node.Mapping mapping ? mapping.entries().get(key) : null;
    return entry == null ? this : field(key, entry.value());
  }

  /** A field of this mapping. */
  public Place field(String key, Node value) {
    return new Place(pathOf(key), value, rules);
  }

  /** The path of a field of this mapping. */
  public String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** The value is of the right kind, but not one of those allowed. */
  public UserException notAllowed(String allowed) {
    return wrong(node.shown() + " is not allowed; allowed: " + allowed);
  }

  /** The value is of the wrong kind. */
  public UserException wrongKind(String allowed) {
    return wrong(node.shown() + " (" + node.kind() + ") is not allowed; allowed: " + allowed);
  }

  /** The value is more points than an axis may have. */
  public UserException tooMany() {
    return wrong(
        node.shown()
            + " gives too many points; allowed: at most "
            + rules.maxPoints()
            + " "
            + rules.maxPointsOf());
  }

  /** Anything else that is wrong with this value; the problem says what is allowed. */
  public UserException wrong(String problem) {
    return wrong(node.origin(), path, problem);
  }

  public static UserException wrong(String origin, String path, String problem) {
    return new UserException(
        origin + ": " + (path.isEmpty() ? "" : Wording.shortened(path) + ": ") + problem);
  }
}
