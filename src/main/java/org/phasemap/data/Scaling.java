package org.phasemap.data;

/**
 * An affine map to mean 0 and mean square 1 over the training examples: (x − shift)/scale. What is
 * the same in all of them becomes 0.
 *
 * @param shift subtracted first: one for all components, or one for each
 * @param scale then divided by
 */
@SuppressWarnings("ArrayRecordComponent") // read-only
record Scaling(double[] shift, double[] scale) {
  /** One map for all components, as for pixels. */
  static Scaling ofAll(float[] features) {
    return new Scaling(new double[1], new double[1]).fit(features);
  }

  /** A map for each component, as for the columns of a table. */
  static Scaling ofEach(float[] features, int dimension) {
    return new Scaling(new double[dimension], new double[dimension]).fit(features);
  }

  private Scaling fit(float[] features) {
    int maps = shift.length;
    for (int map = 0; map < maps; map++) {
      double sum = 0;
      int count = features.length / maps;
      for (int i = map; i < features.length; i += maps) {
        sum += features[i];
      }
      double mean = sum / count;
      double squares = 0;
      for (int i = map; i < features.length; i += maps) {
        squares += (features[i] - mean) * (features[i] - mean);
      }
      double deviation = Math.sqrt(squares / count);
      shift[map] = mean;
      scale[map] = deviation > 0 ? deviation : 1;
    }
    return this;
  }

  /** Scales features in place. */
  void apply(float[] features) {
    int maps = shift.length;
    for (int map = 0; map < maps; map++) {
      for (int i = map; i < features.length; i += maps) {
        features[i] = (float) ((features[i] - shift[map]) / scale[map]);
      }
    }
  }
}
