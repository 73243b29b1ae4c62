package org.phasemap.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.phasemap.network.UserException;

/**
 * A folder of MNIST's four files, or of any set in its format: train-images, train-labels,
 * t10k-images and t10k-labels, each followed by {@code -} or {@code .} and {@code idx3-ubyte} or
 * {@code idx1-ubyte}, plain or with {@code .gz} (LeCun, Cortes and Burges, "The MNIST database").
 */
final class IdxFolder {
  private static final int IMAGES = 0x803;
  private static final int LABELS = 0x801;
  private static final int IMAGES_HEADER = 16;
  private static final int LABELS_HEADER = 8;

  private IdxFolder() {}

  static DataSet read(FileAccess files, String folder, ContentHash hash) {
    files.checkFolder(folder);
    RawExamples train = part(files, folder, "train", hash);
    RawExamples test = part(files, folder, "t10k", hash);
    if (train.dimension() != test.dimension()) {
      throw new UserException(
          String.format(
              "%s: test images have %d pixels; expected %d, as the training images have",
              file(files, folder, "t10k-images", "idx3"), test.dimension(), train.dimension()));
    }
    int unknown = train.firstOfUnknownClass(test);
    if (unknown >= 0) {
      throw new UserException(
          String.format(
              "%s: image %d has label %d, which no training image has; expected one that has",
              file(files, folder, "t10k-labels", "idx1"), unknown + 1, test.labels()[unknown]));
    }
    Scaling scaling = Scaling.ofAll(train);
    scaling.checkChanging(folder);
    int classes = 1 + Arrays.stream(train.labels()).max().orElse(0);
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    return HeldOut.scaled("mnist", names, scaling, train, test);
  }

  private static RawExamples part(FileAccess files, String folder, String part, ContentHash hash) {
    String imageFile = file(files, folder, part + "-images", "idx3");
    String labelFile = file(files, folder, part + "-labels", "idx1");
    ByteBuffer images = ByteBuffer.wrap(hash.add(files.read(imageFile)));
    ByteBuffer labels = ByteBuffer.wrap(hash.add(files.read(labelFile)));
    check(imageFile, images, IMAGES, IMAGES_HEADER);
    check(labelFile, labels, LABELS, LABELS_HEADER);
    long count = images.getInt(4) & 0xFFFFFFFFL;
    long rows = images.getInt(8) & 0xFFFFFFFFL;
    long columns = images.getInt(12) & 0xFFFFFFFFL;
    if (count < 1 || rows < 1 || columns < 1) {
      throw new UserException(
          String.format(
              "%s: says it holds %d images of %d × %d; expected at least one of each",
              imageFile, count, rows, columns));
    }
    double bytes = IMAGES_HEADER + (double) count * rows * columns;
    if (images.capacity() != bytes) {
      throw new UserException(
          String.format(
              "%s: has %d bytes; expected %.0f for %d images of %d × %d",
              imageFile, images.capacity(), bytes, count, rows, columns));
    }
    long labelled = labels.getInt(4) & 0xFFFFFFFFL;
    if (labels.capacity() != LABELS_HEADER + labelled) {
      throw new UserException(
          String.format(
              "%s: has %d bytes; expected %d for %d labels",
              labelFile, labels.capacity(), LABELS_HEADER + labelled, labelled));
    }
    if (labelled != count) {
      throw new UserException(
          String.format(
              "%s: holds %d labels; expected %d, one for each image", labelFile, labelled, count));
    }
    return examples(images, labels, (int) count, (int) (rows * columns));
  }

  private static RawExamples examples(ByteBuffer images, ByteBuffer labels, int count, int pixels) {
    int[] classes = new int[count];
    Arrays.setAll(classes, j -> labels.get(LABELS_HEADER + j) & 0xFF);
    return new RawExamples(
        pixels, classes, (j, i) -> images.get(IMAGES_HEADER + j * pixels + i) & 0xFF);
  }

  private static void check(String file, ByteBuffer content, int magic, int header) {
    if (content.capacity() < header) {
      throw new UserException(
          String.format(
              "%s: has %d bytes; expected a header of %d", file, content.capacity(), header));
    }
    if (content.getInt(0) != magic) {
      throw new UserException(
          String.format(
              "%s: starts with 0x%08x; expected 0x%08x, unsigned bytes in %d dimensions",
              file, content.getInt(0), magic, magic & 0xFF));
    }
  }

  private static String file(FileAccess files, String folder, String name, String format) {
    List<String> names = new ArrayList<>();
    for (String separator : List.of("-", ".")) {
      for (String end : List.of("", ".gz")) {
        names.add(folder + "/" + name + separator + format + "-ubyte" + end);
      }
    }
    return names.stream()
        .filter(files::exists)
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    String.format(
                        "%s: has no %s-%s-ubyte; expected it, with - or . before %s, plain or .gz",
                        folder, name, format, format)));
  }
}
