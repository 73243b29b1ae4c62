package org.phasemap.theory.architecture.norm.field;

import java.util.ArrayList;
import java.util.List;

/**
 * ψ(u) = γ(max(u, 0) + a·min(u, 0)): a moment of degree k in u is one of x times g^{k/2}, so that
 * tilted Gaussians know it exactly.
 */
record Homogeneous(double a, double gamma) implements Passage {
  @Override
  public List<Law> laws(Tilts tilts) {
    List<Law> laws = new ArrayList<>();
    for (int n = 0; n < tilts.count(); n++) {
      Law.Weights weights =
          new Law.Weights(
              tilts.weight(n, 1), tilts.weight(n, 1), tilts.weight(n, 2), tilts.weight(n, 3));
      laws.add(tilts.law(n, 1, weights));
    }
    return laws;
  }

  @Override
  public boolean isHomogeneous() {
    return true;
  }

  @Override
  public double[] means(Tilts tilts, List<Law> laws) {
    return tilts.meansOfRoots(q -> gamma * (1 - a) * Math.sqrt(q / (2 * Math.PI)));
  }

  @Override
  public PairMoments pair(double q, double r, double product) {
    return HomogeneousPair.of(a, gamma, q, r, product);
  }
}
