package org.phasemap.zoo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A formula at work: SameDiff's value of it, and its gradient of value · ε by the inputs. */
@SuppressWarnings({"overrides", "try"}) // theirs: an array for a vararg, a scope without a use
final class FormulaVertex extends BaseGraphVertex {
  private static final String EPSILON = "epsilon";
  private static final String LOSS = "loss";

  private final Function<List<SDVariable>, SDVariable> formula;

  FormulaVertex(
      ComputationGraph graph,
      String name,
      int index,
      Function<List<SDVariable>, SDVariable> formula,
      DataType precision) {
    super(graph, name, index, new VertexIndices[0], new VertexIndices[0], precision);
    this.formula = formula;
  }

  private static String input(int index) {
    return "x" + index;
  }

  private SDVariable define(SameDiff definition) {
    List<SDVariable> variables = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      variables.add(definition.var(input(i), inputs[i].dup('c')));
    }
    return formula.apply(variables);
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray value;
    try (MemoryWorkspace unused = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      SameDiff definition = SameDiff.create();
      SDVariable out = define(definition);
      value = definition.outputSingle(Map.of(), out.name());
    }
    return workspaces.dup(ArrayType.ACTIVATIONS, value);
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    INDArray[] gradients = new INDArray[inputs.length];
    try (MemoryWorkspace unused = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      SameDiff definition = SameDiff.create();
      SDVariable out = define(definition);
      SDVariable by = definition.placeHolder(EPSILON, dataType, epsilon.shape());
      out.mul(by).sum(LOSS);
      definition.setLossVariables(LOSS);
      String[] names =
          IntStream.range(0, inputs.length).mapToObj(FormulaVertex::input).toArray(String[]::new);
      Map<String, INDArray> found =
          definition.calculateGradients(Map.of(EPSILON, epsilon.dup('c')), names);
      for (int i = 0; i < gradients.length; i++) {
        gradients[i] = found.get(input(i));
      }
    }
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] = workspaces.dup(ArrayType.ACTIVATION_GRAD, gradients[i]);
    }
    return new Pair<>(null, gradients);
  }

  @Override
  public boolean hasLayer() {
    return false;
  }

  @Override
  public @Nullable Layer getLayer() {
    return null;
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray gradients) {
    throw new UnsupportedOperationException("a formula has no parameters");
  }

  @Override
  public @Nullable Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int batch) {
    return null;
  }

  @Override
  public String toString() {
    return "FormulaVertex(" + getVertexName() + ")";
  }
}
