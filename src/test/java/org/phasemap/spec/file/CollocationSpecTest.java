package org.phasemap.spec.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.phasemap.data.DataSource;
import org.phasemap.data.FileAccess;
import org.phasemap.network.Equation;
import org.phasemap.network.architecture.PhysicsInformed;
import org.phasemap.quantity.Axis;
import org.phasemap.spec.Inputs;
import org.phasemap.spec.Spec;
import org.phasemap.spec.Training;

class CollocationSpecTest {
  private static final String SPEC =
      """
      name: t
      network: {activation: tanh, depth: 4, width: 16, architecture: {kind: pinn}}
      inputs: {kind: collocation, count: 5}
      training: {loss: residual, data: {kind: collocation, examples: 40}}
      """;

  @Test
  void whatIsWrittenIsReadBack() {
    Spec spec = SpecReader.parse(SPEC, "t.yaml");
    Spec again = SpecReader.resolved(SpecWriter.toYaml(spec), "spec.yaml", FileAccess.PLAIN);
    assertThat(again).isEqualTo(spec);
    assertThat(again.inputs()).isEqualTo(new Inputs(new Inputs.Collocation(), 5, 1, 1));
    Training training = Objects.requireNonNull(again.training());
    assertThat(training.data()).isEqualTo(new DataSource.Collocation(40));
    assertThat(training.network().values(Axis.ARCHITECTURE))
        .containsExactly(new PhysicsInformed(Equation.POISSON));
  }
}
