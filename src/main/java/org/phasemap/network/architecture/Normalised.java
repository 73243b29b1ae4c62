package org.phasemap.network.architecture;

import java.io.Serializable;
import java.util.Optional;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerMap;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Parameterisation;

/**
 * An activation with the normalisation that goes with it.
 *
 * @param norm what it divides by
 * @param place before or after φ; BEFORE where there is none
 * @param gamma γ
 */
record Normalised(Norm norm, Place place, double gamma) implements Serializable {
  /** Of γ = 1, before φ. */
  static Normalised before(Norm norm) {
    return new Normalised(norm, Place.BEFORE, 1);
  }

  /** φ and the normalisation. */
  int activate(LayerGraph.Builder builder, int from) {
    int normed = place == Place.BEFORE ? normalise(builder, from) : from;
    int active = builder.add(new Operation.Activate(), normed);
    return place == Place.AFTER ? normalise(builder, active) : active;
  }

  /** The map of layers whose φ is this one, with weights that come from their numbers so. */
  Optional<LayerMap> layerMap(Parameterisation weights) {
    Norm before = place == Place.BEFORE ? norm : Norm.NONE;
    Norm after = place == Place.AFTER ? norm : Norm.NONE;
    return weights == Parameterisation.SPECTRAL_NORM
        ? Optional.empty()
        : Optional.of(new LayerMap(before, after, gamma, weights));
  }

  /** The normalisation alone. */
  int normalise(LayerGraph.Builder builder, int from) {
    return norm == Norm.NONE ? from : builder.add(new Operation.Normalise(norm, gamma), from);
  }
}
