package org.phasemap.measure.input;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.phasemap.data.DataSets;
import org.phasemap.network.SplitMix64;
import org.phasemap.spec.Inputs;

/**
 * Inputs that do not depend on the networks' seed: points of a sphere or of an interval, or
 * examples of a data set. Read-only; the last few are kept, because every row asks for them.
 */
public final class GivenInputs {
  private static final int KEPT = 16;
  private static final Map<Inputs, GivenInputs> RECENT =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Inputs, GivenInputs> eldest) {
              return size() > KEPT;
            }
          });

  private final float[] columns;
  private final double[][] gram;
  private final InputRelations relations;

  private GivenInputs(int m, float[] columns) {
    this.columns = columns;
    relations = InputRelations.of(columns, m);
    gram = new double[m][m];
    int n0 = columns.length / m;
    for (int a = 0; a < m; a++) {
      for (int b = 0; b <= a; b++) {
        double sum = 0;
        for (int i = 0; i < n0; i++) {
          sum += (double) columns[a * n0 + i] * columns[b * n0 + i];
        }
        gram[a][b] = sum / n0;
        gram[b][a] = sum / n0;
      }
    }
  }

  /**
   * The inputs that a spec gives.
   *
   * @throws IllegalArgumentException if they are Gaussian: those are drawn with the networks
   * @throws org.phasemap.network.UserException if their files are not what they were
   */
  public static GivenInputs of(Inputs inputs) {
    return RECENT.computeIfAbsent(inputs, GivenInputs::make);
  }

  private static GivenInputs make(Inputs inputs) {
    int m = inputs.count();
    float[] columns;
    if (inputs.source() instanceof Inputs.Sphere sphere) {
      columns = onSphere(sphere, m, inputs.dimension());
    } else if (inputs.source() instanceof Inputs.Chosen chosen) {
      columns = DataSets.load(chosen.data()).train().spread(m, chosen.seed());
    } else if (inputs.source() instanceof Inputs.Collocation) {
      columns = middles(m);
    } else {
      throw new IllegalArgumentException("not given: " + inputs);
    }
    for (int i = 0; i < columns.length; i++) {
      columns[i] = (float) (columns[i] * inputs.scale());
    }
    return new GivenInputs(m, columns);
  }

  /** Of m equal parts of [−1, 1]. */
  private static float[] middles(int m) {
    float[] columns = new float[m];
    for (int a = 0; a < m; a++) {
      columns[a] = (float) ((2.0 * a + 1 - m) / m);
    }
    return columns;
  }

  private static float[] onSphere(Inputs.Sphere sphere, int m, int n0) {
    float[] columns = new float[Math.multiplyExact(m, n0)];
    double[] direction = new double[n0];
    for (int a = 0; a < m; a++) {
      double square = 0;
      for (int i = 0; i < n0; i++) {
        direction[i] = SplitMix64.gaussian(sphere.seed(), (long) a * n0 + i);
        square += direction[i] * direction[i];
      }
      double factor = Math.sqrt(n0 * sphere.q0() / square);
      for (int i = 0; i < n0; i++) {
        columns[a * n0 + i] = (float) (factor * direction[i]);
      }
    }
    return columns;
  }

  /** X, n₀ × m, column-major. */
  public float[] columns() {
    return columns;
  }

  /** Which of them networks cannot tell apart. */
  public InputRelations relations() {
    return relations;
  }

  /** x_a·x_b/n₀, m × m. */
  public double[][] gram() {
    return gram;
  }

  /** ‖x‖²/n₀, averaged over inputs. */
  public double meanSquare() {
    double sum = 0;
    for (int a = 0; a < gram.length; a++) {
      sum += gram[a][a];
    }
    return sum / gram.length;
  }

  /** Cosine of two inputs, averaged over pairs; NaN for one input, or one that is zero. */
  public double meanCosine() {
    int m = gram.length;
    double sum = 0;
    for (int a = 0; a < m; a++) {
      for (int b = 0; b < a; b++) {
        sum += gram[a][b] / Math.sqrt(gram[a][a] * gram[b][b]);
      }
    }
    return 2 * sum / (m * (m - 1.0));
  }
}
