package org.phasemap.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.data.FileAccess;
import org.phasemap.network.UserException;

/** Images that are stored colour by colour are not shown to what reads position by position. */
class ImageOrderTest {
  private static final int BYTES = 1 + 3 * 32 * 32;

  @TempDir private Path folder;

  @BeforeEach
  void twoImagesOfCifar() throws IOException {
    byte[] images = new byte[2 * BYTES];
    for (int i = 0; i < images.length; i++) {
      images[i] = i % BYTES == 0 ? (byte) (i / BYTES) : (byte) (31 * i);
    }
    Files.write(folder.resolve("data_batch_1.bin"), images);
    Files.write(folder.resolve("test_batch.bin"), images);
  }

  private Spec read(String architecture, String data) throws IOException {
    Path file = folder.resolve("x.yaml");
    Files.writeString(
        file,
        "name: t\nnetwork: {activation: tanh, depth: 2, width: 8, architecture: "
            + architecture
            + "}\n"
            + data);
    return SpecReader.read(file, List.of(), FileAccess.PLAIN);
  }

  private void assertRefused(String architecture, String data, String field) {
    assertThatThrownBy(() -> read(architecture, data))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(field + ": cifar10 is not allowed with network.architecture")
        .hasMessageContaining("stored colour by colour");
  }

  @Test
  void convolutionsAreRefused() {
    String image = "{kind: convolutional, size: [32, 32]}";
    assertRefused(image, "inputs: {kind: cifar10, path: ., count: 2}\n", "inputs");
    assertRefused(
        image,
        "inputs: {dimension: 1024}\ntraining: {data: {kind: cifar10, path: .}, batch_size: 2}\n",
        "training.data");
  }

  @Test
  void networksWithoutPositionsAreNot() throws IOException {
    Spec spec = read("{kind: densenet}", "inputs: {kind: cifar10, path: ., count: 2}\n");
    assertThat(spec.inputs().dimension()).isEqualTo(3072);
  }
}
