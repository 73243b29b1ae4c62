package org.phasemap.cli.theory.architecture;

import java.util.List;
import org.phasemap.cli.theory.architecture.ArchitectureKey.Family;
import org.phasemap.theory.architecture.norm.BatchLaw;
import org.phasemap.theory.architecture.skip.LayerNormStream;
import org.phasemap.theory.architecture.skip.ReflectedWalk;
import org.phasemap.theory.architecture.skip.ResidualBatchNorm;
import org.phasemap.theory.architecture.skip.ResidualBatchNorm.Order;

/** Residual networks with norm. */
final class ResidualNormKeys {
  private static final Family BATCH =
      new Family(
          "Residual networks with norm", "De and Smith 2020 (variance); Yang et al. 2019; derived");
  private static final Family WALK = new Family("Residual networks with norm", "Spitzer 1956");
  private static final Family LAYER =
      new Family("Residual networks with norm", "Doshi et al. 2023, arXiv 2111.12143");

  private static final Parameter ORDER = Parameter.choice("order", "pre1", "pre2", "post2");
  private static final Parameter BATCH_SIZE = Parameter.batch("B", 4).or("inf");
  private static final Parameter LO = Parameter.count("lo", 0);
  private static final Parameter HI = Parameter.count("hi", 0);
  private static final Parameter ACTIVATIONS = Parameter.count("activations_in_branch", 1);
  private static final Parameter SIGMA_W2 = Parameter.positive("sigma_w2");

  private ResidualNormKeys() {}

  static List<ArchitectureKey> keys() {
    return List.of(
        new ArchitectureKey(
            "residual_bn_ln_gradient_gain",
            BATCH,
            "ln growth of the batch-centred gradient^2 from block hi to lo: pre1 x + W phi BN x;"
                + " pre2 x + W2 phi BN W1 phi BN x; post2 x + BN W2 phi BN W1 x",
            List.of(ORDER, Laws.ACTIVATION, SIGMA_W2, BATCH_SIZE, LO, HI),
            p ->
                ResidualBatchNorm.lnGradientGain(
                    p.constant(ORDER, Order.class),
                    law(p),
                    p.number(SIGMA_W2),
                    p.count(LO),
                    p.count(HI))),
        new ArchitectureKey(
            "residual_bn_gradient_exponent",
            BATCH,
            "p = R_B^m of E|g_l|^2 ~ (L/l)^p, m activations in the branch",
            List.of(Laws.ACTIVATION, ACTIVATIONS, BATCH_SIZE),
            p -> ResidualBatchNorm.gradientExponent(law(p), p.count(ACTIVATIONS))),
        new ArchitectureKey(
            "resnet_v1_mean",
            WALK,
            "mean after blocks of relu(x + BN(...)), stem relu(BN): sum of 1/sqrt(2 pi k), k <= L + 1",
            List.of(Laws.BLOCKS),
            p -> ReflectedWalk.mean(p.count(Laws.BLOCKS))),
        new ArchitectureKey(
            "resnet_v1_second_moment",
            WALK,
            "second moment of the same",
            List.of(Laws.BLOCKS),
            p -> ReflectedWalk.secondMoment(p.count(Laws.BLOCKS))),
        new ArchitectureKey(
            "pre_ln_gradient_exponent",
            LAYER,
            "zeta = sw2 D(1)/(sw2 V(1) + sb2) of E|g_l|^2 ~ (L/l)^zeta, x + W phi(LN x) + b",
            List.of(Laws.ACTIVATION, SIGMA_W2, Laws.SIGMA_B2),
            p -> LayerNormStream.gradientExponent(p.law())));
  }

  private static BatchLaw law(KeyParameters p) {
    return BatchLaw.of(p.activation(Laws.ACTIVATION), p.batch(BATCH_SIZE));
  }
}
