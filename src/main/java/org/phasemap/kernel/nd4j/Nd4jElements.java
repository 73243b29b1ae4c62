package org.phasemap.kernel.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.strict.ATan;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Cos;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log1p;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sin;
import org.nd4j.linalg.factory.Nd4j;
import org.phasemap.kernel.HeapElements;
import org.phasemap.kernel.formula.Elements;

/**
 * ND4J operations on whole vectors. Its tanh and expm1 give 0 below 1e-8 and its max and min lose
 * NaN, so these are made of other operations.
 */
final class Nd4jElements implements Elements<INDArray>, AutoCloseable {
  private static final double HUGE = 0x1p127;

  /** Where the rational function below reaches 1; beyond it would exceed it. */
  private static final float TANH_LIMIT = 7.905311f;

  /**
   * tanh(x) / x = p(x²) / q(x²) in float32, highest power first; as {@link HeapElements} has it.
   */
  private static final double[] TANH_P = {
    -2.76076847742355e-16,
    2.00018790482477e-13,
    -8.60467152213735e-11,
    5.12229709037114e-08,
    1.48572235717979e-05,
    6.37261928875436e-04,
    4.89352455891786e-03
  };

  private static final double[] TANH_Q = {
    1.19825839466702e-06, 1.18534705686654e-04, 2.26843463243900e-03, 4.89352518554385e-03
  };

  /** As {@link HeapElements#normalTail} has it. */
  private static final double[] NORMAL_TAIL = {
    -0.02853287,
    0.14128008,
    -0.25075197,
    0.15418081,
    -0.020126443,
    0.10443067,
    0.12006104,
    0.13983612,
    0.13962258,
    0
  };

  private final List<INDArray> pool = new ArrayList<>();
  private final List<INDArray> scratch = new ArrayList<>();
  private long length;

  /** What {@link #find} has found: all arguments, which of them, and where f is its limit. */
  private float[] argument = new float[0];

  private int[] place = new int[0];
  private float limit;

  /** Sets how many entries the next operations work on. */
  void length(long entries) {
    if (entries == length) {
      return;
    }
    length = entries;
    scratch.clear();
    if (pool.isEmpty() || pool.get(0).length() < entries) {
      close();
      for (int i = 0; i < 7; i++) {
        pool.add(Nd4j.createUninitializedDetached(DataType.FLOAT, entries));
      }
    }
    for (INDArray array : pool) {
      scratch.add(Nd4jMatrix.flat(array, 0, entries));
    }
  }

  private static void run(Op op) {
    Nd4j.exec(op);
  }

  @Override
  public INDArray scratch(int number) {
    return scratch.get(number);
  }

  @Override
  public void exp(INDArray x, INDArray out) {
    run(new Exp(x, out));
  }

  /** (1 + exp(x)) tanh(x / 2), which keeps its digits near 0. */
  @Override
  public void expm1(INDArray x, INDArray out) {
    INDArray half = own(3);
    affine(0.5f, x, 0, half);
    tanh(half, half);
    INDArray sum = own(0);
    exp(x, sum);
    affine(1, sum, 1, sum);
    multiply(sum, half, out);
  }

  @Override
  public void exps(INDArray x, INDArray exp, INDArray expm1) {
    exp(x, exp);
    expm1(x, expm1);
  }

  @Override
  public void log1p(INDArray x, INDArray out) {
    run(new Log1p(x, out));
  }

  /** It takes log(1 + x), which is a multiple of 2⁻²⁴. */
  @Override
  public float smallestLog1p() {
    return 0x1p-8f;
  }

  @Override
  public void tanh(INDArray x, INDArray out) {
    INDArray clamped = own(0);
    INDArray square = own(1);
    INDArray p = own(2);
    clamp(-TANH_LIMIT, x, TANH_LIMIT, clamped);
    multiply(clamped, clamped, square);
    polynomial(TANH_P, square, p);
    multiply(clamped, p, p);
    INDArray q = clamped;
    polynomial(TANH_Q, square, q);
    divide(p, q, out);
  }

  private void polynomial(double[] coefficients, INDArray z, INDArray out) {
    affine((float) coefficients[0], z, (float) coefficients[1], out);
    for (int i = 2; i < coefficients.length; i++) {
      multiply(out, z, out);
      out.addi(coefficients[i]);
    }
  }

  @Override
  public void erf(INDArray x, INDArray out) {
    run(new Erf(x, out));
  }

  @Override
  public void normalTail(INDArray x, INDArray out) {
    INDArray t = own(0);
    abs(x, t);
    affine(0.35f, t, 1, t);
    reciprocal(t, t);
    polynomial(NORMAL_TAIL, t, out);
  }

  @Override
  public void atan(INDArray x, INDArray out) {
    run(new ATan(x, out));
  }

  @Override
  public void sin(INDArray x, INDArray out) {
    run(new Sin(x, out));
  }

  @Override
  public void cos(INDArray x, INDArray out) {
    run(new Cos(x, out));
  }

  @Override
  public void abs(INDArray x, INDArray out) {
    run(new Abs(x, out));
  }

  /** max(x, 0) HUGE², at most 1. */
  @Override
  public void step(INDArray x, INDArray out) {
    run(new RectifiedLinear(x, out, 0));
    out.muli(-HUGE);
    out.muli(HUGE);
    run(new RectifiedLinear(out, out, -1));
    out.negi();
  }

  /** {@code RectifiedLinear} is max(x, cutoff) with NaN kept. */
  @Override
  public void clamp(float low, INDArray x, float high, INDArray out) {
    INDArray in = x;
    if (high < Float.POSITIVE_INFINITY) {
      in.muli(-1, out);
      run(new RectifiedLinear(out, out, -high));
      out.negi();
      in = out;
    }
    if (low > Float.NEGATIVE_INFINITY) {
      run(new RectifiedLinear(in, out, low));
    }
  }

  @Override
  public void affine(float scale, INDArray x, float shift, INDArray out) {
    x.muli(scale, out);
    if (shift != 0) {
      out.addi(shift);
    }
  }

  @Override
  public void add(INDArray x, INDArray y, INDArray out) {
    x.addi(y, out);
  }

  @Override
  public void multiply(INDArray x, INDArray y, INDArray out) {
    x.muli(y, out);
  }

  @Override
  public void divide(INDArray x, INDArray y, INDArray out) {
    x.divi(y, out);
  }

  @Override
  public void reciprocal(INDArray x, INDArray out) {
    x.rdivi(1, out);
  }

  @Override
  public boolean find(float low, INDArray x, float high, float far) {
    limit = far;
    place = new int[0];
    // Written so that NaN does not hide the others.
    boolean inside =
        x.minNumber().floatValue() >= low
            && (high == Float.POSITIVE_INFINITY || x.maxNumber().floatValue() <= high);
    if (inside) {
      return false;
    }
    argument = x.toFloatVector();
    place =
        IntStream.range(0, argument.length)
            .filter(i -> argument[i] < low || argument[i] > high)
            .toArray();
    return place.length > 0;
  }

  @Override
  public void replace(DoubleUnaryOperator f, float below, float above, INDArray out) {
    float[] entries = out.toFloatVector();
    for (int i : place) {
      float x = argument[i];
      entries[i] = x < -limit ? below : x > limit ? above : (float) f.applyAsDouble(x);
    }
    try (INDArray staged = Nd4j.createUninitializedDetached(DataType.FLOAT, entries.length)) {
      staged.data().setData(entries);
      out.assign(staged);
    }
  }

  /** Scratch that formulas do not see. */
  private INDArray own(int number) {
    return scratch.get(3 + number);
  }

  @Override
  public void close() {
    pool.forEach(INDArray::close);
    pool.clear();
    scratch.clear();
  }
}
