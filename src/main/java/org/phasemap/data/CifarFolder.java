package org.phasemap.data;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.phasemap.network.UserException;

/**
 * A folder of CIFAR-10's binary version: data_batch_1.bin to data_batch_5.bin or to an earlier one,
 * and test_batch.bin; a record is a label and 3 × 32 × 32 bytes (Krizhevsky 2009).
 */
final class CifarFolder {
  /** Red, green and blue, one after the other. */
  static final int PLANES = 3;

  private static final int PIXELS = PLANES * 32 * 32;
  private static final int RECORD = 1 + PIXELS;
  private static final int BATCHES = 5;
  private static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private CifarFolder() {}

  static DataSet read(FileAccess files, String folder, ContentHash hash) {
    files.checkFolder(folder);
    ByteArrayOutputStream train = new ByteArrayOutputStream();
    int last = BATCHES;
    while (last > 1 && !files.exists(batch(folder, last))) {
      last--;
    }
    for (int number = 1; number <= last; number++) {
      train.writeBytes(records(files, batch(folder, number), hash));
    }
    String testFile = folder + "/test_batch.bin";
    RawExamples trained = examples(train.toByteArray());
    RawExamples tested = examples(records(files, testFile, hash));
    int unknown = trained.firstOfUnknownClass(tested);
    if (unknown >= 0) {
      throw new UserException(
          String.format(
              "%s: record %d has label %d, which no training image has; expected one that has",
              testFile, unknown + 1, tested.labels()[unknown]));
    }
    Scaling scaling = Scaling.ofAll(trained);
    scaling.checkChanging(folder);
    return HeldOut.scaled("cifar10", CLASSES, scaling, trained, tested).inPlanes(PLANES);
  }

  private static String batch(String folder, int number) {
    return folder + "/data_batch_" + number + ".bin";
  }

  private static byte[] records(FileAccess files, String file, ContentHash hash) {
    byte[] records = hash.add(files.read(file));
    if (records.length == 0 || records.length % RECORD != 0) {
      throw new UserException(
          String.format(
              "%s: has %d bytes; expected a multiple of %d, a label and 3 × 32 × 32 pixels",
              file, records.length, RECORD));
    }
    for (int j = 0; j < records.length / RECORD; j++) {
      int label = records[j * RECORD] & 0xFF;
      if (label >= CLASSES.size()) {
        throw new UserException(
            String.format("%s: record %d has label %d; expected 0 to 9", file, j + 1, label));
      }
    }
    return records;
  }

  private static RawExamples examples(byte[] records) {
    int[] labels = new int[records.length / RECORD];
    Arrays.setAll(labels, j -> records[j * RECORD]);
    return new RawExamples(PIXELS, labels, (j, i) -> records[j * RECORD + 1 + i] & 0xFF);
  }
}
