package org.phasemap.theory.limit;

/**
 * Signals and tangent kernels of any set of m inputs on their way up through an infinitely wide
 * network, layer by layer (REFERENCE A1, A5; Jacot, Gabriel and Hongler 2018, theorem 1): variances
 * q_a, correlations c_ab, and at each layer the kernels of a linear scalar read-out of the same
 * law. Inputs may have different norms, and norm 0.
 *
 * <p>One step costs m² dual activations, or less where signals no longer change.
 */
public final class InputKernels {
  /** Relative changes below this are rounding of the quadratures. */
  private static final double SETTLED = 1e-14;

  /** Variances this close, relatively, count as equal. */
  private static final double EQUAL = 1e-13;

  /** A difference of covariances below this is rounding; its root would not be small. */
  private static final double ROUNDING = 1e-15;

  private final LayerLaw law;
  private final double hiddenParameters;
  private final int m;
  private final double[] q;
  private final LayerStatistics[] statistics;

  /** 1 − c. */
  private final double[][] delta;

  private final CovarianceStep covariances;
  private final double[][] ntk;
  private final double[][] standardNtk;

  private InputKernels(
      LayerLaw law, double[][] gram, double hiddenParameters, double inputParameters) {
    this.law = law;
    this.hiddenParameters = hiddenParameters;
    m = gram.length;
    q = new double[m];
    statistics = new LayerStatistics[m];
    delta = new double[m][m];
    ntk = new double[m][m];
    standardNtk = new double[m][m];
    covariances = new CovarianceStep(law, m);
    double w = law.sigmaW2();
    double b = law.sigmaB2();
    for (int i = 0; i < m; i++) {
      q[i] = w * gram[i][i] + b;
    }
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        ntk[i][j] = w * gram[i][j] + b;
        standardNtk[i][j] = inputParameters * gram[i][j] + bias();
        delta[i][j] = i == j ? 0 : first(gram, i, j);
      }
    }
    join();
  }

  /**
   * At the first hidden layer.
   *
   * @param gram m × m, x_a·x_b/n₀, symmetric, not negative definite
   * @param hiddenParameters weights per unit of the hidden layers: n, or p n under a mask
   * @param inputParameters weights per unit of the first layer
   */
  public static InputKernels of(
      LayerLaw law, double[][] gram, double hiddenParameters, double inputParameters) {
    return new InputKernels(law, gram, hiddenParameters, inputParameters);
  }

  /** Number of inputs, m. */
  public int inputs() {
    return m;
  }

  /** Variance of this layer's pre-activations of an input. */
  public double q(int input) {
    return q[input];
  }

  /** Correlation of two inputs' pre-activations; NaN where one has variance 0. */
  public double c(int a, int b) {
    return q[a] > 0 && q[b] > 0 ? 1 - delta[a][b] : Double.NaN;
  }

  /** σ_w² E φ′² of an input at this layer. */
  public double chi1(int input) {
    return statistics[input].chi1();
  }

  /** E φ of an input at this layer. */
  public double meanPhi(int input) {
    return statistics[input].meanPhi();
  }

  /** E φ² of an input at this layer. */
  public double secondMomentPhi(int input) {
    return statistics[input].secondMomentPhi();
  }

  /**
   * Moves to the next layer. The kernels are then those of a read-out from the layer below: of a
   * network that has as many hidden layers as steps were made.
   */
  public void up() {
    covariances.at(q, statistics, delta);
    double w = law.sigmaW2();
    double b = law.sigmaB2();
    double[] next = new double[m];
    for (int i = 0; i < m; i++) {
      next[i] = statistics[i].nextQ();
    }
    for (int i = 0; i < m; i++) {
      for (int j = 0; j <= i; j++) {
        double product = covariances.product(i, j);
        double slopes = w * covariances.derivative(i, j);
        set(ntk, i, j, w * product + b + slopes * ntk[i][j]);
        double own = hiddenParameters * product + bias();
        set(standardNtk, i, j, own + slopes * standardNtk[i][j]);
        if (i != j) {
          double change = nextDelta(i, j, w * product + b, next);
          set(delta, i, j, settled(delta[i][j], change) ? delta[i][j] : change);
        }
      }
    }
    for (int i = 0; i < m; i++) {
      q[i] = settled(q[i], next[i]) ? q[i] : next[i];
    }
    join();
  }

  /** σ_w² E φφ + σ_b² of the layer below: the read-out's covariance, NNGP. */
  public double nngp(int a, int b) {
    return law.sigmaW2() * productBelow(a, b) + law.sigmaB2();
  }

  /** E φφ of two inputs at the layer below. */
  public double productBelow(int a, int b) {
    return covariances.product(a, b);
  }

  /** σ_w² E φ′φ′ of two inputs at the layer below. */
  public double chiBelow(int a, int b) {
    return law.sigmaW2() * covariances.derivative(a, b);
  }

  /** Θ of two inputs, NTK parameterisation. */
  public double ntk(int a, int b) {
    return ntk[a][b];
  }

  /** Θ of two inputs, standard parameterisation; biases count where there are any. */
  public double standardNtk(int a, int b) {
    return standardNtk[a][b];
  }

  /** Without cancellation where norms are equal. A first layer that is dead keeps the angle. */
  private double first(double[][] gram, int i, int j) {
    if (q[i] == 0 || q[j] == 0) {
      return oneMinusC(gram[i][i], gram[j][j], gram[i][j]);
    }
    return gram[i][i] == gram[j][j]
        ? law.sigmaW2() * Math.max(0, gram[i][i] - gram[i][j]) / q[i]
        : oneMinusC(q[i], q[j], ntk[i][j]);
  }

  private double nextDelta(int i, int j, double covariance, double[] next) {
    return q[i] == q[j]
        ? statistics[i].nextOneMinusC(delta[i][j])
        : oneMinusC(next[i], next[j], covariance);
  }

  private static double oneMinusC(double qa, double qb, double covariance) {
    double root = Math.sqrt(qa) * Math.sqrt(qb);
    double delta = root > 0 ? Math.min(2, (root - covariance) / root) : 0;
    return delta > ROUNDING ? delta : 0;
  }

  private static boolean settled(double before, double now) {
    return now == before || Math.abs(now - before) <= SETTLED * before;
  }

  /** Inputs of equal variance share their statistics, which are kept where nothing changed. */
  private void join() {
    for (int i = 0; i < m; i++) {
      int like = 0;
      while (like < i && !(Math.abs(q[like] - q[i]) <= EQUAL * q[i])) {
        like++;
      }
      if (like < i) {
        q[i] = q[like];
        statistics[i] = statistics[like];
      } else if (statistics[i] == null || statistics[i].q() != q[i]) {
        statistics[i] = LayerStatistics.of(law, q[i]);
      }
    }
  }

  private double bias() {
    return law.sigmaB2() > 0 ? 1 : 0;
  }

  private static void set(double[][] symmetric, int i, int j, double value) {
    symmetric[i][j] = value;
    symmetric[j][i] = value;
  }
}
