package org.phasemap.predict.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.architecture.Convolutional;
import org.phasemap.network.architecture.Groups;
import org.phasemap.network.architecture.Place;
import org.phasemap.network.architecture.Readout;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.theory.architecture.convolution.ChannelFluctuation;
import org.phasemap.theory.dual.ArcCosine;

/** Separable blocks of rings whose numbers are independent, or all one (ARCHITECTURES 1.10). */
class SeparateChannelsTest {
  private static final int Z = 1;
  private static final int DEPTHWISE = 3;

  @ParameterizedTest
  @CsvSource({"8, 0", "12, 0", "8, 1"})
  void aBlockFluctuatesByItsClosedForm(int size, double cosine) {
    Convolutional separable =
        new Convolutional(
            List.of(size),
            3,
            Padding.CIRCULAR,
            Groups.SEPARABLE,
            Readout.FLATTEN,
            Norm.NONE,
            Place.BEFORE,
            Parameterisation.PLAIN);
    LayerGraph graph = separable.graph(2, 16, size);
    InputPairs inputs = InputPairs.exchangeable(1, 1, 0);
    NetworkConfig network =
        new NetworkConfig(separable, Activations.RELU, 2, 16, WeightLaw.NORMAL, 2, 0, 1);
    Setting setting = new Setting(network, inputs, graph);
    List<Signal> signals = new ArrayList<>(Ascent.of(setting, graph, List.of(), List.of()));
    PositionPairs pairs = signals.get(Z).pairs();
    Covariance z = Covariance.zero(inputs, pairs);
    z.q()[0][0] = 1;
    for (int c = 0; c < pairs.classes(); c++) {
      z.deficit()[0][c] = pairs.isDiagonal(c) ? 0 : 1 - cosine;
    }
    Part part = Part.centred(16, Law.GAUSSIAN, z);
    signals.set(Z, Signal.of(graph.nodes().get(Z).shape(), pairs, List.of(part)));

    SeparateChannels channels = new SeparateChannels(inputs, graph, signals, DEPTHWISE, 0);
    double weights = 0;
    double rectified = 0;
    for (int c = 0; c < pairs.classes(); c++) {
      double share = pairs.multiplicity(c) / size / size;
      weights += share * channels.covariance(0, c);
      rectified += share * 4 * (ArcCosine.squares(pairs.isDiagonal(c) ? 1 : cosine) - 0.25);
    }
    double expected =
        cosine == 1
            ? ChannelFluctuation.separableConstant(1)
            : ChannelFluctuation.separableWhite(size, 3, 1);
    // σ_w² = 2 keeps E z² at 1, so covariances are relative.
    assertThat(weights + rectified).isCloseTo(expected, withinPercentage(2));
  }
}
