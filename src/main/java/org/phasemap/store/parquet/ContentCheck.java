package org.phasemap.store.parquet;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.phasemap.network.Sha256;

/** Tells whether a file holds the bytes that were written to it. */
abstract class ContentCheck {
  private static final int READ_BYTES = 1 << 16;

  /** That of the manifest, which tells who reads a table whether anybody has changed a file. */
  static ContentCheck sha256() {
    MessageDigest digest = Sha256.digest();
    return new ContentCheck() {
      @Override
      void update(byte[] buffer, int offset, int length) {
        digest.update(buffer, offset, length);
      }

      @Override
      String text() {
        return HexFormat.of().formatHex(digest.digest());
      }
    };
  }

  /**
   * For files that this process deletes again. A disk's mistake goes unseen once in four billion
   * times; whoever means harm may write to the staging folder as well as to its files.
   */
  static ContentCheck crc32c() {
    CRC32C crc = new CRC32C();
    return new ContentCheck() {
      @Override
      void update(byte[] buffer, int offset, int length) {
        crc.update(buffer, offset, length);
      }

      @Override
      String text() {
        return Long.toHexString(crc.getValue());
      }
    };
  }

  abstract void update(byte[] buffer, int offset, int length);

  /** Of all bytes, in hex; asked for once. */
  abstract String text();

  /** As {@link #text}, of all that is left of a stream. */
  String textOf(InputStream in) throws IOException {
    byte[] buffer = new byte[READ_BYTES];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      update(buffer, 0, read);
    }
    return text();
  }
}
