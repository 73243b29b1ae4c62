package org.phasemap.plan;

import java.io.Serializable;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.CellId;
import org.phasemap.network.InitScheme;
import org.phasemap.network.NetworkConfig;
import org.phasemap.spec.EarlyStop;
import org.phasemap.spec.Inputs;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Recipe;

/**
 * One point of the grid, fully resolved.
 *
 * @param network what is measured
 * @param scheme how its σ_w² came about; null where the spec gives it
 * @param task what is done with it
 */
public record Cell(NetworkConfig network, @Nullable Scheme scheme, Task task)
    implements Serializable {

  /**
   * An initialisation scheme and the factor on its σ_w.
   *
   * @param init the scheme
   * @param sigmaMultiplier the factor
   */
  public record Scheme(InitScheme init, double sigmaMultiplier) implements Serializable {}

  /**
   * Hash of everything above, the same in whatever sweep the cell stands. Doubles enter by their
   * bits: their decimal text differs between JDKs.
   */
  public String id() {
    NetworkConfig n = network;
    StringJoiner canonical = new StringJoiner("|");
    canonical.add(CellId.text(n.activation()));
    canonical.add(n.depth() + "x" + n.width()).add(n.weightLaw().name());
    canonical.add(bits(n.sigmaW2())).add(bits(n.sigmaB2())).add(bits(n.keepProbability()));
    if (scheme != null) {
      canonical.add(scheme.init().name()).add(bits(scheme.sigmaMultiplier()));
    }
    canonical.add(task.id());
    if (task instanceof Task.Propagation propagation) {
      Inputs inputs = propagation.inputs();
      canonical.add(inputs.count() + "x" + inputs.dimension());
      addSource(canonical, inputs);
      canonical.add(propagation.probes().toString());
      if (propagation.outputs() > 1) {
        canonical.add(propagation.outputs() + " outputs");
      }
    } else if (task instanceof Task.Training training) {
      canonical.add(training.data().identity());
      add(training.recipe(), canonical);
    }
    return CellId.of(canonical.toString());
  }

  /** A scale is a factor on the norms of inputs that have one, and stands beside data. */
  private static void addSource(StringJoiner canonical, Inputs inputs) {
    double square = inputs.scale() * inputs.scale();
    if (inputs.source() instanceof Inputs.Gaussian gaussian) {
      canonical.add(bits(square * gaussian.q0())).add(bits(gaussian.c0()));
    } else if (inputs.source() instanceof Inputs.Sphere sphere) {
      canonical
          .add(inputs.name())
          .add(bits(square * sphere.q0()))
          .add(Long.toString(sphere.seed()));
    } else if (inputs.source() instanceof Inputs.Chosen chosen) {
      canonical.add(chosen.data().identity()).add(bits(inputs.scale()));
      canonical.add(Long.toString(chosen.seed()));
    }
  }

  private static void add(Recipe recipe, StringJoiner canonical) {
    canonical.add(recipe.engine().id()).add(recipe.loss().id()).add(recipe.optimiser().id());
    if (recipe.learningRate() instanceof LearningRate.Critical critical) {
      canonical.add("critical").add(bits(critical.fraction()));
    } else if (recipe.learningRate() instanceof LearningRate.Fixed fixed) {
      canonical.add(bits(fixed.rate()));
    }
    canonical.add(recipe.batchSize() + "x" + recipe.steps()).add("biases " + recipe.biases());
    if (recipe.readoutScale() != 1) {
      canonical.add("readout " + bits(recipe.readoutScale()));
    }
    EarlyStop stop = recipe.stop();
    if (stop != null) {
      canonical.add("stop " + bits(stop.loss()) + " " + bits(stop.accuracy()) + " " + stop.steps());
    }
    canonical.add(bits(recipe.accuracyThreshold()));
    canonical.add("ntk " + recipe.ntkExamples() + " " + recipe.ntkDrift());
  }

  private static String bits(@Nullable Double x) {
    return x == null ? "none" : bits(x.doubleValue());
  }

  private static String bits(double x) {
    return Long.toHexString(Double.doubleToLongBits(x));
  }
}
