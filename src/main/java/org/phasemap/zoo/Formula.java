package org.phasemap.zoo;

import java.util.List;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A step without parameters that Deeplearning4j has no layer for, as a formula of SameDiff. Its own
 * {@code SameDiffLambdaVertex} gives twice the gradient in 1.0.0-M2.1.
 */
final class Formula extends GraphVertex {
  private static final long serialVersionUID = 1L;

  private final int inputs;
  private final transient Function<List<SDVariable>, SDVariable> formula;

  /**
   * Of some inputs.
   *
   * @param inputs how many
   * @param formula of them
   */
  Formula(int inputs, Function<List<SDVariable>, SDVariable> formula) {
    this.inputs = inputs;
    this.formula = formula;
  }

  SDVariable of(List<SDVariable> values) {
    return formula.apply(values);
  }

  @Override
  public GraphVertex clone() {
    return new Formula(inputs, formula);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public long numParams(boolean backprop) {
    return 0;
  }

  @Override
  public int minVertexInputs() {
    return inputs;
  }

  @Override
  public int maxVertexInputs() {
    return inputs;
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialise,
      DataType precision) {
    return new FormulaVertex(graph, name, index, this, precision);
  }

  @Override
  public InputType getOutputType(int index, InputType... types) {
    throw new UnsupportedOperationException("shapes are not inferred");
  }

  @Override
  public MemoryReport getMemoryReport(InputType... types) {
    throw new UnsupportedOperationException("memory is not reported");
  }
}
