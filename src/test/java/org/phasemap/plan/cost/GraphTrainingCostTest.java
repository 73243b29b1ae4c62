package org.phasemap.plan.cost;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.spec.file.SpecReader;

class GraphTrainingCostTest {
  /**
   * Best processor seconds of some steps and the examinations, on an AMD EPYC with AVX-512 that
   * others used, too (2026-11-30): some of the networks that the model was fitted to. It says from
   * 0.72 to 1.22 of what those took.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "residual(order=pre1) | 32 | 50 | digits | 30 | sgd"
            + " | relu | cross_entropy | 32 | 0.0251",
        "residual(order=pre1, norm=batch) | 32 | 50 | digits | 30 | sgd"
            + " | relu | cross_entropy | 32 | 0.114",
        "residual(order=pre2) | 128 | 10 | digits | 60 | sgd"
            + " | tanh | cross_entropy | 32 | 0.133",
        "residual(order=pre2, norm=batch) | 64 | 12 | digits | 30 | sgd"
            + " | relu | cross_entropy | 32 | 0.074",
        "residual(order=pre1) | 16 | 8 | digits | 100 | sgd"
            + " | tanh | cross_entropy | 16 | 0.0101",
        "mlp(norm=layer) | 64 | 32 | digits | 30 | sgd" + " | relu | cross_entropy | 32 | 0.117",
        "mlp(norm=layer) | 16 | 8 | digits | 60 | sgd" + " | tanh | cross_entropy | 32 | 0.0145",
        "mlp(norm=batch) | 128 | 8 | digits | 60 | sgd" + " | tanh | cross_entropy | 32 | 0.0785",
        "mlp(norm=batch) | 16 | 4 | digits | 100 | sgd" + " | relu | cross_entropy | 32 | 0.012",
        "mlp(norm=batch) | 16 | 12 | digits | 100 | sgd" + " | tanh | cross_entropy | 16 | 0.0289",
        "mlp(norm=batch) | 32 | 16 | digits | 60 | sgd" + " | relu | cross_entropy | 8 | 0.0305",
        "mlp(norm=batch) | 256 | 4 | digits | 30 | sgd" + " | relu | cross_entropy | 32 | 0.0605",
        "mlp(norm=rms) | 256 | 6 | digits | 30 | adam | gelu | cross_entropy | 32 | 0.157",
        "mlp(weights=weight_norm) | 64 | 32 | digits | 30 | sgd"
            + " | relu | cross_entropy | 32 | 0.191",
        "mlp(weights=spectral_norm) | 64 | 16 | digits | 30 | sgd"
            + " | relu | cross_entropy | 32 | 0.331",
        "densenet(growth=4) | 16 | 8 | digits | 100 | sgd"
            + " | relu | cross_entropy | 32 | 0.0268",
        "densenet(growth=12) | 32 | 16 | digits | 60 | sgd"
            + " | relu | cross_entropy | 32 | 0.0918",
        "densenet(growth=12) | 16 | 32 | digits | 30 | adam"
            + " | relu | cross_entropy | 32 | 0.183",
        "densenet(growth=32) | 64 | 12 | digits | 30 | sgd"
            + " | relu | cross_entropy | 64 | 0.0843",
        "densenet(growth=8, norm=batch) | 32 | 16 | digits | 30 | sgd"
            + " | relu | cross_entropy | 32 | 0.0762",
        "convolutional(size=8x8, kernel=3, padding=zero) | 8 | 6 | digits | 20 | sgd"
            + " | relu | cross_entropy | 32 | 0.144",
        "convolutional(size=8x8, kernel=3, padding=circular) | 16 | 10 | digits | 10 | sgd"
            + " | tanh | cross_entropy | 32 | 0.296",
        "transformer(tokens=16, heads=4, norm=pre) | 32 | 4 | digits | 10 | adam"
            + " | relu | cross_entropy | 32 | 0.462",
        "transformer(tokens=8, heads=2, norm=pre) | 16 | 3 | digits | 20 | sgd"
            + " | relu | cross_entropy | 32 | 0.0822",
        "pinn(equation=poisson) | 32 | 4 | {kind: collocation, examples: 80} | 100 | adam"
            + " | tanh | residual | 32 | 0.0406",
      })
  void stepsTakeWhatTheyTook(
      String architecture,
      int width,
      int depth,
      String data,
      int steps,
      String optimiser,
      String activation,
      String loss,
      int batch,
      double seconds) {
    String inputs = loss.equals("residual") ? "inputs: {kind: collocation, count: 8}" : "";
    String yaml =
        """
        name: e
        network: {activation: %s, depth: 2, width: 8, sigma_w2: 1}
        %s
        training:
          data: %s
          network: {depth: %d, width: %d, architecture: "%s"}
          batch_size: %d
          steps: %d
          optimiser: %s
          loss: %s
        """
            .formatted(
                activation,
                inputs,
                data,
                depth,
                width,
                architecture,
                batch,
                steps,
                optimiser,
                loss);
    Unit unit =
        Schedule.most(Plan.of(SpecReader.parse(yaml, "e.yaml"))).stream()
            .filter(each -> each.task() instanceof Task.Training)
            .findFirst()
            .orElseThrow();

    assertThat(CostModel.measuringSeconds(unit)).isBetween(seconds / 1.45, seconds * 1.45);
  }
}
