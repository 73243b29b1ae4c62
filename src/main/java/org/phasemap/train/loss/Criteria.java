package org.phasemap.train.loss;

import org.phasemap.data.DataSet;
import org.phasemap.spec.Loss;
import org.phasemap.spec.Recipe;

/** The criterion of each loss that specs name. */
public final class Criteria {
  private Criteria() {}

  /** Of a recipe on a data set. */
  public static Criterion of(Recipe recipe, DataSet data) {
    return of(recipe.loss(), recipe.loss().outputs(data));
  }

  /**
   * Of so many outputs.
   *
   * @param classes outputs of an example
   */
  public static Criterion of(Loss loss, int classes) {
    return switch (loss) {
      case CROSS_ENTROPY -> new SoftmaxCrossEntropy(classes);
      case MSE -> new SquaredError(classes);
      case RECONSTRUCTION -> new Reconstruction(classes);
      case RESIDUAL -> throw new IllegalArgumentException("a network without an equation");
    };
  }
}
