package org.phasemap.spec;

import org.phasemap.network.UserException;

/**
 * A value and the path of fields that leads to it: what a message about it must name.
 *
 * @param path such as {@code network.depth[2]}; empty for the whole spec
 * @param node the value
 * @param maxPoints most points that an axis may have here
 */
record Place(String path, Node node, int maxPoints) {
  /** An element of this list. */
  Place item(Node.Sequence list, int index) {
    return new Place(path + "[" + index + "]", list.items().get(index), maxPoints);
  }

  /** A field that this mapping has; this place itself where there is none. */
  Place named(String key) {
    Node.Entry entry = node instanceof Node.Mapping mapping ? mapping.entries().get(key) : null;
    return entry == null ? this : field(key, entry.value());
  }

  /** A field of this mapping. */
  Place field(String key, Node value) {
    return new Place(pathOf(key), value, maxPoints);
  }

  /** The path of a field of this mapping. */
  String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** The value is of the right kind, but not one of those allowed. */
  UserException notAllowed(String allowed) {
    return wrong(node.shown() + " is not allowed; allowed: " + allowed);
  }

  /** The value is of the wrong kind. */
  UserException wrongKind(String allowed) {
    return wrong(node.shown() + " (" + node.kind() + ") is not allowed; allowed: " + allowed);
  }

  /** The value is more points than an axis may have. */
  UserException tooMany() {
    String limit = maxPoints < Axis.MAX_POINTS ? " (limits.max_cells)" : " an axis";
    return wrong(node.shown() + " gives too many points; allowed: at most " + maxPoints + limit);
  }

  /** Anything else that is wrong with this value; the problem says what is allowed. */
  UserException wrong(String problem) {
    return wrong(node.origin(), path, problem);
  }

  static UserException wrong(String origin, String path, String problem) {
    return new UserException(
        origin + ": " + (path.isEmpty() ? "" : Wording.shortened(path) + ": ") + problem);
  }
}
