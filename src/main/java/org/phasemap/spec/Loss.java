package org.phasemap.spec;

import java.util.Arrays;
import java.util.List;
import org.phasemap.data.DataSet;
import org.phasemap.spec.yaml.Choice;

/** What training minimises: the mean over a batch of a loss of an example's outputs f. */
public enum Loss {
  /** Softmax cross-entropy, −ln softmax(f)_label, nats. */
  CROSS_ENTROPY,
  /** Half the squared error against the one-hot label, ½ Σ_k (f_k − y_k)². */
  MSE,
  /** Half the squared error against the example itself, ½ Σ_i (f_i − x_i)²: an output for each. */
  RECONSTRUCTION,
  /**
   * Half the square of what an equation u″ = f is missed by at a point, over max |f|²: ½ (u″ − f)².
   * At the ends ½ (u − u*)² of the solution u*, which is of size 1.
   */
  RESIDUAL;

  /** Whether it asks for derivatives of the outputs by the inputs, which few networks have. */
  public boolean needsDerivatives() {
    return this == RESIDUAL;
  }

  /** Those of outputs alone, which any network can be trained on. */
  public static List<Loss> ofOutputs() {
    return Arrays.stream(values()).filter(loss -> !loss.needsDerivatives()).toList();
  }

  /** Outputs of a network that is trained on a data set. */
  public int outputs(DataSet data) {
    return switch (this) {
      case CROSS_ENTROPY, MSE -> data.classes();
      case RECONSTRUCTION -> data.dimension();
      case RESIDUAL -> 1;
    };
  }

  /** The name that specs and tables use. */
  public String id() {
    return Choice.id(this);
  }
}
