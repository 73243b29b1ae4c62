package org.phasemap.chart.summary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.phasemap.analysis.CellErrors;
import org.phasemap.chart.Counted;
import org.phasemap.chart.Counts;
import org.phasemap.chart.Heading;
import org.phasemap.chart.summary.ConventionValues.Named;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/** Writes the words around the figures: the field's many conventions, the caption. */
public final class Conventions {
  private final Counts counts;
  private final CellErrors errors;
  private final ConventionValues values;
  private final boolean hasGradients;
  private final boolean hasKernels;

  /**
   * Of figures of a sweep.
   *
   * @param counts its cells
   */
  Conventions(Query query, Counts counts, CellErrors errors) {
    this.counts = counts;
    this.errors = errors;
    values = new ConventionValues(query);
    Rows.Row probed =
        query
            .rows(
                """
                select count(ln_gradient_gain_mean) as gradients, count(ln_ntk_scale_mean) as kernels
                from cells
                """)
            .row(0);
    hasGradients = probed.whole("gradients") > 0;
    hasKernels = probed.whole("kernels") > 0;
  }

  /** The heading of figures that may show all cells. */
  public static Heading heading(Query query, CellErrors errors) {
    return new Conventions(query, Counts.of(query), errors)
        .heading(Optional.empty(), Optional.empty());
  }

  /**
   * All of it.
   *
   * @param shown which cells are shown; empty where all are
   * @param others what else the folder holds; empty where its spec wants all of it
   */
  Heading heading(Optional<String> shown, Optional<String> others) {
    Map<String, String> entries = entries();
    shown.ifPresent(note -> entries.put("Shown", note));
    others.ifPresent(note -> entries.put("Not shown", note));
    return new Heading(caption(), errors(), entries);
  }

  /** What was measured and what was not, in one sentence or two. */
  private String caption() {
    List<String> parts = new ArrayList<>();
    if (counts.measured().cells() > 0) {
      parts.add(
          String.format(
              Locale.ROOT,
              "%s measured in %s (%s), beside mean-field theory",
              subject(),
              Counted.of(counts.measured().networks(), "random network"),
              cells(counts.measured())));
    }
    if (counts.trained().cells() > 0) {
      parts.add(
          String.format(
              Locale.ROOT,
              "%s (%s) trained on %s",
              Counted.of(counts.trained().networks(), parts.isEmpty() ? "network" : "more network"),
              cells(counts.trained()),
              values.of(Named.DATA)));
    }
    String failed =
        counts.failed() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                " %s failed and %s in no average; the results’ status says why.",
                Counted.of(counts.failed(), "network"),
                counts.failed() == 1 ? "is" : "are");
    return String.join("; ", parts) + "." + failed;
  }

  private static String cells(Counts.Task task) {
    return task.known() == task.cells()
        ? Counted.of(task.cells(), "cell")
        : String.format(Locale.ROOT, "%,d of %s", task.known(), Counted.of(task.cells(), "cell"));
  }

  /** What the spec's probes measured. */
  private String subject() {
    List<String> kinds = new ArrayList<>(List.of("Signal"));
    if (hasGradients) {
      kinds.add("gradient");
    }
    if (hasKernels) {
      kinds.add("tangent-kernel");
    }
    int last = kinds.size() - 1;
    return (last == 0
            ? kinds.get(0)
            : String.join(", ", kinds.subList(0, last)) + " and " + kinds.get(last))
        + " propagation";
  }

  private boolean isIndependent() {
    return errors == CellErrors.INDEPENDENT;
  }

  private String errors() {
    return isIndependent()
        ? "No two cells share random numbers: each is a test of its own."
        : "All cells share their random numbers, so the errors of neighbours move together: they"
              + " are fewer independent tests than cells, and all may lie on one side.";
  }

  /** Term and meaning, in the order of printing. */
  private Map<String, String> entries() {
    Map<String, String> entries = new LinkedHashMap<>();
    boolean measured = counts.measured().cells() > 0;
    entries.put("Weights", "variance σ_w²/fan-in, law " + values.of(Named.WEIGHT_LAW) + schemes());
    entries.put("Biases", "variance σ_b² = " + values.of(Named.SIGMA_B2));
    entries.put(
        "Mask",
        values.of(Named.KEEP_PROBABILITY).equals("1")
            ? "none"
            : "each weight kept with probability p, independently; one mask a network, the same for"
                + " every input; σ_w² is before the mask");
    if (measured) {
      putMeasured(entries);
    }
    if (isTrained()) {
      putTrained(entries);
    }
    entries.put(
        "Precision",
        "networks in float32 (" + values.of(Named.BACKEND) + "), sums and theory in float64");
    if (measured) {
      entries.put(
          "Averages",
          "logs are averaged, never raw norms; ± is the standard error over replicates"
              + (values.of(Named.STOPPED).contains("until")
                  ? "; a cell has as many replicates as narrow confidence intervals took"
                  : ""));
    }
    entries.put(
        "Random numbers",
        isIndependent()
            ? "no two cells share any: their errors are independent"
            : "common to all cells: replicate r has the same draws everywhere, so neighbouring"
                  + " cells’ errors move together and contours are sharper than ± says");
    return entries;
  }

  private void putMeasured(Map<String, String> entries) {
    entries.put("Inputs", inputs());
    entries.put(
        "Read-out",
        "linear, normal weights of the same variance"
            + (hasGradients ? "; every gradient is its output's" : ""));
    if (hasGradients) {
      entries.put(
          "Gradient gain", "ln ‖∂f/∂z₁‖²/‖∂f/∂z_L‖², from the last hidden layer back to the first");
    }
    entries.put(
        "Theory",
        "infinite width: χ₁ = p σ_w² E φ′(√q z)², depth scale ξ = 1/|ln χ₁| (Poole et al. 2016,"
            + " Schoenholz et al. 2017)");
    entries.put(
        "Expected",
        "mean and sd over random networks of the cell’s width, to first order in 1/n (Roberts,"
            + " Yaida and Hanin 2022); z = (mean − expected)/(expected sd/√replicates)");
    entries.put(
        "Boundaries",
        "theory at infinite width, each where a factor of "
            + BoundaryDepths.FACTOR
            + " is reached: squared gradient norm (stable), condition number of the NTK over the"
            + " inputs (trainable), input-dependent part of the mean prediction, L = ξ* ln "
            + BoundaryDepths.FACTOR
            + " (generalising; Xiao, Pennington and Schoenholz 2020)"
            + (isTrained() ? "; over trained cells too they are of these inputs" : "")
            + "; none is drawn over cells whose networks all failed");
    if (hasKernels) {
      entries.put(
          "NTK", "NTK parameterisation, one read-out unit; “standard” rows say so in their name");
    }
  }

  private void putTrained(Map<String, String> entries) {
    entries.put(
        "Training",
        (values.of(Named.BIASES).equals("off")
                ? "of all weights, without biases, in standard parameterisation, on "
                : "of all weights and biases, in standard parameterisation, on ")
            + values.of(Named.DATA)
            + "; trained: the final accuracy on the training set is at least "
            + values.of(Named.ACCURACY_THRESHOLD)
            + "; diverged: a loss is not finite or above 10⁴ times that of a guess; stalled:"
            + " neither. Losses are those of minibatches");
    entries.put(
        "P(trained)",
        "share of a cell’s networks; its interval is Wilson’s, at a confidence of 95 %");
    entries.put(
        "Fitted boundary",
        "L where a logistic curve of P(trained) in ln L, fitted with Jeffreys’ prior (Firth 1993),"
            + " is ½; its 95 % interval is a posterior’s, whose networks of one replicate may share"
            + " their luck. Where every shallower network is trained and no deeper one, the gap is"
            + " drawn");
    entries.put(
        "Collapse",
        "L = k ξ_c with ξ_c = −1/ln χ(c*), fitted to all columns of a side of the edge of chaos"
            + " that have a finite ξ_c, its 95 % interval from the spread of columns and of"
            + " replicates; quality = 1 − var(ln L_½/ξ_c)/var(ln L_½)");
  }

  private boolean isTrained() {
    return counts.trained().cells() > 0;
  }

  private String inputs() {
    String kind = values.of(Named.INPUT);
    String count = values.of(Named.INPUT_COUNT);
    String dimension = values.of(Named.INPUT_DIMENSION);
    String q0 = values.of(Named.INPUT_Q0);
    String c0 = values.of(Named.INPUT_C0);
    if (q0.isEmpty()) {
      return "";
    }
    return switch (kind) {
      case "gaussian" ->
          count
              + " Gaussian vectors of dimension "
              + dimension
              + ", whitened: ‖x‖²/n₀ = "
              + q0
              + " and pairwise correlation c₀ = "
              + c0
              + " exactly";
      case "sphere" ->
          count
              + " independent directions in dimension "
              + dimension
              + ", ‖x‖²/n₀ = "
              + q0
              + " exactly, mean cosine "
              + c0;
      default ->
          count
              + " examples of "
              + kind
              + ", dimension "
              + dimension
              + ", mean ‖x‖²/n₀ = "
              + q0
              + ", mean cosine "
              + c0;
    };
  }

  private String schemes() {
    String schemes = values.of(Named.SCHEME);
    return schemes.isEmpty() ? "" : ", scheme " + schemes;
  }
}
