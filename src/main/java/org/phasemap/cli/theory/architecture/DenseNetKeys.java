package org.phasemap.cli.theory.architecture;

import java.util.List;
import org.phasemap.cli.theory.architecture.ArchitectureKey.Family;
import org.phasemap.network.Activation;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.architecture.norm.BatchLaw;
import org.phasemap.theory.architecture.skip.DenseBlock;

/** Densely connected networks. */
final class DenseNetKeys {
  private static final Family DENSENET = new Family("DenseNet", "derived");
  private static final String NO_BATCH = "-";

  private static final Parameter INPUTS = Parameter.count("k0", 1);
  private static final Parameter GROWTH = Parameter.count("growth", 1);
  private static final Parameter I = Parameter.count("i", 1);
  private static final Parameter J = Parameter.count("j", 1);
  private static final Parameter NORM = Parameter.choice("norm", "none", "batch");
  private static final Parameter HE = Parameter.notNegative("sigma_w2").or("2");
  private static final Parameter BATCH_SIZE =
      new Parameter(
          "B",
          "whole numbers >= 4, inf, and - without norm",
          NO_BATCH,
          (text, symbols) ->
              text.equals(NO_BATCH) || Parameter.batch("B", 4).domain().has(text, symbols));

  private DenseNetKeys() {}

  static List<ArchitectureKey> keys() {
    return List.of(
        new ArchitectureKey(
            "densenet_second_moment",
            DENSENET,
            "q of layer depth, z_l = W phi(concat): q_l = (sw2/2)(k0 + k sum q_j)/(k0 + k(l - 1))",
            List.of(INPUTS, GROWTH, Laws.DEPTH, Laws.SIGMA_W2, Laws.HOMOGENEOUS),
            p ->
                block(p)
                    .secondMoment(
                        p.number(Laws.SIGMA_W2),
                        p.activation(Laws.HOMOGENEOUS).homogeneousSlope(),
                        p.count(Laws.DEPTH))),
        new ArchitectureKey(
            "densenet_gradient_ratio",
            DENSENET,
            "E g_i^2/E g_j^2 per unit: product of 1 + R k/(k0 + k m), m = i..j-1; R = sw2/2 or R_B",
            List.of(INPUTS, GROWTH, Laws.DEPTH, I, J, NORM, BATCH_SIZE, HE, Laws.HOMOGENEOUS),
            DenseNetKeys::gradientRatio));
  }

  private static double gradientRatio(KeyParameters p) {
    OutsideDomainException.unless(p.count(J) <= p.count(Laws.DEPTH), "j is above depth");
    return block(p).gradientRatio(rate(p), p.count(I), p.count(J));
  }

  private static double rate(KeyParameters p) {
    Activation activation = p.activation(Laws.HOMOGENEOUS);
    boolean none = p.text(BATCH_SIZE).equals(NO_BATCH);
    if (p.text(NORM).equals("none")) {
      OutsideDomainException.unless(none, "without norm there is no B");
      double slope = activation.homogeneousSlope();
      return 0.5 * p.number(HE) * (1 + slope * slope);
    }
    OutsideDomainException.unless(!none, "norm=batch needs B");
    return BatchLaw.of(activation, p.batch(BATCH_SIZE)).growth();
  }

  private static DenseBlock block(KeyParameters p) {
    return new DenseBlock(p.count(INPUTS), p.count(GROWTH));
  }
}
