package org.phasemap.analysis;

import java.util.Optional;
import org.phasemap.network.Activation;
import org.phasemap.network.Architecture;
import org.phasemap.network.graph.LayerMap;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.architecture.norm.FeatureNorm;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.PhasePoint;

/**
 * What decides how signals go through a network, but for its size: theory's depth scales are of it.
 *
 * @param architecture of the network
 * @param activation φ
 * @param sigmaW2 σ_w², before the mask
 * @param keepProbability share of weights that the mask keeps
 * @param sigmaB2 σ_b²
 */
public record NetworkLaw(
    Architecture architecture,
    Activation activation,
    double sigmaW2,
    double keepProbability,
    double sigmaB2) {
  /**
   * Where signals go at infinite width and depth, and how fast; empty of architectures whose layers
   * have no one map. Skips and dense connections reach their ends as powers of depth, if at all;
   * batch norm forgets correlations in one layer; zero padding and depthwise convolutions have a
   * map for each position or tap. None of them has a ξ_c.
   */
  public Optional<PhasePoint> point() {
    return architecture.layerMap().flatMap(this::point);
  }

  private Optional<PhasePoint> point(LayerMap map) {
    LayerLaw law = new LayerLaw(activation, map.kept(keepProbability) * sigmaW2, sigmaB2);
    if (!map.isNormed()) {
      return Optional.of(PhasePoint.of(law));
    }
    try {
      return FeatureNorm.of(map, law).map(FeatureNorm::phasePoint);
    } catch (OutsideDomainException e) {
      return Optional.empty(); // theory has nothing to say, which is an answer
    }
  }
}
