package org.phasemap.spec.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.phasemap.data.FileAccess;
import org.phasemap.network.UserException;
import org.phasemap.spec.Spec;
import org.phasemap.spec.yaml.Decimals;

class SpecWriterTest {
  private static Spec quickstart() {
    return SpecReader.read(Path.of("conf/sweeps/01-quickstart.yaml"), List.of(), FileAccess.PLAIN);
  }

  @Test
  void aSpecIsWrittenResolved() {
    Spec spec =
        SpecReader.parse(
            """
            name: "2026"
            network:
              activation: [relu, leaky_relu]
              depth: {from: 4, to: 64, count: 5, scale: log}
              width: 256
              sigma_multiplier: {from: 0.5, to: 2.1, step: 0.1}
            training: {network: {sigma_w2: 1e-9}}
            """,
            "t.yaml");
    assertThat(SpecWriter.toYaml(spec))
        .isEqualTo(
            """
            name: "2026"
            seed: 1
            replicates: 8
            network:
              activation: [relu, leaky_relu(0.01)]
              depth: [4, 8, 16, 32, 64]
              width: [256]
              init: [he_normal]
              sigma_multiplier: [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2,
                  2.1]
              sigma_b2: [0]
              keep_probability: [1]
              rescale_for_sparsity: false
            inputs:
              kind: gaussian
              count: 8
              dimension: 256
              q0: 1
              c0: 0.5
              scale: 1
            probes: [signal, gradient, ntk]
            outputs: 1
            training:
              data: digits
              network:
                activation: [relu, leaky_relu(0.01)]
                depth: [4, 8, 16, 32, 64]
                width: [256]
                sigma_w2: [0.000000001]
                sigma_b2: [0]
                keep_probability: [1]
                rescale_for_sparsity: false
              replicates: 1
              engine: kernel
              loss: cross_entropy
              optimiser: [sgd]
              learning_rate: [0.1]
              batch_size: [64]
              steps: 200
              biases: true
              readout_scale: 1
              accuracy_threshold: 0.5
              ntk_examples: 16
              ntk_drift: false
            sampler: auto
            random_numbers: common
            backend: auto
            limits:
              max_cells: 1000000
              cell_seconds: 86400
            """);
  }

  @Test
  void replicatesOfAnOpenNumberAreASection() {
    String replicates =
        """
        replicates:
          min: 4
          max: 64
          until:
            ln_q: 0.1
            ln_gradient_gain: 0.05
        """;
    String network = "network: {activation: tanh, depth: 8, width: 64}\n";
    Spec spec = SpecReader.parse("name: t\n" + network + replicates, "t.yaml");
    assertThat(SpecWriter.toYaml(spec)).contains("\n" + replicates + "network:\n");
  }

  @Test
  void whatIsWrittenReadsBackEqual() {
    Random random = new Random(2);
    for (int i = 0; i < 200; i++) {
      Spec spec = RandomSpecs.next(random);
      String yaml = SpecWriter.toYaml(spec);
      assertThat(SpecReader.parse(yaml, "t.yaml")).as(yaml).isEqualTo(spec);
    }
    assertThat(SpecReader.parse(SpecWriter.toYaml(quickstart()), "t.yaml")).isEqualTo(quickstart());
  }

  @Test
  void everyDoubleReadsBackAsItself() {
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      double x = Math.abs(Double.longBitsToDouble(random.nextLong()));
      if (Double.isFinite(x)) {
        assertThat(Double.parseDouble(Decimals.text(x))).isEqualTo(x);
      }
    }
    assertThat(
            List.of(0.3, 1e6, 1e-6, 2e-3, 1e22, Double.MIN_VALUE, 0.0, 1 / 3.0).stream()
                .map(Decimals::text))
        .containsExactly(
            "0.3", "1000000", "0.000001", "0.002", "1E+22", "5E-324", "0", "0.3333333333333333");
  }

  /** Specs with a few random edits are read and round-trip, or are refused in one short line. */
  @Test
  void noTextCrashesTheReader() {
    String spec = SpecWriter.toYaml(quickstart());
    String edits = "[]{}:,&*!|>%@`'\"#-? \n\t0123456789.eE+abnulif\\~é\u0000\uD800";
    Random random = new Random(4);
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder(spec);
      for (int j = random.nextInt(4); j >= 0; j--) {
        int at = random.nextInt(text.length() - 20);
        char edit = edits.charAt(random.nextInt(edits.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.delete(at, at + random.nextInt(20));
          case 1 -> text.insert(at, edit);
          default -> text.setCharAt(at, edit);
        }
      }
      try {
        Spec read = SpecReader.parse(text.toString(), "t.yaml");
        assertThat(SpecReader.parse(SpecWriter.toYaml(read), "t.yaml")).isEqualTo(read);
      } catch (UserException e) {
        assertThat(e).message().hasSizeLessThan(700).doesNotContain("\n");
      }
    }
  }
}
