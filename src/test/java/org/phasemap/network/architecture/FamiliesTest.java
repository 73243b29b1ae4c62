package org.phasemap.network.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.network.Architecture;
import org.phasemap.network.Equation;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.network.graph.Taps;

class FamiliesTest {
  /** Tables have the text, and cells are made from it again. */
  @Test
  void theTextOfAnArchitectureReadsAsIt() {
    Random random = new Random(1);
    Map<String, Architecture> texts = new HashMap<>();
    for (Family family : Families.all()) {
      for (int i = 0; i < 500; i++) {
        Architecture architecture = RandomArchitectures.of(family, random);
        String text = architecture.toString();
        assertThat(Families.parse(text)).as(text).isEqualTo(architecture);
        assertThat(text).startsWith(family.kind());
        assertThat(texts.getOrDefault(text, architecture)).as(text).isEqualTo(architecture);
        texts.put(text, architecture);
      }
    }
    assertThat(texts.size()).isGreaterThan(1500);
  }

  /** Ids of cells are made from these: they must not change. */
  @Test
  void textsStay() {
    assertThat(
            List.of(
                Architecture.MLP,
                new Plain(Norm.BATCH, Place.AFTER, 0.5, Parameterisation.SPECTRAL_NORM),
                new Convolutional(
                    List.of(8, 8),
                    3,
                    Padding.ZERO,
                    Groups.DEPTHWISE,
                    Readout.AVERAGE,
                    Norm.NONE,
                    Place.AFTER,
                    Parameterisation.PLAIN),
                new Convolutional(
                    List.of(16),
                    new Taps(4, 2, Padding.CIRCULAR, true),
                    Groups.of(1),
                    Readout.FLATTEN,
                    Norm.NONE,
                    Place.BEFORE,
                    Parameterisation.PLAIN),
                new Convolutional(
                        List.of(32, 32),
                        5,
                        Padding.ZERO,
                        Groups.of(1),
                        Readout.FLATTEN,
                        Norm.BATCH,
                        Place.BEFORE,
                        Parameterisation.PLAIN)
                    .pooled(new Pools(Pools.Kind.MAX, 4, 3)),
                new Residual(
                    Residual.Image.NONE,
                    Residual.Order.PRE1,
                    ResidualScale.DECAYING,
                    Norm.RMS,
                    true,
                    false),
                new Residual(
                    new Residual.Image(List.of(16), 1, Padding.REFLECT),
                    Residual.Order.V1,
                    ResidualScale.ONE,
                    Norm.NONE,
                    false,
                    true,
                    Parameterisation.WEIGHT_NORM),
                new DenselyConnected(12, Norm.BATCH),
                new Transformer(16, 4, Transformer.Order.POST, 2, ResidualScale.DEPTH, 0.1),
                new Autoencoder(List.of(64, 8, 64)),
                new PhysicsInformed(Equation.POISSON)))
        .extracting(Architecture::toString)
        .containsExactly(
            "mlp",
            "mlp(norm=batch, place=after, gamma=0.5, weights=spectral_norm)",
            "convolutional(size=8x8, kernel=3, padding=zero, groups=depthwise, readout=average)",
            "convolutional(size=16, kernel=4, padding=circular, stride=2, transposed=true)",
            "convolutional(size=32x32, kernel=5, padding=zero, norm=batch, pool=max, pool_window=4,"
                + " pool_every=3)",
            "residual(order=pre1, scale=decaying, norm=rms, zero_gamma=true)",
            "residual(branch=convolutional, size=16, kernel=1, padding=reflect, order=v1,"
                + " fixup=true, weights=weight_norm)",
            "densenet(growth=12, norm=batch)",
            "transformer(tokens=16, heads=4, norm=post, feed_forward=2, residual_scale=depth,"
                + " token_cosine=0.1)",
            "autoencoder(widths=64x8x64)",
            "pinn(equation=poisson)");
  }

  @Test
  void anMlpAsUsualIsTheMlp() {
    assertThat(Families.parse("mlp")).isSameAs(Architecture.MLP);
    assertThat(Families.parse(" mlp ( norm = none ) ")).isSameAs(Architecture.MLP);
    assertThat(Families.parse("residual( fixup=true,order=v1 )"))
        .isEqualTo(Families.parse("residual(order=v1, fixup=true)"));
  }

  /** Where k taps reach every position, as those of any stride do, but not those of its inverse. */
  @ParameterizedTest
  @CsvSource({
    "'convolutional(padding=circular, stride=2)', true",
    "'convolutional(padding=circular, transposed=true)', true",
    "'convolutional(padding=circular, stride=2, transposed=true)', false",
    "'convolutional(padding=zero, stride=2)', false",
    "'convolutional(padding=circular, pool=max)', false",
    "'convolutional(padding=circular, pool=none)', true",
    "'convolutional(padding=zero, kernel=1, stride=2)', true"
  })
  void positionsWithAllTapsHaveTheMapOfTheMlp(String text, boolean isUniform) {
    assertThat(Families.parse(text).layerMap())
        .isEqualTo(isUniform ? Architecture.MLP.layerMap() : Optional.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "mpl | unknown architecture 'mpl'; allowed: mlp, convolutional, residual",
        "mlp(norm=batch | does not end with )",
        "mlp(norm) | 'norm' is no parameter=value of mlp; allowed: norm, place",
        "mlp() | '' is no parameter=value of mlp",
        "mlp(norm=batch, norm=layer) | norm is given twice",
        "mlp(norm=group) | norm must not be 'group'; allowed: none, batch, layer, rms",
        "mlp(place=after) | place needs norm batch, layer, rms",
        "convolutional(pool_every=3) | pool_every needs pool average, max",
        "convolutional(pool=max, pool_window=1) | pool_window must not be '1'; allowed: whole",
        "residual(kernel=3) | kernel needs branch convolutional",
        "convolutional(kernel=0) | kernel must not be '0'; allowed: whole numbers from 1",
        "convolutional(kernel=a) | kernel must not be 'a'; allowed: whole numbers from 1",
        "convolutional(size=8x8x8x8) | allowed: 1 to 3 whole numbers",
        "transformer(token_cosine=1.5) | allowed: numbers from 0 to 1",
        "residual(fixup=yes) | allowed: true, false"
      })
  void otherTextsAreRefused(String text, String message) {
    assertThatThrownBy(() -> Families.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  /**
   * 8, 4 and 2: the third layer's kernel of 3 reads 4. In an image of 2 its taps meet, unless what
   * lies outside is nothing.
   */
  @ParameterizedTest
  @CsvSource({
    "circular, stride=2, 4",
    "reflect, stride=2, 4",
    "circular, 'pool=max, pool_every=1', 3",
    "reflect, 'pool=average, pool_every=1', 3"
  })
  void tapsDoNotMeet(String padding, String smaller, int layer) {
    Architecture.Layered layered = convolutional(padding, smaller);
    assertThat(layered.graph(layer - 1, 4, 64).depth()).isEqualTo(layer - 1);
    assertThatThrownBy(() -> layered.graph(layer, 4, 64))
        .isInstanceOf(Misfit.class)
        .hasMessageContaining("[2, 2], which layer " + layer + " reads");
    assertThat(convolutional("zero", smaller).graph(3, 4, 64).depth()).isEqualTo(3);
  }

  private static Architecture.Layered convolutional(String padding, String smaller) {
    return (Architecture.Layered)
        Families.parse(
            "convolutional(size=8x8, kernel=3, padding=%s, %s)".formatted(padding, smaller));
  }

  /** Two convolutions and a pool, as in VGG: 16, 8, 4, and what the read-out sees is 2. */
  @Test
  void poolsComeAfterEverySoManyLayers() {
    Architecture.Layered layered =
        (Architecture.Layered) Families.parse("convolutional(size=16x16, pool=max, pool_every=2)");
    LayerGraph graph = layered.graph(6, 4, 256);
    assertThat(IntStream.rangeClosed(1, 6).map(l -> graph.layer(l).shape().grid().get(0)))
        .containsExactly(16, 16, 8, 8, 4, 4);
    assertThat(graph.nodes().get(graph.readout()).operation())
        .isEqualTo(Operation.Weighted.dense(1));
    assertThat(graph.nodes().get(graph.readout() - 1).shape().channels()).isEqualTo(4 * 2 * 2);
    assertThat(graph.nodes())
        .extracting(LayerGraph.Node::operation)
        .filteredOn(new Operation.Pool(Operation.Kept.MAX, 2)::equals)
        .hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "convolutional(size=8x8, kernel=9) | kernel | 9 is larger than the image, [8, 8]",
        "convolutional(size=7x7) | size | [7, 7] has 49 positions, which do not divide the 256",
        "convolutional(pool=max, pool_window=3) | pool_window | 3 does not divide the image of [8,"
            + " 8] behind layer 2; allowed: windows that do, or fewer pools",
        "convolutional(groups=5) | groups | 5 groups do not divide a width of 64",
        "residual(branch=convolutional, size=4, kernel=5) | kernel | 5 is larger than the image",
        "transformer(heads=3) | heads | 3 heads do not divide a width of 64",
        "pinn | equation | a function of one x has no inputs of 256 numbers; allowed: kind",
        "transformer(token_cosine=0.5) | tokens | do not divide the 256 numbers of an input;"
            + " allowed:"
      })
  void whatDoesNotFitIsRefused(String text, String parameter, String message) {
    Architecture.Layered layered = (Architecture.Layered) Families.parse(text);
    assertThatThrownBy(() -> layered.graph(3, 64, 256))
        .isInstanceOfSatisfying(
            Misfit.class, misfit -> assertThat(misfit.parameter()).isEqualTo(parameter))
        .hasMessageContaining(message);
  }
}
