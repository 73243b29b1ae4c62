package org.phasemap.spec.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.UserException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;

/**
 * Strict YAML 1.2 (core schema) to nodes: one document, no tags, no duplicate fields, aliases only
 * as far as they expand to few nodes. Built from the parser's events, so that nesting and expansion
 * are refused before they cost anything.
 */
public final class Yaml {
  /** Most nodes of a document, aliases expanded. */
  public static final long MAX_NODES = 1_000_000;

  /** Deepest nesting. */
  public static final int MAX_DEPTH = 20;

  private static final int MAX_KEY = 200;
  private static final int MAX_CODE_POINTS = 2 << 20;
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
  private static final Pattern REAL =
      Pattern.compile(
          "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"
              + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
  private static final Set<String> BOOLEANS =
      Set.of("true", "True", "TRUE", "false", "False", "FALSE");
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

  private final IntFunction<String> origins;
  private final Iterator<Event> events;
  private final Map<Anchor, Node> anchored = new HashMap<>();
  private final Set<Anchor> open = new HashSet<>();
  private long nodes;

  private Yaml(String text, IntFunction<String> origins) {
    this.origins = origins;
    LoadSettings settings =
        LoadSettings.builder().setCodePointLimit(MAX_CODE_POINTS).setUseMarks(true).build();
    this.events = new Parse(settings).parseString(text).iterator();
  }

  /**
   * Reads a text of one document.
   *
   * @param origins names a line, counted from 1
   * @return null where the text holds no document
   * @throws UserException where the text is not such YAML
   */
  public static @Nullable Node read(String text, IntFunction<String> origins) {
    try {
      return new Yaml(text, origins).document();
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().or(e::getContextMark).map(m -> m.getLine() + 1).orElse(1);
      throw notYaml(origins.apply(line), e.getProblem(), e);
    } catch (ReaderException e) {
      int index =
          text.offsetByCodePoints(
              0, Math.min(e.getPosition(), text.codePointCount(0, text.length())));
      int line = 1 + (int) text.substring(0, index).chars().filter(c -> c == '\n').count();
      String problem =
          String.format(Locale.ROOT, "it holds the character U+%04X", e.getCodePoint());
      throw notYaml(origins.apply(line), problem, e);
    } catch (YamlVersionException e) {
      throw notYaml(origins.apply(1), "its version is not 1.2", e);
    } catch (YamlEngineException | IllegalArgumentException e) { // the latter: "\\Uffffffff"
      throw notYaml(origins.apply(1), String.valueOf(e.getMessage()), e);
    }
  }

  private static UserException notYaml(String origin, String problem, Exception cause) {
    return new UserException(origin + ": not valid YAML: " + Wording.sentence(problem), cause);
  }

  private @Nullable Node document() {
    events.next();
    if (events.next().getEventId() == Event.ID.StreamEnd) {
      return null;
    }
    Node root = node(events.next(), "", 0);
    events.next();
    Event end = events.next();
    if (end.getEventId() != Event.ID.StreamEnd) {
      throw new UserException(origin(end) + ": a second YAML document starts here; allowed: one");
    }
    return root;
  }

  private Node node(Event event, String path, int depth) {
    if (event instanceof AliasEvent alias) {
      return expansion(alias, path, depth);
    }
    count(event, path, 1, depth);
    Optional<Anchor> anchor = ((NodeEvent) event).getAnchor();
    anchor.ifPresent(open::add);
    Node node;
    if (event instanceof ScalarEvent scalar) {
      refuseTag(event, path, scalar.getTag());
      node = new Node.Scalar(origin(event), kind(scalar), scalar.getValue());
    } else {
      refuseTag(event, path, ((CollectionStartEvent) event).getTag());
      node =
          event.getEventId() == Event.ID.SequenceStart
              ? sequence(event, path, depth)
              : mapping(event, path, depth);
    }
    anchor.ifPresent(
        a -> {
          open.remove(a);
          anchored.put(a, node);
        });
    return node;
  }

  private Node expansion(AliasEvent alias, String path, int depth) {
    Anchor anchor = alias.getAlias();
    String name = "alias *" + Wording.shortened(anchor.getValue());
    if (open.contains(anchor)) {
      throw refused(alias, path, name + " contains itself; allowed: aliases of earlier values");
    }
    Node node = anchored.get(anchor);
    if (node == null) {
      throw refused(alias, path, name + " has no anchor; allowed: aliases of earlier values");
    }
    count(alias, path, node.size(), depth + node.height());
    return node;
  }

  private Node sequence(Event start, String path, int depth) {
    List<Node> items = new ArrayList<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
      items.add(node(e, path + "[" + items.size() + "]", depth + 1));
    }
    return Node.Sequence.of(origin(start), items);
  }

  private Node mapping(Event start, String path, int depth) {
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
      if (!(node(e, path, depth + 1) instanceof Node.Scalar key)) {
        throw refused(e, path, "a list or mapping is not a field's name; allowed: text");
      }
      if (key.text().length() > MAX_KEY) {
        throw refused(e, path, key.shown() + " is no field's name; allowed: shorter names");
      }
      String field = path.isEmpty() ? key.text() : path + "." + key.text();
      Node.Entry earlier = entries.get(key.text());
      if (earlier != null) {
        throw refused(e, field, "given twice, first at " + earlier.origin() + "; allowed: once");
      }
      entries.put(key.text(), new Node.Entry(origin(e), node(events.next(), field, depth + 1)));
    }
    return Node.Mapping.of(origin(start), entries);
  }

  private void count(Event event, String path, long more, int depth) {
    if (depth > MAX_DEPTH) {
      throw refused(event, path, "nested too deeply; allowed: at most " + MAX_DEPTH + " levels");
    }
    nodes += more;
    if (nodes > MAX_NODES) {
      throw refused(
          event, path, "too many values; allowed: at most " + MAX_NODES + ", aliases expanded");
    }
  }

  private void refuseTag(Event event, String path, Optional<String> tag) {
    if (tag.isPresent()) {
      String shown = tag.get().replace("tag:yaml.org,2002:", "!!");
      throw refused(
          event, path, "tag " + Wording.shortened(shown) + " is not allowed; allowed: no tags");
    }
  }

  private static Node.Kind kind(ScalarEvent scalar) {
    String text = scalar.getValue();
    if (!scalar.isPlain()) {
      return Node.Kind.QUOTED;
    } else if (NULLS.contains(text)) {
      return Node.Kind.NULL;
    } else if (BOOLEANS.contains(text)) {
      return Node.Kind.BOOLEAN;
    } else if (WHOLE.matcher(text).matches()) {
      return Node.Kind.WHOLE;
    }
    return REAL.matcher(text).matches() ? Node.Kind.REAL : Node.Kind.TEXT;
  }

  private String origin(Event event) {
    return origins.apply(event.getStartMark().map(m -> m.getLine() + 1).orElse(1));
  }

  private UserException refused(Event event, String path, String problem) {
    String field = path.isEmpty() ? "" : Wording.shortened(path) + ": ";
    return new UserException(origin(event) + ": " + field + problem);
  }
}
