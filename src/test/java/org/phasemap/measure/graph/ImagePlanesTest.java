package org.phasemap.measure.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.phasemap.data.DataSets;
import org.phasemap.data.DataSource;
import org.phasemap.data.Examples;
import org.phasemap.data.FileAccess;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.graph.GraphPass;
import org.phasemap.kernel.graph.parameter.GraphParameters;
import org.phasemap.kernel.graph.parameter.WeightDraws;
import org.phasemap.network.Architecture;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.architecture.Families;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.TokenQuantity;
import org.phasemap.spec.Inputs;
import org.phasemap.spec.Spec;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.zoo.ComputationGraphs;

/** Images that are stored colour by colour go into networks with positions pixel by pixel. */
class ImagePlanesTest {
  private static final int PIXELS = 32 * 32;
  private static final int BYTES = 1 + 3 * PIXELS;
  private static final String IMAGE = "convolutional(size=32x32, kernel=3, padding=circular)";

  @TempDir private Path folder;

  /** Two images, of a byte for each colour and pixel. */
  private DataSource.Files images(IntBinaryOperator bytes) throws IOException {
    byte[] images = new byte[2 * BYTES];
    for (int j = 0; j < 2; j++) {
      images[j * BYTES] = (byte) j;
      for (int colour = 0; colour < 3; colour++) {
        for (int pixel = 0; pixel < PIXELS; pixel++) {
          images[j * BYTES + 1 + colour * PIXELS + pixel] =
              (byte) (bytes.applyAsInt(colour, pixel) + 3 * j * colour);
        }
      }
    }
    Files.write(folder.resolve("data_batch_1.bin"), images);
    Files.write(folder.resolve("test_batch.bin"), images);
    return DataSets.identified(
        new DataSource.Files(DataSource.Format.CIFAR10, folder.toString(), null, null, ""));
  }

  @Test
  void aPixelsColoursAreTheChannelsOfItsPosition() throws IOException {
    DataSource.Files source = images((colour, pixel) -> 31 * pixel + 7 * colour);
    Examples examples = DataSets.load(source).train();
    Architecture.Layered architecture = (Architecture.Layered) Families.parse(IMAGE);
    NetworkConfig network = LayeredCells.network(architecture, "tanh", 1, 2, 1, 0);
    LayerGraph graph = architecture.graph(1, 2, 3 * PIXELS).ofPlanes(source.planes());
    INDArray theirs = ComputationGraphs.inputs(graph, examples.features());
    try (Kernel kernel = Backends.preferred().open();
        WeightDraws draws = new WeightDraws(kernel, 1, 0);
        GraphParameters parameters = GraphParameters.draw(draws, graph, network);
        GraphPass pass = new GraphPass(kernel, graph, network.activation(), 2);
        Matrix inputs = kernel.matrix(3 * PIXELS, 2)) {
      inputs.write(examples.features());
      pass.forward(parameters, inputs);
      float[] given = pass.value(0).read();
      for (int j = 0; j < 2; j++) {
        for (int colour = 0; colour < 3; colour++) {
          for (int pixel = 0; pixel < PIXELS; pixel++) {
            float stored = examples.features()[j * 3 * PIXELS + colour * PIXELS + pixel];
            assertThat(given[(j * PIXELS + pixel) * 3 + colour]).isEqualTo(stored);
            assertThat(theirs.getFloat(j, colour, pixel / 32, pixel % 32)).isEqualTo(stored);
          }
        }
      }
    }
  }

  /** One colour everywhere is one input at every position: a ring's positions are all alike. */
  @Test
  void anImageOfOneColourIsTheSameAtAllPositions() throws IOException {
    DataSource.Files source = images((colour, pixel) -> 10 + 90 * colour);
    Inputs inputs = new Inputs(new Inputs.Chosen(source, 1), 2, 3 * PIXELS, 1);
    Architecture architecture = Families.parse(IMAGE);
    NetworkConfig network = LayeredCells.network(architecture, "tanh", 2, 4, 1.5, 0);
    double[] cosine =
        LayeredCells.measure(
            LayeredCells.cell(network, inputs, Probe.SIGNAL),
            1,
            m -> m.number(TokenQuantity.TOKEN_COSINE));
    assertThat(cosine[0]).isCloseTo(1, within(1e-5));
  }

  @Test
  void specsTakeThem() throws IOException {
    images((colour, pixel) -> 31 * pixel + 7 * colour);
    Path file = folder.resolve("x.yaml");
    Files.writeString(
        file,
        """
        name: t
        network:
          {activation: tanh, depth: 2, width: 8, architecture: {kind: convolutional, size: [32, 32]}}
        inputs: {kind: cifar10, path: ., count: 2}
        training: {data: {kind: cifar10, path: .}, batch_size: 2}
        """);
    Spec spec = SpecReader.read(file, List.of(), FileAccess.PLAIN);
    assertThat(spec.inputs().planes()).isEqualTo(3);
    assertThat(new Inputs(2, 8, 1, 0).planes()).isEqualTo(1);
  }
}
