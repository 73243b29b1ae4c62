package org.phasemap.predict.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasemap.network.Activation;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.architecture.Residual;
import org.phasemap.network.architecture.ResidualScale;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.Norm;
import org.phasemap.theory.architecture.norm.BatchLaw;
import org.phasemap.theory.architecture.skip.ResidualBatchNorm;

/** Batch norm in residual branches, against the product of Gammas of ARCHITECTURES 3.3. */
@SuppressWarnings("EnumOrdinal") // any whole number will do
class BatchNormDescentTest {
  @ParameterizedTest
  @EnumSource(ResidualBatchNorm.Order.class)
  void centredGradientsFollowTheClosedForm(ResidualBatchNorm.Order order) {
    Random random = new Random(order.ordinal());
    for (Activation activation : List.of(Activations.RELU, Activations.TANH, Activations.GELU)) {
      int batch = 4 + random.nextInt(60);
      int depth = 2 + random.nextInt(20);
      double sigmaW2 = 0.5 + 2 * random.nextDouble();
      double expected =
          ResidualBatchNorm.lnGradientGain(
              order, BatchLaw.of(activation, batch), sigmaW2, 1, depth);

      assertThat(centredGain(order, activation, batch, depth, sigmaW2))
          .as("%s %s B=%s L=%s sw2=%s", order, activation, batch, depth, sigmaW2)
          .isCloseTo(expected, within(1e-9)); // rounding: up to 20 layers of 1e-11
    }
  }

  /** I − 11ᵀ/B at the top: descents are linear in what they start from. */
  private static double centredGain(
      ResidualBatchNorm.Order order, Activation activation, int batch, int depth, double sigmaW2) {
    Residual residual =
        new Residual(
            Residual.Image.NONE,
            Residual.Order.valueOf(order.name()),
            ResidualScale.ONE,
            Norm.BATCH,
            false,
            false);
    LayerGraph graph = residual.graph(depth, 32, 8);
    NetworkConfig network =
        new NetworkConfig(residual, activation, depth, 32, WeightLaw.NORMAL, sigmaW2, 0.1, 1);
    // x_0 = W x + b has the variance 1 over the batch.
    InputPairs inputs = InputPairs.exchangeable(batch, 1 / sigmaW2, 0);
    Setting setting = new Setting(network, inputs, graph);
    List<Signal> signals = Ascent.of(setting, graph, List.of(), List.of());
    double[] each = Descent.of(setting, graph, signals, Descent.Start.INDEPENDENT).lnGradient();
    double[] common = Descent.of(setting, graph, signals, Descent.Start.EQUAL).lnGradient();
    return Math.log(centred(each[0], common[0], batch))
        - Math.log(centred(each[depth - 1], common[depth - 1], batch));
  }

  private static double centred(double lnEach, double lnCommon, int batch) {
    return Math.exp(lnEach) - Math.exp(lnCommon) / batch;
  }

  /** What is given may be as exchangeable inputs are. */
  @Test
  void givenInputsThatAreOrthogonalAreExchangeable() {
    int batch = 9;
    double[][] gram = new double[batch][batch];
    float[] columns = new float[batch * batch];
    for (int i = 0; i < batch; i++) {
      gram[i][i] = 1;
      columns[i * batch + i] = (float) Math.sqrt(batch);
    }
    Residual residual =
        new Residual(
            Residual.Image.NONE, Residual.Order.PRE2, ResidualScale.ONE, Norm.BATCH, false, false);
    LayerGraph graph = residual.graph(3, 32, batch);
    NetworkConfig network =
        new NetworkConfig(residual, Activations.RELU, 3, 32, WeightLaw.NORMAL, 1.4, 0.1, 1);
    NetworkTheory alike = new GraphTheory(network, InputPairs.exchangeable(batch, 1, 0)).of(graph);
    NetworkTheory given = new GraphTheory(network, InputPairs.given(gram, columns)).of(graph);

    assertThat(given.q(3)).isCloseTo(alike.q(3), within(1e-6));
    assertThat(given.c(3)).isCloseTo(alike.c(3), within(1e-6));
    assertThat(given.lnGradient(1)).isCloseTo(alike.lnGradient(1), within(1e-5));
    assertThat(given.lnJacobianMean()).isCloseTo(alike.lnJacobianMean(), within(1e-5));
    assertThat(given.lnNtk(2)).isCloseTo(alike.lnNtk(2), within(1e-5));
  }
}
