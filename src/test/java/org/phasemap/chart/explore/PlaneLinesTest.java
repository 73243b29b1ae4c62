package org.phasemap.chart.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.chart.summary.BoundaryLines;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.dual.GaussianMoments;
import org.phasemap.theory.limit.EdgeOfChaos;

/** Lines over σ_w² from 0.5 to 4 and depths from 2 to 32. */
class PlaneLinesTest {
  private static Lines overDepth(String architecture, String activation, double sigmaB2) {
    return new PlaneLines(
            architecture,
            activation,
            sigmaB2,
            1,
            1,
            false,
            new BoundaryLines.Inputs(1, 0.5, 4),
            new PlaneLines.Span(0.5, 4),
            new PlaneLines.Span(2, 32))
        .overDepth();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "convolutional(size=8x8, kernel=3, padding=circular, groups=1, readout=flatten)",
        "autoencoder(widths=4x2x4)",
        "mlp(weights=weight_norm)"
      })
  void chainsHaveTheEdgeOfMlpsAndNoOtherBoundary(String architecture) {
    Lines lines = overDepth(architecture, "tanh", 0.05);
    double critical = EdgeOfChaos.points(Activations.TANH, 0.05).get(0).sigmaW2();
    assertThat(lines.edge()).hasSize(1);
    assertThat(lines.edge().get(0))
        .allSatisfy(point -> assertThat(point.x()).isCloseTo(critical, within(1e-9)));
    assertThat(lines.scales().get(0).line()).isNotEmpty();
    assertThat(lines.stable()).isEmpty();
    assertThat(overDepth("mlp", "tanh", 0.05).stable()).isNotEmpty();
  }

  /** A map ends half a step past its outermost cells, in equal steps or in equal ratios. */
  @Test
  void linesReachTheFrameOfTheMapOnAxesOfEitherKind() {
    PlaneLines.Span ratios = PlaneLines.Span.over(List.of(4, 16, 64));
    assertThat(ratios.low()).isLessThanOrEqualTo(2).isPositive();
    assertThat(ratios.high()).isGreaterThanOrEqualTo(128);
    PlaneLines.Span steps = PlaneLines.Span.over(List.of(0.6, 1.4, 2.2, 3.0));
    assertThat(steps.low()).isLessThanOrEqualTo(0.2).isPositive();
    assertThat(steps.high()).isGreaterThanOrEqualTo(3.4);
    PlaneLines.Span fromZero = PlaneLines.Span.over(List.of(0.0, 0.1, 0.2));
    assertThat(fromZero.low()).isCloseTo(-0.05, within(1e-12));
    assertThat(fromZero.high()).isGreaterThanOrEqualTo(0.25);
    PlaneLines.Span alone = PlaneLines.Span.over(List.of(16));
    assertThat(alone.low()).isLessThan(16).isPositive();
    assertThat(alone.high()).isGreaterThan(16);
  }

  /** ARCHITECTURES 2.3: σ_b² = σ_w²(γ²D − V) at variance γ². */
  @Test
  void aNormBeforeTanhHasAnEdgeOfItsOwn() {
    GaussianMoments moments = new GaussianMoments(Activations.TANH, 1);
    double critical = 0.1 / (moments.derivativeSecondMoment() - moments.secondMoment());
    assertThat(overDepth("mlp(norm=rms)", "tanh", 0.1).edge().get(0).get(0).x())
        .isCloseTo(critical, within(1e-8));
  }

  @Test
  void whereEverySigmaIsCriticalOrNoneThereIsNoEdge() {
    assertThat(overDepth("mlp(norm=layer)", "relu", 0).edge()).isEmpty();
    assertThat(overDepth("mlp(norm=layer)", "tanh", 0).edge()).isEmpty();
    assertThat(overDepth("mlp(norm=batch)", "relu", 0).edge()).isEmpty();
  }
}
