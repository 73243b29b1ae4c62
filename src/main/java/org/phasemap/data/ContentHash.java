package org.phasemap.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.phasemap.network.Sha256;

/**
 * SHA-256 of some files' contents in order, each after its length.
 *
 * <p>Tables that versions before 6 of the results' schema read otherwise have a mark behind them:
 * their cells have new ids, and are not taken for those whose rows lie in an older folder.
 */
final class ContentHash {
  private static final byte[] MARK = "float64".getBytes(StandardCharsets.UTF_8);

  private final MessageDigest digest = Sha256.digest();
  private String unmarked = "";

  /** Adds a file; returns its content. */
  byte[] add(byte[] content) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(content.length).array());
    digest.update(content);
    return content;
  }

  /** Ends the files with the mark. */
  void mark() {
    byte[] hash = digest.digest();
    unmarked = HexFormat.of().formatHex(hash);
    digest.update(hash);
    add(MARK);
  }

  /** 64 hex digits; ends the files. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * The hash without the mark, by which versions before 6 knew the files; empty if there is none.
   */
  String unmarked() {
    return unmarked;
  }
}
