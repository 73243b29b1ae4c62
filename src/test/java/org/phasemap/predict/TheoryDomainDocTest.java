package org.phasemap.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Plan;
import org.phasemap.quantity.KernelQuantity;
import org.phasemap.quantity.Quantity;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.spec.file.SpecReader;

/**
 * The table of docs/theory-architectures.md that says what has theory is what the predictor says of
 * each network. With {@code -Dphasemap.docs=write} it is written instead.
 */
class TheoryDomainDocTest {
  private static final Path DOCUMENT = Path.of("docs/theory-architectures.md");
  private static final String START = "<!-- what has theory: TheoryDomainDocTest -->\n";
  private static final String END = "<!-- end -->\n";
  private static final String KINKED = "relu";
  private static final String SMOOTH = "tanh";
  private static final String GAUSSIAN = "kind: gaussian, count: 16, dimension: 4096";
  private static final String GIVEN = "kind: digits, count: 2";

  private static final List<String> NETWORKS =
      List.of(
          "mlp",
          "{kind: mlp, norm: layer, place: [before, after]}",
          "{kind: mlp, norm: rms, place: [before, after]}",
          "{kind: mlp, norm: batch, place: [before, after]}",
          "{kind: mlp, weights: [weight_norm, spectral_norm]}",
          "{kind: convolutional, size: [8, 8], padding: [zero, circular, reflect]}",
          "{kind: convolutional, size: [8, 8], groups: [4, depthwise, separable]}",
          "{kind: convolutional, size: [8, 8], readout: average}",
          "{kind: convolutional, size: [8, 8], pool: [average, max], pool_every: 1}",
          "{kind: convolutional, size: [8, 8], norm: layer, place: [before, after]}",
          "{kind: convolutional, size: [8, 8], padding: circular, norm: batch, place: [before,"
              + " after]}",
          "{kind: convolutional, size: [8, 8], norm: batch}",
          "{kind: residual, order: [pre1, pre2, post1, post2, v1]}",
          "{kind: residual, order: [pre1, pre2, post1, post2, v1], norm: layer}",
          "{kind: residual, order: [pre1, pre2, post1, post2, v1], norm: batch}",
          "{kind: residual, order: post2, norm: batch, zero_gamma: true}",
          "{kind: residual, order: pre2, fixup: true}",
          "{kind: residual, branch: convolutional, size: [8, 8], order: [pre2, post2, v1]}",
          "{kind: residual, branch: convolutional, size: [8, 8], order: [pre2, post2, v1], norm:"
              + " batch}",
          "{kind: densenet, growth: 16, norm: [none, layer, batch]}",
          "{kind: transformer, tokens: 8, heads: 2, token_cosine: 0, norm: [pre, post, none]}",
          "{kind: autoencoder, widths: [4, 2, 1, 2, 4]}");

  /** A column of the table. */
  private record Shown(String name, String inputs, Predicate<Prediction> isKnown) {
    static Shown limit(String name, String inputs, Quantity... all) {
      return new Shown(
          name,
          inputs,
          prediction -> {
            boolean isKnown = true;
            for (Quantity each : all) {
              isKnown &= Double.isFinite(prediction.limit().number(each));
            }
            return isKnown;
          });
    }

    static Shown band(String name, Quantity of) {
      return new Shown(
          name,
          GAUSSIAN,
          prediction -> Double.isFinite(prediction.bands().of(of).standardDeviation()));
    }
  }

  private static final List<Shown> COLUMNS =
      List.of(
          Shown.limit("q", GAUSSIAN, SignalQuantity.LN_Q),
          Shown.limit("c", GAUSSIAN, SignalQuantity.C),
          Shown.limit("gradients", GAUSSIAN, SignalQuantity.LN_GRADIENT_GAIN),
          Shown.limit(
              "kernels", GAUSSIAN, KernelQuantity.LN_NTK_SCALE, KernelQuantity.NTK_OFF_RATIO),
          Shown.band("band of q", SignalQuantity.LN_Q),
          Shown.band("band of gradients", SignalQuantity.LN_GRADIENT_GAIN),
          Shown.limit("q, c of given", GIVEN, SignalQuantity.LN_Q, SignalQuantity.C),
          Shown.limit(
              "gradients, kernels of given",
              GIVEN,
              SignalQuantity.LN_GRADIENT_GAIN,
              KernelQuantity.NTK_OFF_RATIO));

  private static List<Cell> cells(String architecture, String activation, String inputs) {
    String yaml =
        """
        name: domain
        replicates: 1
        sampler: dense
        network: {architecture: %s, activation: %s, depth: 2, width: 128, sigma_w2: 1.6}
        inputs: {%s}
        probes: [signal, gradient, ntk]
        """
            .formatted(architecture, activation, inputs);
    return Plan.of(SpecReader.parse(yaml, "domain.yaml")).cells();
  }

  private static String table() {
    StringBuilder text = new StringBuilder("| network |");
    COLUMNS.forEach(column -> text.append(' ').append(column.name()).append(" |"));
    text.append(" why not |\n|---|").append("---|".repeat(COLUMNS.size() + 1)).append('\n');
    List<String> reasons = new ArrayList<>();
    for (String network : NETWORKS) {
      List<Cell> gaussian = cells(network, KINKED, GAUSSIAN);
      for (int i = 0; i < gaussian.size(); i++) {
        text.append("| `").append(gaussian.get(i).network().architecture()).append("` |");
        text.append(row(network, i, reasons)).append(" |\n");
      }
    }
    text.append('\n');
    for (int i = 0; i < reasons.size(); i++) {
      text.append(i + 1).append(". ").append(reasons.get(i)).append('\n');
    }
    return text.toString();
  }

  /**
   * What the columns say of a network.
   *
   * @param reasons found so far; new ones are added
   */
  private static String row(String network, int variant, List<String> reasons) {
    String[] known = new String[COLUMNS.size()];
    Arrays.fill(known, "");
    Set<Integer> why = new TreeSet<>();
    for (String activation : List.of(KINKED, SMOOTH)) {
      for (String inputs : List.of(GAUSSIAN, GIVEN)) {
        Cell cell = cells(network, activation, inputs).get(variant);
        Outlook outlook = Predictors.predict(List.of(cell)).get(0);
        for (int i = 0; i < known.length; i++) {
          boolean isKnown =
              COLUMNS.get(i).inputs().equals(inputs)
                  && outlook.prediction().map(COLUMNS.get(i).isKnown()::test).orElse(false);
          known[i] += isKnown ? activation : "";
        }
        Optional.ofNullable(outlook.missing())
            .ifPresent(missing -> List.of(missing.split("; ")).forEach(add(reasons, why)));
      }
    }
    StringBuilder text = new StringBuilder();
    for (String each : known) {
      String said = each.equals(KINKED + SMOOTH) ? "yes" : each.isEmpty() ? "–" : each;
      text.append(' ').append(said).append(" |");
    }
    String numbers = String.join(", ", why.stream().map(String::valueOf).toList());
    return text.append(' ').append(numbers).toString();
  }

  private static Consumer<String> add(List<String> reasons, Set<Integer> why) {
    return reason -> {
      if (!reasons.contains(reason)) {
        reasons.add(reason);
      }
      why.add(reasons.indexOf(reason) + 1);
    };
  }

  @Test
  void theDocumentSaysWhatHasTheory() throws IOException {
    String document = Files.readString(DOCUMENT);
    int from = document.indexOf(START) + START.length();
    String generated =
        document.substring(0, from) + table() + document.substring(document.indexOf(END));
    if ("write".equals(System.getProperty("phasemap.docs"))) {
      Files.writeString(DOCUMENT, generated);
    }
    assertThat(Files.readString(DOCUMENT)).isEqualTo(generated);
  }
}
