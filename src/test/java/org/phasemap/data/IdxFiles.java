package org.phasemap.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes small files in MNIST's format. */
public final class IdxFiles {
  private IdxFiles() {}

  /**
   * A folder of four files: 10 training and 5 test images of 2 × 3 pixels, pixel i of image j being
   * 7 j + i, and its class j mod 3.
   */
  public static void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    write(folder.resolve("train-images-idx3-ubyte"), images(10));
    write(folder.resolve("train-labels-idx1-ubyte"), labels(10));
    write(folder.resolve("t10k-images-idx3-ubyte"), images(5));
    write(folder.resolve("t10k-labels-idx1-ubyte"), labels(5));
  }

  static byte[] images(int count) {
    ByteBuffer file = ByteBuffer.allocate(16 + count * 6);
    file.putInt(0x803).putInt(count).putInt(2).putInt(3);
    for (int j = 0; j < count; j++) {
      for (int i = 0; i < 6; i++) {
        file.put((byte) (7 * j + i));
      }
    }
    return file.array();
  }

  static byte[] labels(int count) {
    ByteBuffer file = ByteBuffer.allocate(8 + count);
    file.putInt(0x801).putInt(count);
    for (int j = 0; j < count; j++) {
      file.put((byte) (j % 3));
    }
    return file.array();
  }

  static void write(Path file, byte[] content) throws IOException {
    Files.deleteIfExists(file);
    if (file.toString().endsWith(".gz")) {
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
        out.write(content);
      }
    } else {
      Files.write(file, content);
    }
  }
}
