package org.phasemap.kernel;

import org.phasemap.network.Activation;

/**
 * Arithmetic on float32 matrices. An instance belongs to one thread and uses one. Operations check
 * shapes and throw {@link IllegalArgumentException}; an output must not overlap an input unless the
 * operation says so. Backends agree within float32 rounding, and on random numbers to the bit. NaN
 * stays NaN.
 */
public interface Kernel extends AutoCloseable {
  /** Its backend's {@link Backend#id}. */
  String name();

  /**
   * Sets what runs before each operation from now on. What it throws ends the operation: native
   * code cannot be stopped otherwise.
   */
  void guard(Runnable guard);

  /**
   * A new matrix of zeros.
   *
   * @throws OutOfMemoryError beyond the limit of memory outside the heap, which is the heap's size
   *     unless the system property {@code org.bytedeco.javacpp.maxBytes} says otherwise
   */
  Matrix matrix(int rows, int columns);

  /**
   * A new matrix with any entries, for those who overwrite them all.
   *
   * @throws OutOfMemoryError as {@link #matrix}
   */
  Matrix scratch(int rows, int columns);

  /**
   * New blocks of zeros, each of which starts on a cache line: the rounding of its products must
   * not depend on which block it is.
   */
  default Blocks blocks(int rows, int columns, int count) {
    int stride = columns;
    while ((long) rows * stride % Blocks.LINE != 0) {
      stride++;
    }
    return new Blocks(matrix(rows, Math.multiplyExact(stride, count)), columns, stride);
  }

  /** Fills with independent standard normal numbers of the stream, column by column. */
  void fillGaussian(Matrix out, Stream stream);

  /** Fills with independent numbers of the stream, uniform on [0, 1), column by column. */
  void fillUniform(Matrix out, Stream stream);

  /**
   * Fills with independent numbers of the stream, standard normal within ±2, column by column:
   * their variance is below 1 ({@link org.phasemap.network.WeightLaw#TRUNCATED}).
   */
  void fillTruncated(Matrix out, Stream stream);

  /**
   * Sets {@code weights} to zero where the same entry of {@code uniforms} is &gt;= p.
   *
   * @param p from 0 to 1
   */
  void keepBelow(double p, Matrix uniforms, Matrix weights);

  /** {@code out = a b}; (n × k)(k × m). */
  void multiply(Matrix a, Matrix b, Matrix out);

  /** {@code out += a b}; (n × k)(k × m). */
  void addProduct(Matrix a, Matrix b, Matrix out);

  /** {@code out = aᵀ b}; (k × n)ᵀ(k × m). */
  void multiplyTransposed(Matrix a, Matrix b, Matrix out);

  /** {@code out += alpha a bᵀ}; (n × k)(m × k)ᵀ. */
  void addOuterProduct(double alpha, Matrix a, Matrix b, Matrix out);

  /**
   * {@code out_k = a_k b_k} for all blocks k of {@code out}; a single a or b serves them all. A
   * block's result does not depend on which of the blocks it is.
   */
  void multiply(Blocks a, Blocks b, Blocks out);

  /** {@code out_k = a_kᵀ b_k}, as {@link #multiply(Blocks, Blocks, Blocks)}. */
  void multiplyTransposed(Blocks a, Blocks b, Blocks out);

  /**
   * {@code out_k = beta out_k + alpha_k a_k b_kᵀ} for all blocks k of {@code out}; a single a or b
   * serves them all.
   *
   * @param alpha at least one for each block
   */
  void addOuterProducts(double[] alpha, Blocks a, Blocks b, double beta, Blocks out);

  /**
   * Gram matrices of consecutive blocks of columns, accumulated in float64.
   *
   * @param a n × (blocks · m)
   * @param m columns of a block
   * @return blocks × m × m numbers: entry {@code (block * m + i) * m + j} is a_iᵀ a_j in that block
   */
  double[] gram(Matrix a, int m);

  /**
   * The Gram matrix of a matrix's entries cut into lists of equal length, column after column,
   * accumulated in float64.
   *
   * @param parts how many lists; they divide the entries
   * @return parts × parts numbers, entry i · parts + j of lists i and j
   */
  double[] gramOfParts(Matrix a, int parts);

  /**
   * The Gram matrix of all columns, accumulated in float64: faster than {@link #gram} of one block,
   * and not always of the same rounding.
   *
   * @return columns × columns numbers, entry i · columns + j of columns i and j
   */
  default double[] wideGram(Matrix a) {
    return gram(a, a.columns());
  }

  /**
   * Counts entries outside intervals: x &lt; low_k or x &gt; high_k. NaN is outside of all.
   *
   * @param low at most 0
   * @param high at least 0, as many as {@code low}
   * @return a number for each interval
   */
  long[] countOutside(float[] low, float[] high, Matrix a);

  /** {@code a_ij *= scale_j}. */
  void scaleColumns(double[] scale, Matrix a);

  /**
   * {@code a_ij += bias_i scale_j}.
   *
   * @param bias n × 1
   * @param scale one for each column
   */
  void addBias(Matrix bias, double[] scale, Matrix a);

  /**
   * {@code a_k += bias_k 1ᵀ} for all blocks k.
   *
   * @param bias blocks of n × 1
   */
  void addBias(Blocks bias, Blocks a);

  /**
   * {@code bias_k = beta bias_k + alpha_k a_k 1} for all blocks k: sums of rows.
   *
   * @param alpha at least one for each block
   * @param bias blocks of n × 1
   */
  void addRowSums(double[] alpha, Blocks a, double beta, Blocks bias);

  /** {@code out = φ(z)}; {@code out} may be {@code z}. */
  void activate(Activation activation, Matrix z, Matrix out);

  /** {@code out = φ′(z)}; {@code out} may be {@code z}. */
  void derivative(Activation activation, Matrix z, Matrix out);

  /**
   * {@code out = φ(z)} and {@code slope = φ′(z)} in one pass; {@code out} may be {@code z}.
   *
   * @return what the matrix's units do
   */
  Activity activate(Activation activation, Matrix z, Matrix out, Matrix slope);

  /** {@code out = φ(z)} and {@code z = φ′(z)} in one pass. */
  void activateAndDerive(Activation activation, Matrix z, Matrix out);

  /**
   * Takes a step of Adam; all matrices have one shape.
   *
   * @param first m
   * @param second v
   */
  void adam(AdamStep step, Matrix gradient, Matrix first, Matrix second, Matrix parameters);

  /** {@code a_ij *= b_ij}. */
  void multiplyElements(Matrix b, Matrix a);

  /** {@code a_ij += alpha b_ij}. */
  void add(double alpha, Matrix b, Matrix a);

  /** Copies all entries. */
  void copy(Matrix from, Matrix to);

  /** Frees every matrix that this kernel made and that is still open. */
  @Override
  void close();
}
