package org.phasemap.train;

import org.phasemap.data.DataSet;
import org.phasemap.data.Digits;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.NetworkConfig;

/**
 * One step of SGD on the first minibatch of the digits, as the kernel takes it.
 *
 * @param start parameters before
 * @param x x[example][component]
 * @param labels of the examples
 * @param loss of the minibatch
 * @param gradient of that loss
 * @param end parameters after
 */
@SuppressWarnings("ArrayRecordComponent")
record OneStep(
    ReferenceNetwork start,
    double[][] x,
    int[] labels,
    double loss,
    ReferenceNetwork gradient,
    ReferenceNetwork end) {
  static final double LEARNING_RATE = 0.1;
  private static final DataSet DIGITS = Digits.load();

  static OneStep take(NetworkConfig network, int batch) {
    Replicate replicate = new Replicate(1, 0);
    int inputs = DIGITS.dimension();
    int classes = DIGITS.classes();
    try (Kernel kernel = TestKernels.fastest();
        Arena arena = new Arena(kernel)) {
      Minibatches batches = new Minibatches(kernel, arena, DIGITS.train(), batch, replicate);
      Parameters parameters = Parameters.draw(kernel, arena, network, inputs, classes, replicate);
      Backpropagation pass =
          new Backpropagation(kernel, arena, network, parameters, inputs, classes, batch);
      ReferenceNetwork start = ReferenceNetwork.of(network.activation(), parameters);
      RecordedGradient recorded = new RecordedGradient(kernel, start.zeros());
      float[] logitGradient = new float[classes * batch];
      batches.advance();
      double loss =
          new SoftmaxCrossEntropy(classes)
              .gradient(pass.forward(batches.features()), batches.labels(), logitGradient);
      pass.backward(logitGradient, recorded);
      pass.forward(batches.features());
      pass.backward(logitGradient, new Sgd(kernel, parameters, LEARNING_RATE));
      return new OneStep(
          start,
          examples(batches.features(), inputs),
          batches.labels(),
          loss,
          recorded.gradient(),
          ReferenceNetwork.of(network.activation(), parameters));
    }
  }

  private static double[][] examples(float[] features, int inputs) {
    double[][] x = new double[features.length / inputs][inputs];
    for (int k = 0; k < features.length; k++) {
      x[k / inputs][k % inputs] = features[k];
    }
    return x;
  }
}
