package org.phasemap.train;

import org.jspecify.annotations.Nullable;
import org.phasemap.spec.EarlyStop;
import org.phasemap.spec.Engine;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Loss;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.Procedure;
import org.phasemap.spec.Recipe;

/** Recipes that differ in what a test is about. */
public record Recipes(Recipe recipe) {
  /** SGD on the cross-entropy. */
  public static Recipe sgd(int batch, int steps, double rate, double threshold) {
    return new Recipe(
        new Optimiser.Sgd(),
        new LearningRate.Fixed(rate),
        batch,
        new Procedure(
            Engine.KERNEL,
            Loss.CROSS_ENTROPY,
            new Procedure.Layers(true, 1),
            new Procedure.Ending(steps, null),
            new Procedure.Findings(threshold, 8, false)));
  }

  public static Recipes of(Recipe recipe) {
    return new Recipes(recipe);
  }

  public Recipes with(Loss loss) {
    Recipe r = recipe;
    return copy(
        loss,
        r.optimiser(),
        r.learningRate(),
        r.biases(),
        r.readoutScale(),
        r.stop(),
        r.ntkDrift());
  }

  public Recipes with(Optimiser optimiser) {
    Recipe r = recipe;
    return copy(
        r.loss(),
        optimiser,
        r.learningRate(),
        r.biases(),
        r.readoutScale(),
        r.stop(),
        r.ntkDrift());
  }

  public Recipes with(LearningRate rate) {
    Recipe r = recipe;
    return copy(
        r.loss(), r.optimiser(), rate, r.biases(), r.readoutScale(), r.stop(), r.ntkDrift());
  }

  Recipes with(EarlyStop stop) {
    Recipe r = recipe;
    return copy(
        r.loss(),
        r.optimiser(),
        r.learningRate(),
        r.biases(),
        r.readoutScale(),
        stop,
        r.ntkDrift());
  }

  public Recipes withDrift() {
    Recipe r = recipe;
    return copy(
        r.loss(), r.optimiser(), r.learningRate(), r.biases(), r.readoutScale(), r.stop(), true);
  }

  Recipes withoutBiases() {
    Recipe r = recipe;
    return copy(
        r.loss(), r.optimiser(), r.learningRate(), false, r.readoutScale(), r.stop(), r.ntkDrift());
  }

  public Recipes withReadoutScale(double scale) {
    Recipe r = recipe;
    return copy(
        r.loss(), r.optimiser(), r.learningRate(), r.biases(), scale, r.stop(), r.ntkDrift());
  }

  private Recipes copy(
      Loss loss,
      Optimiser optimiser,
      LearningRate rate,
      boolean biases,
      double readoutScale,
      @Nullable EarlyStop stop,
      boolean drift) {
    return of(
        new Recipe(
            optimiser,
            rate,
            recipe.batchSize(),
            new Procedure(
                recipe.engine(),
                loss,
                new Procedure.Layers(biases, readoutScale),
                new Procedure.Ending(recipe.steps(), stop),
                new Procedure.Findings(recipe.accuracyThreshold(), recipe.ntkExamples(), drift))));
  }
}
