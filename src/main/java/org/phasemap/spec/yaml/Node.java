package org.phasemap.spec.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A piece of YAML that knows where it was written. Immutable. */
public sealed interface Node {
  /** Where it was written, such as {@code conf/a.yaml:7} or {@code -o network.width=512}. */
  String origin();

  /** How many nodes it is made of, with every alias expanded. */
  long size();

  /** How many levels of lists and mappings it has. */
  int height();

  /** What it is, in the words of a message. */
  String kind();

  /** Itself on one short line, as the user wrote it. */
  String shown();

  /** What YAML 1.2's core schema takes a scalar for. */
  enum Kind {
    WHOLE("number"),
    REAL("number"),
    BOOLEAN("boolean"),
    NULL("no value"),
    TEXT("text"),
    /** Text in quotes. */
    QUOTED("text");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    boolean isText() {
      return this == TEXT || this == QUOTED;
    }
  }

  /**
   * A single value.
   *
   * @param text as written, without quotes
   */
  record Scalar(String origin, Kind scalarKind, String text) implements Node {
    @Override
    public long size() {
      return 1;
    }

    @Override
    public int height() {
      return 0;
    }

    @Override
    public String kind() {
      return scalarKind.words;
    }

    @Override
    public String shown() {
      return switch (scalarKind) {
        case TEXT, QUOTED -> "'" + Wording.shortened(text) + "'";
        case NULL -> "null";
        default -> Wording.shortened(text);
      };
    }
  }

  /** A list. */
  record Sequence(String origin, List<Node> items, long size, int height) implements Node {
    public static Sequence of(String origin, List<Node> items) {
      return new Sequence(
          origin, Collections.unmodifiableList(items), sizeOf(items), heightOf(items));
    }

    @Override
    public String kind() {
      return "list";
    }

    @Override
    public String shown() {
      return items.stream()
          .limit(Wording.SHOWN)
          .map(Node::shown)
          .collect(
              Collectors.collectingAndThen(Collectors.joining(", ", "[", "]"), Wording::shortened));
    }
  }

  /** Fields and their values, in the order they were written. */
  record Mapping(String origin, Map<String, Entry> entries, long size, int height) implements Node {
    public static Mapping of(String origin, Map<String, Entry> entries) {
      List<Node> values = entries.values().stream().map(Entry::value).toList();
      long size = sizeOf(values) + entries.size();
      return new Mapping(origin, Collections.unmodifiableMap(entries), size, heightOf(values));
    }

    public static Mapping empty(String origin) {
      return of(origin, Map.of());
    }

    /** A copy in which a field has another value. */
    public Mapping with(String key, Entry entry) {
      Map<String, Entry> changed = new LinkedHashMap<>(entries);
      changed.put(key, entry);
      return of(origin, changed);
    }

    @Override
    public String kind() {
      return "mapping";
    }

    @Override
    public String shown() {
      List<String> fields = new ArrayList<>();
      for (Map.Entry<String, Entry> field : entries.entrySet()) {
        if (fields.size() == Wording.SHOWN) {
          break;
        }
        fields.add(Wording.shortened(field.getKey()) + ": " + field.getValue().value().shown());
      }
      return Wording.shortened("{" + String.join(", ", fields) + "}");
    }
  }

  /**
   * A field of a mapping.
   *
   * @param origin where its name was written
   */
  record Entry(String origin, Node value) {}

  private static long sizeOf(List<Node> children) {
    return 1 + children.stream().mapToLong(Node::size).sum();
  }

  private static int heightOf(List<Node> children) {
    return 1 + children.stream().mapToInt(Node::height).max().orElse(0);
  }
}
