package org.phasemap.spec.yaml;

import java.util.Locale;
import java.util.Map;

/** {@code true} or {@code false}. */
public record Flag() implements Type<Boolean> {
  @Override
  public String shape() {
    return "boolean";
  }

  @Override
  public String allowed() {
    return "true, false";
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("type", "boolean");
  }

  @Override
  public Boolean read(Place place) {
    if (place.node() instanceof Node.Scalar s && s.scalarKind() == Node.Kind.BOOLEAN) {
      return s.text().toLowerCase(Locale.ROOT).equals("true");
    }
    throw place.wrongKind(allowed());
  }
}
