package org.phasemap.kernel.openblas;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import org.bytedeco.javacpp.Pointer;
import org.phasemap.kernel.CheckedKernel.Stack;

/**
 * Products of stacks of matrices by OpenBLAS, each block's the same whatever its neighbours are.
 */
final class OpenBlasProducts {
  /** Makes a matrix whose entries have no meaning yet. */
  interface Allocator {
    OpenBlasMatrix allocate(int rows, int columns);
  }

  private final Allocator scratch;
  private final OpenBlasMatrix.Cursor cursor = new OpenBlasMatrix.Cursor();
  private final OpenBlasMatrix.Cursor cursor2 = new OpenBlasMatrix.Cursor();
  private final OpenBlasMatrix.Cursor cursor3 = new OpenBlasMatrix.Cursor();

  /**
   * @param scratch memory for what is put into another order
   */
  OpenBlasProducts(Allocator scratch) {
    this.scratch = scratch;
  }

  /** A matrix as a stack of one block. */
  static Stack<OpenBlasMatrix> one(OpenBlasMatrix matrix) {
    return new Stack<>(matrix, matrix.columns(), 0, 1);
  }

  /** out = alpha op(a) op(b) + beta out of the k-th blocks. */
  void multiply(
      int opA,
      int opB,
      float alpha,
      Stack<OpenBlasMatrix> a,
      Stack<OpenBlasMatrix> b,
      float beta,
      Stack<OpenBlasMatrix> out,
      int k) {
    int rows = out.all().rows();
    int inner = opA == CblasTrans ? a.all().rows() : a.columns();
    Pieces pieces = pieces(opA == CblasTrans, rows, out.columns(), inner);
    for (int i = 0; i < rows; i += pieces.rows()) {
      for (int j = 0; j < out.columns(); j += pieces.columns()) {
        for (int l = 0; l < inner; l += pieces.inner()) {
          cblas_sgemm(
              CblasColMajor,
              opA,
              opB,
              Math.min(pieces.rows(), rows - i),
              Math.min(pieces.columns(), out.columns() - j),
              Math.min(pieces.inner(), inner - l),
              alpha,
              opA == CblasTrans ? cursor.at(a, k, l, i) : cursor.at(a, k, i, l),
              a.all().rows(),
              opB == CblasTrans ? cursor2.at(b, k, j, l) : cursor2.at(b, k, l, j),
              b.all().rows(),
              l == 0 ? beta : 1,
              cursor3.at(out, k, i, j),
              rows);
        }
      }
    }
  }

  /** out = op(a) b of every block b. */
  void multiplyAll(int opA, OpenBlasMatrix a, Stack<OpenBlasMatrix> b, Stack<OpenBlasMatrix> out) {
    switch (OpenBlasLibrary.ROUNDING) {
      case ALIKE -> multiply(opA, CblasNoTrans, 1, one(a), one(b.all()), 0, one(out.all()), 0);
      case TWO_KINDS -> multiplyInterleaved(opA, one(a), b, out);
      case UNKNOWN -> {
        Stack<OpenBlasMatrix> all = new Stack<>(a, a.columns(), 0, out.count());
        for (int k = 0; k < out.count(); k++) {
          multiply(opA, CblasNoTrans, 1, all, b, 0, out, k);
        }
      }
    }
  }

  private void multiplyInterleaved(
      int opA, Stack<OpenBlasMatrix> a, Stack<OpenBlasMatrix> b, Stack<OpenBlasMatrix> out) {
    Interleaving places = Interleaving.of(b.columns(), b.count());
    OpenBlasMatrix in = scratch.allocate(b.all().rows(), places.width());
    OpenBlasMatrix product = scratch.allocate(out.all().rows(), places.width());
    Pointer.memset(in.data(), 0, in.size() * Float.BYTES);
    for (int first = 0; first < b.count(); first += places.blocks()) {
      int count = Math.min(places.blocks(), b.count() - first);
      int start = first;
      places.forEachRun(
          count, (k, j, place, length) -> copy(b, start + k, j, one(in), 0, place, length));
      multiply(opA, CblasNoTrans, 1, a, one(in), 0, one(product), 0);
      places.forEachRun(
          count, (k, j, place, length) -> copy(one(product), 0, place, out, start + k, j, length));
    }
    in.free();
    product.free();
  }

  /** Copies columns that stand side by side. */
  private void copy(
      Stack<OpenBlasMatrix> from,
      int block,
      int column,
      Stack<OpenBlasMatrix> to,
      int toBlock,
      int toColumn,
      int columns) {
    Pointer.memcpy(
        cursor2.at(to, toBlock, 0, toColumn),
        cursor.at(from, block, 0, column),
        (long) columns * from.all().rows() * Float.BYTES);
  }

  /** Kernels that do not round columns alike pack all factors: nothing is gained by cutting. */
  static Pieces pieces(boolean transposed, int rows, int columns, int inner) {
    return OpenBlasLibrary.roundsColumnsAlike()
        ? Pieces.of(transposed, rows, columns, inner)
        : new Pieces(rows, columns, inner);
  }
}
