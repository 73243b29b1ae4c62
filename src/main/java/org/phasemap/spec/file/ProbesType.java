package org.phasemap.spec.file;

import java.util.List;
import java.util.Map;
import org.phasemap.quantity.Probe;
import org.phasemap.spec.yaml.Node;
import org.phasemap.spec.yaml.Place;
import org.phasemap.spec.yaml.Several;
import org.phasemap.spec.yaml.Type;

/** What is measured at initialisation: one probe, several, or none where something is trained. */
record ProbesType(Several<Probe> probes) implements Type<List<Probe>> {
  @Override
  public String shape() {
    return probes.shape();
  }

  @Override
  public String allowed() {
    return probes.allowed() + "; `[]` beside `training`";
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("anyOf", List.of(probes.schema(), Map.of("type", "array", "maxItems", 0)));
  }

  @Override
  public List<Probe> read(Place place) {
    boolean empty = place.node() instanceof Node.Sequence list && list.items().isEmpty();
    return empty ? List.of() : probes.read(place);
  }
}
