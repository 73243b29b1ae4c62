package org.phasemap.measure;

import org.phasemap.measure.graph.LayeredPropagation;
import org.phasemap.measure.mlp.Propagation;
import org.phasemap.network.Architecture;

/** The prober of each architecture. */
public final class Probers {
  private static final Architecture.Reader<Prober> ALL =
      new Architecture.Reader<>() {
        @Override
        public Prober mlp(Architecture.Mlp mlp) {
          return Propagation::measure;
        }

        @Override
        public Prober layered(Architecture.Layered layered) {
          return LayeredPropagation::measure;
        }
      };

  private Probers() {}

  /** Of an architecture. */
  public static Prober of(Architecture architecture) {
    return architecture.read(ALL);
  }
}
