package org.phasemap.cli.theory.architecture;

import java.util.List;
import org.phasemap.cli.theory.architecture.ArchitectureKey.Family;
import org.phasemap.theory.architecture.convolution.Pooling;

/** Pooling. */
final class PoolingKeys {
  private static final Family POOLING =
      new Family("Pooling", "derived: order statistics; Cho and Saul 2009");
  private static final Parameter WINDOW = Parameter.count("window", 1);
  private static final Parameter RHO = Parameter.correlation("rho");
  private static final Parameter C = Parameter.correlation("c");
  private static final Parameter ANY = Parameter.activation().or("relu");

  private PoolingKeys() {}

  static List<ArchitectureKey> keys() {
    return List.of(
        new ArchitectureKey(
            "max_pool_second_moment",
            POOLING,
            "M = E relu(max)^2 of window standard normals of correlation rho",
            List.of(WINDOW, RHO),
            p -> Pooling.maxSecondMoment(p.count(WINDOW), p.number(RHO))),
        new ArchitectureKey(
            "max_pool_critical_sigma_w2",
            POOLING,
            "1/M: sw2 that keeps the second moment where a max pool follows every ReLU",
            List.of(WINDOW, RHO),
            p -> 1 / Pooling.maxSecondMoment(p.count(WINDOW), p.number(RHO))),
        new ArchitectureKey(
            "average_pool_second_moment",
            POOLING,
            "E (mean of window phi)^2, unit variance, correlation c: V/p + (1 - 1/p) F(c)",
            List.of(WINDOW, C, ANY),
            p ->
                Pooling.averageSecondMoment(
                    p.activation(ANY), p.count(WINDOW), p.number(C))));
  }
}
