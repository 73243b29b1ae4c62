package org.phasemap.spec;

import org.phasemap.data.DataSet;
import org.phasemap.spec.yaml.Choice;

/** What training minimises: the mean over a batch of a loss of an example's outputs f. */
public enum Loss {
  /** Softmax cross-entropy, −ln softmax(f)_label, nats. */
  CROSS_ENTROPY,
  /** Half the squared error against the one-hot label, ½ Σ_k (f_k − y_k)². */
  MSE,
  /** Half the squared error against the example itself, ½ Σ_i (f_i − x_i)²: an output for each. */
  RECONSTRUCTION;

  /** Outputs of a network that is trained on a data set. */
  public int outputs(DataSet data) {
    return this == RECONSTRUCTION ? data.dimension() : data.classes();
  }

  /** The name that specs and tables use. */
  public String id() {
    return Choice.id(this);
  }
}
