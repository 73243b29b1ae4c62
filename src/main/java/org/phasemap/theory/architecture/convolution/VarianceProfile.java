package org.phasemap.theory.architecture.convolution;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.dual.GaussianMoments;
import org.phasemap.theory.limit.LayerLaw;

/**
 * Variance of pre-activations at every pixel of a convolutional network of unbounded channels:
 * q_{l+1} = σ_w² A V(q_l) + σ_b², A the mean over the taps of a k × … × k window (Xiao et al. 2018,
 * eq. 2.4; missing taps count in the fan-in). Covariances between pixels do not enter.
 */
public final class VarianceProfile {
  private static final int MOST_PIXELS = 1 << 22;

  private final Taps taps;
  private final int dims;
  private final double[] q;

  /**
   * From q₀ everywhere.
   *
   * @param taps along each dimension
   * @param dims number of dimensions, ≥ 1
   */
  public VarianceProfile(Taps taps, int dims, double q0) {
    OutsideDomainException.unless(dims >= 1, "dims must be >= 1: " + dims);
    double pixels = Math.pow(taps.size(), dims);
    OutsideDomainException.unless(
        pixels <= MOST_PIXELS, "more than " + MOST_PIXELS + " pixels: " + pixels);
    this.taps = taps;
    this.dims = dims;
    q = new double[(int) pixels];
    Arrays.fill(q, q0);
  }

  /** Through some layers of a law. */
  public VarianceProfile through(LayerLaw law, int layers) {
    for (int l = 0; l < layers; l++) {
      Map<Double, Double> known = new HashMap<>();
      for (int i = 0; i < q.length; i++) {
        int twin = twin(i);
        q[i] =
            twin < i
                ? q[twin]
                : known.computeIfAbsent(
                    q[i], v -> new GaussianMoments(law.activation(), v).secondMoment());
      }
      for (int axis = 0; axis < dims; axis++) {
        average(axis);
      }
      for (int i = 0; i < q.length; i++) {
        q[i] = law.sigmaW2() * q[i] + law.sigmaB2();
      }
    }
    return this;
  }

  /** Mean over pixels. */
  public double mean() {
    return Arrays.stream(q).sum() / q.length;
  }

  /** At pixel [0, …, 0]. */
  public double corner() {
    return q[0];
  }

  /** At pixel [size/2, …, size/2], rounded down. */
  public double centre() {
    int index = 0;
    for (int axis = 0; axis < dims; axis++) {
      index = index * taps.size() + taps.size() / 2;
    }
    return q[index];
  }

  /** The first pixel that has the same variance by symmetry. */
  private int twin(int pixel) {
    int size = taps.size();
    int[] at = new int[dims];
    int rest = pixel;
    for (int axis = 0; axis < dims; axis++) {
      int i = rest % size;
      at[axis] = taps.isMirrored() ? Math.min(i, size - 1 - i) : i;
      rest /= size;
    }
    Arrays.sort(at);
    int first = 0;
    for (int i : at) {
      first = first * size + i;
    }
    return first;
  }

  private void average(int axis) {
    int size = taps.size();
    int step = (int) Math.pow(size, axis);
    double[] line = new double[size];
    for (int start = 0; start < q.length; start++) {
      if (start / step % size == 0) {
        for (int j = 0; j < size; j++) {
          line[j] = q[start + j * step];
        }
        double[] next = taps.average(line);
        for (int j = 0; j < size; j++) {
          q[start + j * step] = next[j];
        }
      }
    }
  }
}
