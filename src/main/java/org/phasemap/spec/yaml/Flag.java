package org.phasemap.spec.yaml;

import java.util.Locale;

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
  public Boolean read(Place place) {
    if (place.node() instanceof Node.Scalar s && s.scalarKind() == Node.Kind.BOOLEAN) {
      return s.text().toLowerCase(Locale.ROOT).equals("true");
    }
    throw place.wrongKind(allowed());
  }
}
