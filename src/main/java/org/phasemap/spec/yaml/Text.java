package org.phasemap.spec.yaml;

import java.util.Map;
import java.util.regex.Pattern;

/** Text that matches a pattern. */
public record Text(Pattern pattern, String allowed) implements Type<String> {
  @Override
  public String shape() {
    return "text";
  }

  @Override
  public Map<String, Object> schema() {
    String portable = pattern.pattern().replace("\\p{Cntrl}", "\\x00-\\x1f\\x7f");
    return Map.of("type", "string", "pattern", "^" + portable + "$");
  }

  @Override
  public String read(Place place) {
    String text = Text.of(place, allowed);
    if (!pattern.matcher(text).matches()) {
      throw place.notAllowed(allowed);
    }
    return text;
  }

  /** The text at a place, whatever it is. */
  static String of(Place place, String allowed) {
    if (place.node() instanceof Node.Scalar s && s.scalarKind().isText()) {
      return s.text();
    }
    throw place.wrongKind(allowed);
  }
}
