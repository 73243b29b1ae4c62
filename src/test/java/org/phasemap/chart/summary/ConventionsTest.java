package org.phasemap.chart.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.chart.Heading;
import org.phasemap.chart.SweepInfo;
import org.phasemap.query.Query;
import org.phasemap.query.SyntheticSweep;

/** The page says what the networks were shown, and which random numbers they share. */
class ConventionsTest {
  @TempDir private static Path folder;
  private static Map<String, List<String>> files = Map.of();

  @BeforeAll
  static void writeSweep() throws Exception {
    files = SyntheticSweep.write(Files.createDirectory(folder.resolve("all")));
  }

  private static Heading heading(Query query, Map<String, String> provenance) {
    return new Charts(query, new SweepInfo("synthetic", "", provenance)).heading();
  }

  private static Map<String, String> entries(String input, Map<String, String> provenance)
      throws Exception {
    Path varied = Files.createTempDirectory(folder, input);
    Map<String, String> replaced = Map.of("input", "'" + input + "'");
    try (Query query =
        Query.over(SyntheticSweep.vary(files, varied, "task = 'propagation'", replaced))) {
      return heading(query, provenance).conventions();
    }
  }

  @Test
  void inputsAreNamedByTheirKind() throws Exception {
    assertThat(entries("gaussian", Map.of()))
        .containsEntry(
            "Inputs",
            "8 Gaussian vectors of dimension 64, whitened: ‖x‖²/n₀ = 1 and pairwise correlation c₀"
                + " = 0.3 exactly");
    assertThat(entries("sphere", Map.of()))
        .containsEntry(
            "Inputs",
            "8 independent directions in dimension 64, ‖x‖²/n₀ = 1 exactly, mean cosine 0.3");
    assertThat(entries("mnist", Map.of()))
        .containsEntry(
            "Inputs", "8 examples of mnist, dimension 64, mean ‖x‖²/n₀ = 1, mean cosine 0.3");
  }

  private static String caption(String where, Map<String, String> replaced) throws Exception {
    Path varied = Files.createTempDirectory(folder, "caption");
    try (Query query = Query.over(SyntheticSweep.vary(files, varied, where, replaced))) {
      return heading(query, Map.of()).caption();
    }
  }

  @Test
  void theErrorsOfCellsAreAsTheSpecDrawsThem() throws Exception {
    try (Query query = Query.over(files)) {
      assertThat(heading(query, Map.of("random_numbers", "independent")).errors())
          .isEqualTo("No two cells share random numbers: each is a test of its own.");
      assertThat(heading(query, Map.of("random_numbers", "common")).errors())
          .startsWith("All cells share their random numbers");
    }
  }

  @Test
  void theHeadSaysWhatFailed() throws Exception {
    assertThat(caption("task = 'propagation'", Map.of()))
        .startsWith("Signal, gradient and tangent-kernel propagation measured in ")
        .doesNotContain("failed");
    assertThat(
            caption(
                "task = 'propagation' and depth <= 4",
                Map.of(
                    "failed",
                    "3",
                    "replicates",
                    "case when activation = 'relu' then 0 else 2 end")))
        .containsPattern("networks \\([0-9,]+ of [0-9,]+ cells\\), beside")
        .containsPattern("[0-9,]+ networks failed and are in no average");
  }

  @Test
  void theHeadSaysWhatWasProbed() throws Exception {
    assertThat(
            caption(
                "task = 'propagation'",
                Map.of(
                    "ln_gradient_gain_mean", "null::double", "ln_ntk_scale_mean", "null::double")))
        .startsWith("Signal propagation measured in ");
  }

  @Test
  void sharedRandomNumbersAreSaidToBe() throws Exception {
    assertThat(entries("gaussian", Map.of("random_numbers", "common")).get("Random numbers"))
        .startsWith("common to all cells");
    assertThat(entries("gaussian", Map.of("random_numbers", "independent")).get("Random numbers"))
        .startsWith("no two cells share any");
  }

  private static Map<String, String> of(String where, Map<String, String> replaced)
      throws Exception {
    Path varied = Files.createTempDirectory(folder, "of");
    try (Query query = Query.over(SyntheticSweep.vary(files, varied, where, replaced))) {
      return heading(query, Map.of()).conventions();
    }
  }

  @Test
  void networksAreDescribedAsTheSpecHasThem() throws Exception {
    Map<String, String> entries =
        of(
            "task = 'propagation'",
            Map.of(
                "weight_law", "'uniform'",
                "init", "'xavier_uniform'",
                "sigma_b2", "0.05",
                "keep_probability", "1",
                "backend", "'nd4j'",
                "stopped", "'until'"));
    assertThat(entries)
        .containsEntry("Weights", "variance σ_w²/fan-in, law uniform, scheme xavier_uniform")
        .containsEntry("Biases", "variance σ_b² = 0.05")
        .containsEntry("Mask", "none")
        .containsEntry("Precision", "networks in float32 (nd4j), sums and theory in float64");
    assertThat(entries.get("Averages")).contains("as many replicates as narrow confidence");

    Map<String, String> others =
        of("task = 'propagation'", Map.of("keep_probability", "0.5", "init", "null"));
    assertThat(others.get("Mask")).startsWith("each weight kept with probability p");
    assertThat(others.get("Weights")).doesNotContain("scheme");
    assertThat(others.get("Averages")).doesNotContain("confidence intervals");
  }

  @Test
  void whatWasNotProbedIsNotExplained() throws Exception {
    assertThat(of("task = 'propagation'", Map.of()))
        .containsKeys("Gradient gain", "NTK", "Boundaries")
        .containsEntry(
            "Read-out",
            "linear, normal weights of the same variance; every gradient is its output's")
        .doesNotContainKeys("Training", "P(trained)", "Fitted boundary", "Collapse");
    assertThat(
            of(
                "task = 'propagation'",
                Map.of(
                    "ln_gradient_gain_mean", "null::double", "ln_ntk_scale_mean", "null::double")))
        .containsEntry("Read-out", "linear, normal weights of the same variance")
        .doesNotContainKeys("Gradient gain", "NTK");
    assertThat(of("task = 'training'", Map.of()))
        .containsKeys("Training", "P(trained)")
        .doesNotContainKeys("Inputs", "Read-out", "Theory", "Boundaries", "Averages");
  }

  @Test
  void trainingIsDescribedAsTheSpecHasIt() throws Exception {
    Map<String, String> replaced =
        Map.of("biases", "'off'", "accuracy_threshold", "0.75", "input", "'mnist'");
    assertThat(of("task = 'training'", replaced).get("Training"))
        .startsWith("of all weights, without biases, in standard parameterisation, on mnist;")
        .contains("the training set is at least 0.75;");
    assertThat(of("task = 'training'", Map.of("biases", "'on'")).get("Training"))
        .startsWith("of all weights and biases, in standard parameterisation, on ");
    assertThat(of("true", Map.of()).get("Boundaries")).contains("over trained cells too");
    assertThat(of("task = 'propagation'", Map.of()).get("Boundaries"))
        .doesNotContain("over trained cells");
  }
}
