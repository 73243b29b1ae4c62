package org.phasemap.cli.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.phasemap.cli.theory.check.ReferenceQuantities;

class TheoryCommandTest {
  @Test
  void mapsGiveFixedPointsDepthScalesAndPhase() {
    Outcome maps =
        Outcome.of(
            "maps --activation tanh --sigma-w2 1.3,2.5 --sigma-b2 0.05 --depth 12 --c0 0.6"
                + " --start pre_activations --format csv");

    assertThat(maps.exitCode()).isZero();
    assertThat(maps.lines()).hasSize(3);
    assertThat(maps.lines().get(0))
        .isEqualTo(
            "activation,sigma_w2,sigma_b2,keep_probability,dropout_keep,q0,c0,depth,q_star,chi_1,"
                + "chi_q,c_star,one_minus_c_star,xi_q,xi_c,xi_grad,xi_generalisation,phase,q_L,c_L,"
                + "one_minus_c_L,ln_gradient_gain,q_1,stability,phase_q_star,fixed_points,"
                + "other_q_star,other_stability");
    assertThat(maps.cell("phase", 1)).isEqualTo("ordered");
    assertThat(maps.cell("phase", 2)).isEqualTo("chaotic");
    // Rows traj_*_tanh_1.3_L12 and traj_q_tanh_2.5_L12 of the reference table.
    assertThat(maps.number("q_L", 1)).isCloseTo(0.3156593846980104, within(1e-9));
    assertThat(maps.number("c_L", 1)).isCloseTo(0.9041208131067094, within(1e-9));
    assertThat(maps.number("ln_gradient_gain", 1)).isCloseTo(-2.2752889810774524, within(1e-9));
    assertThat(maps.number("q_L", 2)).isCloseTo(1.0639557984417791, within(1e-9));
  }

  /** GELU's half-stable point in 8 digits: unit inputs stop at an ordered point below it. */
  @Test
  void mapsSayWhichFixedPointARowAndItsPhaseAreAbout() throws IOException {
    Outcome maps =
        Outcome.of(
            "maps --activation gelu --sigma-w2 1.98305826 --sigma-b2 0.17292239 --depth 5"
                + " --q0 1,10 --format json");

    JsonNode rows = new ObjectMapper().readTree(maps.out());
    JsonNode below = rows.get(0);
    assertThat(below.get("q_1").doubleValue()).isCloseTo(2.15598065, within(1e-15));
    assertThat(below.get("q_star").doubleValue()).isCloseTo(3.03501, within(1e-4));
    assertThat(below.get("stability").asText()).isEqualTo("attracting");
    assertThat(below.get("phase").asText()).isEqualTo("critical");
    assertThat(below.get("phase_q_star").doubleValue()).isCloseTo(3.56156, within(1e-4));
    assertThat(below.get("fixed_points").intValue()).isEqualTo(2);
    assertThat(below.get("other_q_star").get(0)).isEqualTo(below.get("phase_q_star"));
    assertThat(below.get("other_stability").get(0).asText()).isEqualTo("half_stable");
    JsonNode above = rows.get(1);
    assertThat(above.get("q_star")).isEqualTo(above.get("phase_q_star"));
    assertThat(above.get("stability").asText()).isEqualTo("half_stable");
    assertThat(above.get("other_stability").get(0).asText()).isEqualTo("attracting");
  }

  @Test
  void withoutBiasSeluHasAnEdge() {
    Outcome critical = Outcome.of("critical --activation selu,softsign,gelu --format csv");

    assertThat(critical.number("sigma_w2", 1)).isCloseTo(0.47677101788275295, within(1e-15));
    for (int row = 1; row <= 3; row++) {
      assertThat(critical.number("q_star", row)).isZero();
      assertThat(critical.number("chi_q", row)).isEqualTo(1);
    }
    assertThat(critical.cell("verdict", 1)).isEqualTo("critical");
    assertThat(critical.cell("verdict", 3)).isEqualTo("unstable_eoc");
  }

  @Test
  void inputsGoThroughTheFirstLayerFirst() {
    Outcome maps =
        Outcome.of("maps --activation relu --sigma-w2 2 --depth 3 --q0 1.5 --c0 1 --format csv");

    assertThat(maps.number("q_L", 1)).isEqualTo(3);
    assertThat(maps.number("c_L", 1)).isEqualTo(1);
    assertThat(maps.number("ln_gradient_gain", 1)).isZero();
    assertThat(maps.cell("phase", 1)).isEqualTo("critical");
  }

  @Test
  void dropoutMakesEveryCorrelationDepthFinite() {
    Outcome maps =
        Outcome.of(
            "maps --activation tanh --sigma-w2 1.76 --sigma-b2 0.05 --depth 200"
                + " --dropout 0.9,0.99 --format csv");

    // REFERENCE A8.
    assertThat(maps.number("xi_c", 1)).isCloseTo(4.67, within(0.01));
    assertThat(maps.number("xi_c", 2)).isCloseTo(14.48, within(0.01));
    assertThat(maps.number("c_L", 1)).isCloseTo(maps.number("c_star", 1), within(1e-12));
  }

  @Test
  void aMaskScalesSigmaW2() {
    Outcome masked =
        Outcome.of(
            "maps --activation tanh --sigma-w2 3 --keep-probability 0.5 --depth 5 --format csv");
    Outcome dense = Outcome.of("maps --activation tanh --sigma-w2 1.5 --depth 5 --format csv");

    assertThat(masked.cell("q_star", 1)).isEqualTo(dense.cell("q_star", 1));
  }

  @Test
  void criticalGivesTheCurveAndAVerdict() {
    Outcome critical =
        Outcome.of("critical --activation tanh,silu,softplus --sigma-b2 0.05 --format csv");

    assertThat(critical.exitCode()).isZero();
    assertThat(critical.lines().get(0))
        .isEqualTo("activation,sigma_b2,keep_probability,sigma_w2,q_star,chi_q,verdict");
    assertThat(critical.number("sigma_w2", 1)).isCloseTo(1.7609546396067373, within(1e-9));
    assertThat(critical.number("q_star", 1)).isCloseTo(0.5700478816407633, within(1e-9));
    assertThat(critical.cell("verdict", 1)).isEqualTo("critical");
    assertThat(critical.number("chi_q", 2)).isCloseTo(1.0999, within(1e-4));
    assertThat(critical.cell("verdict", 2)).isEqualTo("unstable_eoc");
    assertThat(critical.lines().get(3)).isEqualTo("softplus,0.05,1,,,,no_fixed_point");
  }

  @Test
  void maskedReluIsCriticalAtTwoOverP() {
    Outcome critical =
        Outcome.of("critical --activation relu --keep-probability 0.25,1 --format csv");

    assertThat(critical.number("sigma_w2", 1)).isEqualTo(8);
    assertThat(critical.number("sigma_w2", 2)).isEqualTo(2);
    assertThat(critical.cell("q_star", 2)).isEmpty();
  }

  @Test
  void ntkGivesScaleAndSpectrum() throws IOException {
    Outcome ntk =
        Outcome.of("ntk --activation relu --sigma-w2 2 --depth 4 --inputs 3 --c0 1 --format json");

    JsonNode row = new ObjectMapper().readTree(ntk.out()).get(0);
    // Critical ReLU: every one of the L + 1 layers adds 2 q0.
    assertThat(row.get("scale").doubleValue()).isCloseTo(10, within(1e-12));
    assertThat(row.get("lambda_max").doubleValue()).isCloseTo(30, within(1e-12));
    assertThat(row.get("critical_learning_rate").doubleValue()).isCloseTo(1 / 15., within(1e-12));
    // Layer l adds n E phi^2 = n; the first n_0 q0.
    assertThat(row.get("standard_scale").doubleValue()).isCloseTo(5000, within(1e-8));
    assertThat(row.get("condition").asText()).isEqualTo("Infinity");
  }

  @Test
  void jacobianGivesMeanAndVarianceOfSquaredSingularValues() {
    Outcome jacobian =
        Outcome.of("jacobian --activation linear,relu --sigma-w2 1,2 --depth 8 --format csv");

    assertThat(jacobian.number("mean_sv2", 1)).isEqualTo(1);
    assertThat(jacobian.number("variance_sv2_gaussian", 1)).isEqualTo(8);
    assertThat(jacobian.number("variance_sv2_orthogonal", 1)).isZero();
    assertThat(jacobian.number("upper_edge_gaussian", 1))
        .isCloseTo(Math.pow(9, 9) / Math.pow(8, 8), within(1e-6));
    assertThat(jacobian.number("mean_sv2", 4)).isEqualTo(1);
    assertThat(jacobian.number("variance_sv2_orthogonal", 4)).isEqualTo(8);
    assertThat(jacobian.number("layer_top_singular_value", 4))
        .isCloseTo(1 + Math.sqrt(2), within(1e-6));
  }

  @Test
  void dualGivesGaussianExpectations() {
    Outcome dual = Outcome.of("dual --activation erf,relu --q 1 --q2 1,2 --c 0.5 --format csv");

    assertThat(dual.lines()).hasSize(5);
    assertThat(dual.number("phi_phi", 1))
        .isCloseTo(2 / Math.PI * Math.asin(1.0 / 3), within(1e-14));
    assertThat(dual.number("dphi_dphi", 3)).isCloseTo(1.0 / 3, within(1e-14));
  }

  @Test
  void finiteWidthGivesStandardDeviations() {
    Outcome wide =
        Outcome.of(
            "finite-width --activation tanh --sigma-w2 1.5 --sigma-b2 0.05 --depth 6 --c0 0.3"
                + " --width 400,1600 --format csv");

    assertThat(wide.number("ln_q_sd", 1) / wide.number("ln_q_sd", 2)).isCloseTo(2, within(1e-9));
    assertThat(wide.cell("reliable", 1)).isEqualTo("true");
  }

  @Test
  void listNamesSubcommandsActivationsAndKeys() {
    Outcome list = Outcome.of("list");

    assertThat(list.exitCode()).isZero();
    assertThat(list.out()).contains("  finite-width  ", "  softplus\n", "  prelu(a)\n");
    for (String key : ReferenceQuantities.keys()) {
      assertThat(list.lines()).contains("  " + key);
    }
  }

  @Test
  void noSubcommandIsUsageAndExitCodeTwo() {
    Outcome none = Outcome.of("");

    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).startsWith("Usage: phasemap theory").contains("critical", "check");
  }

  @Test
  void tablesHaveSixDigitsAndACount() {
    Outcome table = Outcome.of("critical --activation tanh --sigma-b2 0:0.3:0.1");

    assertThat(table.out()).doesNotContain("0.30000000000000004");
    assertThat(table.lines().get(table.lines().size() - 1)).isEqualTo("(4 rows)");
  }
}
