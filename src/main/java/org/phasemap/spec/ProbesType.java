package org.phasemap.spec;

import java.util.List;
import java.util.Set;
import org.phasemap.quantity.Probe;
import org.phasemap.spec.Type.Several;

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
  public List<Probe> read(Place place) {
    boolean empty = place.node() instanceof Node.Sequence list && list.items().isEmpty();
    return empty ? List.of() : probes.read(place);
  }

  /** Refuses a spec that neither measures nor trains. */
  void check(Section root, Set<Probe> read) {
    if (read.isEmpty() && !root.has(Format.TRAINING)) {
      throw root.at(Format.PROBES)
          .wrong(
              "[] is empty; allowed: one or more of "
                  + probes.allowed()
                  + "; nothing only beside training");
    }
  }
}
