package org.phasemap.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** The lines of docs/data.md on image folders. */
final class FolderCases {
  private static final int RECORD = 3073;

  private FolderCases() {}

  static Map<String, DocCase> all() {
    return Map.of(
        "MNIST's files, plain or zipped",
        new DocCase(
            FolderCases::zippedMnist, read -> assertThat(read.train().count()).isEqualTo(10)),
        "a label that no training image of MNIST's files has",
        DocCase.refused(FolderCases::mnistWithAnotherLabel),
        "CIFAR-10's batches",
        new DocCase(
            folder -> cifar(folder, new int[] {3, 4}, new int[] {4}),
            read -> assertThat(read.train().labels()).containsExactly(3, 4)),
        "a label that no training image of CIFAR-10's batches has",
        DocCase.refused(folder -> cifar(folder, new int[] {3, 4}, new int[] {5})),
        "images of one grey level",
        DocCase.refused(folder -> cifar(folder, new int[] {3}, new int[] {3})));
  }

  private static DataSource.Files zippedMnist(Path folder) throws IOException {
    IdxFiles.write(folder);
    Path images = folder.resolve("train-images-idx3-ubyte");
    IdxFiles.write(folder.resolve("train-images-idx3-ubyte.gz"), Files.readAllBytes(images));
    Files.delete(images);
    return DocCase.folder(DataSource.Format.MNIST, folder);
  }

  private static DataSource.Files mnistWithAnotherLabel(Path folder) throws IOException {
    IdxFiles.write(folder);
    byte[] labels = IdxFiles.labels(5);
    labels[9] = 9;
    IdxFiles.write(folder.resolve("t10k-labels-idx1-ubyte"), labels);
    return DocCase.folder(DataSource.Format.MNIST, folder);
  }

  /** Image j is of grey level 50 j. */
  private static DataSource.Files cifar(Path folder, int[] train, int[] test) throws IOException {
    Files.write(folder.resolve("data_batch_1.bin"), batch(train));
    Files.write(folder.resolve("test_batch.bin"), batch(test));
    return DocCase.folder(DataSource.Format.CIFAR10, folder);
  }

  private static byte[] batch(int[] labels) {
    byte[] batch = new byte[labels.length * RECORD];
    for (int j = 0; j < labels.length; j++) {
      batch[j * RECORD] = (byte) labels[j];
      Arrays.fill(batch, j * RECORD + 1, (j + 1) * RECORD, (byte) (50 * j));
    }
    return batch;
  }
}
