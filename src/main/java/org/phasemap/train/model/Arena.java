package org.phasemap.train.model;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.graph.GraphPass;

/** Matrices, and passes with theirs, that live and die together. */
public final class Arena implements AutoCloseable {
  private final Kernel kernel;
  private final List<Matrix> matrices = new ArrayList<>();
  private final List<GraphPass> passes = new ArrayList<>();

  /** Of nothing yet. */
  public Arena(Kernel kernel) {
    this.kernel = kernel;
  }

  /** A new matrix of zeros, freed when this is closed. */
  public Matrix matrix(int rows, int columns) {
    Matrix matrix = kernel.matrix(rows, columns);
    matrices.add(matrix);
    return matrix;
  }

  /** New blocks of zeros side by side, freed when this is closed. */
  public Blocks blocks(int rows, int columns, int count) {
    Blocks blocks = kernel.blocks(rows, columns, count);
    matrices.add(blocks.all());
    return blocks;
  }

  /** Takes a pass over, to be closed with this. */
  public GraphPass pass(GraphPass pass) {
    passes.add(pass);
    return pass;
  }

  @Override
  public void close() {
    passes.forEach(GraphPass::close);
    matrices.forEach(Matrix::close);
  }
}
