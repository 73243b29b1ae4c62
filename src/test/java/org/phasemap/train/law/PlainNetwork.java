package org.phasemap.train.law;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.special.Erf;
import org.phasemap.train.model.LayerValues;

/**
 * A network in float64, an example at a time: z₁ = W₁x + b₁, z_{l+1} = W_{l+1}φ(z_l) + b_{l+1}, and
 * a read-out layer of the same form. All parameters stand in one array, layer after layer, each
 * with its weights, a row for each of its units, and then its biases.
 */
final class PlainNetwork {
  private final String activation;
  private final int[] sizes;
  private final double[] parameters;
  private final boolean[] trained;
  private final double[][] z;
  private final double[][] h;
  private final double[][] delta;

  private PlainNetwork(Recipe recipe) {
    activation = recipe.activation();
    sizes = new int[recipe.depth() + 2];
    Arrays.fill(sizes, recipe.width());
    sizes[0] = Digits.PIXELS;
    sizes[sizes.length - 1] = Digits.CLASSES;
    int count = 0;
    for (int l = 1; l < sizes.length; l++) {
      count += sizes[l] * (sizes[l - 1] + 1);
    }
    parameters = new double[count];
    trained = new boolean[count];
    z = Arrays.stream(sizes).mapToObj(double[]::new).toArray(double[][]::new);
    h = Arrays.stream(sizes).mapToObj(double[]::new).toArray(double[][]::new);
    delta = Arrays.stream(sizes).mapToObj(double[]::new).toArray(double[][]::new);
  }

  /** Draws a network: normal weights of variance σ_w²/fan-in, those of the read-out scaled. */
  static PlainNetwork drawn(Recipe recipe, Random random) {
    PlainNetwork network = new PlainNetwork(recipe);
    int[] sizes = network.sizes;
    double keep = recipe.networkNumber("keep_probability", 1);
    double sigmaW = Math.sqrt(recipe.networkNumber("sigma_w2", Double.NaN));
    double sigmaB = Math.sqrt(recipe.networkNumber("sigma_b2", 0));
    boolean biases = !recipe.text("biases", "true").equals("false");
    double readout = recipe.trainingNumber("readout_scale", 1);
    int at = 0;
    for (int l = 1; l < sizes.length; l++) {
      double sd = sigmaW / Math.sqrt(sizes[l - 1]) * (l == sizes.length - 1 ? readout : 1);
      for (int i = 0; i < sizes[l] * sizes[l - 1]; i++) {
        boolean kept = keep == 1 || random.nextDouble() < keep;
        network.set(at++, kept, sd * random.nextGaussian());
      }
      for (int i = 0; i < sizes[l]; i++) {
        network.set(at++, biases, sigmaB * random.nextGaussian());
      }
    }
    return network;
  }

  /** A network with the product's numbers. */
  static PlainNetwork of(Recipe recipe, List<LayerValues> layers) {
    PlainNetwork network = new PlainNetwork(recipe);
    int at = 0;
    for (LayerValues layer : layers) {
      float[] mask = layer.mask();
      float[] bias = layer.bias();
      for (int i = 0; i < layer.fanOut(); i++) {
        for (int j = 0; j < layer.fanIn(); j++) {
          int entry = j * layer.fanOut() + i;
          network.set(at++, mask == null || mask[entry] != 0, layer.weights()[entry]);
        }
      }
      for (int i = 0; i < layer.fanOut(); i++) {
        network.set(at++, bias != null, bias == null ? 0 : bias[i]);
      }
    }
    return network;
  }

  private void set(int index, boolean isTrained, double value) {
    trained[index] = isTrained;
    parameters[index] = isTrained ? value : 0;
  }

  /** All of them, to be moved in place. */
  double[] parameters() {
    return parameters;
  }

  /** The outputs f for one input; valid until the next call. */
  double[] outputs(double[] x) {
    h[0] = x;
    int at = 0;
    for (int l = 1; l < sizes.length; l++) {
      int bias = at + sizes[l] * sizes[l - 1];
      for (int i = 0; i < sizes[l]; i++) {
        double sum = parameters[bias + i];
        for (double below : h[l - 1]) {
          sum += parameters[at++] * below;
        }
        z[l][i] = sum;
        h[l][i] = phi(sum);
      }
      at = bias + sizes[l];
    }
    return z[sizes.length - 1];
  }

  /**
   * Adds Σ_o e_o ∂f_o/∂θ of the input last shown; what the mask drops, and biases that there are
   * not, have none.
   */
  void addGradient(double[] e, double[] sum) {
    int top = sizes.length - 1;
    System.arraycopy(e, 0, delta[top], 0, e.length);
    int end = parameters.length;
    for (int l = top; l > 0; l--) {
      int start = end - sizes[l] * (sizes[l - 1] + 1);
      int bias = end - sizes[l];
      double[] below = delta[l - 1];
      Arrays.fill(below, 0);
      for (int i = 0; i < sizes[l]; i++) {
        double d = delta[l][i];
        int row = start + i * sizes[l - 1];
        for (int j = 0; j < sizes[l - 1]; j++) {
          below[j] += parameters[row + j] * d;
          sum[row + j] += trained[row + j] ? d * h[l - 1][j] : 0;
        }
        sum[bias + i] += trained[bias + i] ? d : 0;
      }
      for (int j = 0; l > 1 && j < below.length; j++) {
        below[j] *= slope(z[l - 1][j], h[l - 1][j]);
      }
      end = start;
    }
  }

  private double phi(double x) {
    return switch (activation) {
      case "tanh" -> 1 - 2 / (Math.exp(2 * x) + 1);
      case "relu" -> Math.max(x, 0);
      case "erf" -> Erf.erf(x);
      case "silu" -> x / (1 + Math.exp(-x));
      default -> throw new IllegalArgumentException(activation);
    };
  }

  private double slope(double x, double phi) {
    return switch (activation) {
      case "tanh" -> 1 - phi * phi;
      case "relu" -> x > 0 ? 1 : 0;
      case "erf" -> 2 / Math.sqrt(Math.PI) * Math.exp(-x * x);
      case "silu" -> {
        double s = 1 / (1 + Math.exp(-x));
        yield s * (1 + x * (1 - s));
      }
      default -> throw new IllegalArgumentException(activation);
    };
  }
}
