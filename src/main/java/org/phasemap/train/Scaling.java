package org.phasemap.train;

/**
 * An affine map of all features alike: (x − shift)/scale.
 *
 * @param shift subtracted first
 * @param scale then divided by
 */
record Scaling(double shift, double scale) {
  /**
   * To mean 0 and second moment 1 over all entries; where all entries are equal, to 0.
   *
   * @param features any number of entries
   */
  static Scaling standardising(float[] features) {
    double sum = 0;
    for (float x : features) {
      sum += x;
    }
    double mean = sum / features.length;
    double squares = 0;
    for (float x : features) {
      squares += (x - mean) * (x - mean);
    }
    double deviation = Math.sqrt(squares / features.length);
    return new Scaling(mean, deviation > 0 ? deviation : 1);
  }

  /** The scaled features. */
  float[] apply(float[] features) {
    float[] scaled = new float[features.length];
    for (int i = 0; i < features.length; i++) {
      scaled[i] = (float) ((features[i] - shift) / scale);
    }
    return scaled;
  }
}
