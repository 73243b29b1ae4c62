package org.phasemap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.network.UserException;

/** Folders in the formats of MNIST and CIFAR-10. */
class ImageFoldersTest {
  private static final int RECORD = 3073;

  @TempDir private Path folder;

  private DataSource.Files source(DataSource.Format format) {
    return new DataSource.Files(format, folder.toString(), null, null, "");
  }

  private DataSource.Files mnist() {
    return DataSets.identified(source(DataSource.Format.MNIST));
  }

  private void assertRefused(ThrowingCallable reading, String message) {
    assertThatThrownBy(reading).isInstanceOf(UserException.class).hasMessage(folder + message);
  }

  @Test
  void imagesAreReadAndScaledByOneMap() throws IOException {
    IdxFiles.write(folder);
    DataSet data = DataSets.load(mnist());
    assertThat(data.name()).isEqualTo("mnist");
    assertThat(data.classNames()).containsExactly("0", "1", "2");
    assertThat(data.train().count()).isEqualTo(10);
    assertThat(data.test().count()).isEqualTo(5);
    assertThat(data.train().labels()).containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2, 0);
    double[] raw = new double[60];
    Arrays.setAll(raw, i -> 7 * (i / 6) + i % 6);
    double mean = Arrays.stream(raw).average().orElseThrow();
    double sd =
        Math.sqrt(Arrays.stream(raw).map(x -> (x - mean) * (x - mean)).average().orElseThrow());
    for (int i = 0; i < 60; i++) {
      assertThat((double) data.train().features()[i]).isCloseTo((raw[i] - mean) / sd, within(1e-6));
    }
    assertThat((double) data.test().features()[8]).isCloseTo((9 - mean) / sd, within(1e-6));
  }

  /** The hash is of what the files hold, not of their names. */
  @Test
  void zippedAndDottedFilesAreTheSameSet() throws IOException {
    IdxFiles.write(folder);
    String plain = mnist().sha256();
    for (String name : new String[] {"train-images", "t10k-images"}) {
      Path file = folder.resolve(name + "-idx3-ubyte");
      IdxFiles.write(folder.resolve(name + ".idx3-ubyte.gz"), Files.readAllBytes(file));
      Files.delete(file);
    }
    assertThat(mnist().sha256()).isEqualTo(plain).hasSize(64);
    IdxFiles.write(
        folder.resolve("t10k-labels-idx1-ubyte"),
        new byte[] {0, 0, 8, 1, 0, 0, 0, 5, 2, 2, 2, 2, 2});
    assertThat(mnist().sha256()).isNotEqualTo(plain);
  }

  @Test
  void filesThatChangedAreRefused() throws IOException {
    IdxFiles.write(folder);
    DataSource.Files other = mnist().withSha256("0".repeat(64));
    assertRefused(
        () -> DataSets.load(other),
        ": its content has SHA-256 "
            + mnist().sha256()
            + "; expected "
            + "0".repeat(64)
            + ", that of the spec");
  }

  @Test
  void aWrongIdxFileIsNamed() throws IOException {
    IdxFiles.write(folder);
    Path images = folder.resolve("train-images-idx3-ubyte");
    Path labels = folder.resolve("t10k-labels-idx1-ubyte");

    Files.write(images, Arrays.copyOf(IdxFiles.images(10), 50));
    assertRefused(
        this::mnist, "/train-images-idx3-ubyte: has 50 bytes; expected 76 for 10 images of 2 × 3");
    Files.write(images, new byte[3]);
    assertRefused(this::mnist, "/train-images-idx3-ubyte: has 3 bytes; expected a header of 16");
    byte[] swapped = IdxFiles.images(10);
    swapped[3] = 1;
    Files.write(images, swapped);
    assertRefused(
        this::mnist,
        "/train-images-idx3-ubyte: starts with 0x00000801; expected 0x00000803, unsigned bytes in 3 dimensions");
    byte[] empty = Arrays.copyOf(IdxFiles.images(0), 16);
    Files.write(images, empty);
    assertRefused(
        this::mnist,
        "/train-images-idx3-ubyte: says it holds 0 images of 2 × 3; expected at least one of each");
    Files.write(images, IdxFiles.images(10));
    Files.write(labels, IdxFiles.labels(4));
    assertRefused(
        this::mnist, "/t10k-labels-idx1-ubyte: holds 4 labels; expected 5, one for each image");
    Files.write(labels, Arrays.copyOf(IdxFiles.labels(5), 12));
    assertRefused(this::mnist, "/t10k-labels-idx1-ubyte: has 12 bytes; expected 13 for 5 labels");
    Files.delete(labels);
    assertRefused(
        this::mnist,
        ": has no t10k-labels-idx1-ubyte; expected it, with - or . before idx1, plain or .gz");
  }

  @Test
  void aFolderHasToBeOne() throws IOException {
    Path file = Files.writeString(folder.resolve("mnist"), "");
    DataSource.Files wrong =
        new DataSource.Files(DataSource.Format.MNIST, file.toString(), null, null, "");
    assertRefused(() -> DataSets.identified(wrong), "/mnist: is a file; expected a folder");
    Files.delete(file);
    assertRefused(() -> DataSets.identified(wrong), "/mnist: no such folder");
  }

  private static byte[] cifar(int records, int firstLabel) {
    byte[] batch = new byte[records * RECORD];
    for (int j = 0; j < records; j++) {
      batch[j * RECORD] = (byte) (firstLabel + j);
      Arrays.fill(batch, j * RECORD + 1, (j + 1) * RECORD, (byte) (50 * j));
    }
    return batch;
  }

  @Test
  void cifarBatchesAreReadInOrder() throws IOException {
    Files.write(folder.resolve("data_batch_1.bin"), cifar(2, 3));
    Files.write(folder.resolve("data_batch_2.bin"), cifar(3, 7));
    Files.write(folder.resolve("test_batch.bin"), cifar(1, 3));
    DataSet data = DataSets.load(DataSets.identified(source(DataSource.Format.CIFAR10)));
    assertThat(data.dimension()).isEqualTo(3072);
    assertThat(data.train().labels()).containsExactly(3, 4, 7, 8, 9);
    assertThat(data.classNames()).hasSize(10).contains("frog");
    // Grey levels 0, 50, 0, 50, 100: mean 40, variance 1400.
    assertThat((double) data.train().features()[4 * 3072 + 5])
        .isCloseTo(60 / Math.sqrt(1400), within(1e-6));
    assertThat((double) data.test().features()[0]).isCloseTo(-40 / Math.sqrt(1400), within(1e-6));
  }

  @Test
  void aWrongCifarFileIsNamed() throws IOException {
    ThrowingCallable reading = () -> DataSets.identified(source(DataSource.Format.CIFAR10));
    assertRefused(reading, "/data_batch_1.bin: no such file");
    Files.write(folder.resolve("data_batch_1.bin"), new byte[RECORD - 1]);
    assertRefused(
        reading,
        "/data_batch_1.bin: has 3072 bytes; expected a multiple of 3073, a label and 3 × 32 × 32 pixels");
    Files.write(folder.resolve("data_batch_1.bin"), cifar(2, 9));
    assertRefused(reading, "/data_batch_1.bin: record 2 has label 10; expected 0 to 9");
    Files.write(folder.resolve("data_batch_1.bin"), cifar(2, 0));
    Files.write(folder.resolve("data_batch_3.bin"), cifar(2, 0));
    assertRefused(reading, "/data_batch_2.bin: no such file");
  }
}
