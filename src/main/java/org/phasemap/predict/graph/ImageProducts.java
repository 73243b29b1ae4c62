package org.phasemap.predict.graph;

import org.phasemap.network.graph.Operation;
import org.phasemap.theory.OutsideDomainException;

/**
 * Products of the numbers of given images, Σ_c x_i[a, c] x_j[b, c]/C over channels c: what weights
 * of all channels make of them (Novak et al. 2019, arXiv 1810.05148).
 */
final class ImageProducts {
  /** Each layer has as many products, of some 6 µs: 4 s for 16 layers of tanh. */
  private static final int MOST_PAIRS = 42_000;

  private final int channels;

  /** [input][position · C + channel]. */
  private final double[][] numbers;

  /**
   * Of given inputs as images.
   *
   * @param given how they are stored
   */
  ImageProducts(InputPairs inputs, Operation.Given given) {
    float[] columns = inputs.columns();
    int count = inputs.count();
    int size = given.shape().size();
    int planes = given.planes();
    channels = given.shape().channels();
    numbers = new double[count][size];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < size; j++) {
        int place = j % (size / planes) * planes + j / (size / planes);
        numbers[i][place] = columns[i * size + j];
      }
    }
  }

  /** Refuses more of them than there is time for, before memory is taken. */
  static void check(InputPairs inputs, PositionPairs pairs) {
    long products = (long) inputs.blocks() * pairs.classes();
    OutsideDomainException.unless(
        products <= MOST_PAIRS,
        "more than " + MOST_PAIRS + " pairs of given inputs and positions: " + products);
  }

  /** Writes them to a covariance of the images' grid, which {@link #check} has let by. */
  void fill(Covariance s) {
    InputPairs inputs = s.inputs();
    PositionPairs pairs = s.pairs();
    for (int i = 0; i < inputs.kinds(); i++) {
      for (int k = 0; k < pairs.kinds(); k++) {
        s.q()[i][k] = square(i, k, i, k, 0);
      }
    }
    for (int block = 0; block < inputs.blocks(); block++) {
      for (int c = 0; c < pairs.classes(); c++) {
        int first = inputs.first(block);
        int second = inputs.second(block);
        s.deficit()[block][c] = 0.5 * square(first, pairs.first(c), second, pairs.second(c), 1);
      }
    }
  }

  /** Mean over channels of (x_i[a] − f x_j[b])². */
  private double square(int i, int a, int j, int b, double f) {
    double sum = 0;
    for (int c = 0; c < channels; c++) {
      double x = numbers[i][a * channels + c] - f * numbers[j][b * channels + c];
      sum += x * x;
    }
    return sum / channels;
  }
}
