package org.phasemap.train;

import org.jspecify.annotations.Nullable;
import org.phasemap.spec.EarlyStop;
import org.phasemap.spec.Engine;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Loss;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.Recipe;

/** Recipes that differ in what a test is about. */
public record Recipes(Recipe recipe) {
  /** SGD on the cross-entropy. */
  public static Recipe sgd(int batch, int steps, double rate, double threshold) {
    return new Recipe(
        Engine.KERNEL,
        Loss.CROSS_ENTROPY,
        new Optimiser.Sgd(),
        new LearningRate.Fixed(rate),
        batch,
        steps,
        true,
        1,
        null,
        threshold,
        8,
        false);
  }

  static Recipes of(Recipe recipe) {
    return new Recipes(recipe);
  }

  Recipes with(Loss loss) {
    return copy(loss, recipe.optimiser(), recipe.learningRate(), recipe.stop(), recipe.ntkDrift());
  }

  Recipes with(Optimiser optimiser) {
    return copy(recipe.loss(), optimiser, recipe.learningRate(), recipe.stop(), recipe.ntkDrift());
  }

  Recipes with(LearningRate rate) {
    return copy(recipe.loss(), recipe.optimiser(), rate, recipe.stop(), recipe.ntkDrift());
  }

  Recipes with(EarlyStop stop) {
    return copy(recipe.loss(), recipe.optimiser(), recipe.learningRate(), stop, recipe.ntkDrift());
  }

  Recipes withDrift() {
    return copy(recipe.loss(), recipe.optimiser(), recipe.learningRate(), recipe.stop(), true);
  }

  Recipes withoutBiases() {
    Recipe r = recipe;
    return of(
        new Recipe(
            r.engine(),
            r.loss(),
            r.optimiser(),
            r.learningRate(),
            r.batchSize(),
            r.steps(),
            false,
            r.readoutScale(),
            r.stop(),
            r.accuracyThreshold(),
            r.ntkExamples(),
            r.ntkDrift()));
  }

  Recipes withReadoutScale(double scale) {
    Recipe r = recipe;
    return of(
        new Recipe(
            r.engine(),
            r.loss(),
            r.optimiser(),
            r.learningRate(),
            r.batchSize(),
            r.steps(),
            r.biases(),
            scale,
            r.stop(),
            r.accuracyThreshold(),
            r.ntkExamples(),
            r.ntkDrift()));
  }

  private Recipes copy(
      Loss loss, Optimiser optimiser, LearningRate rate, @Nullable EarlyStop stop, boolean drift) {
    return of(
        new Recipe(
            recipe.engine(),
            loss,
            optimiser,
            rate,
            recipe.batchSize(),
            recipe.steps(),
            recipe.biases(),
            recipe.readoutScale(),
            stop,
            recipe.accuracyThreshold(),
            recipe.ntkExamples(),
            drift));
  }
}
