package org.phasemap.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of some files' contents in order, each after its length.
 *
 * <p>Tables that versions before 6 of the results' schema read otherwise have a mark behind them:
 * their cells have new ids, and are not taken for those whose rows lie in an older folder.
 */
final class ContentHash {
  private static final byte[] MARK = "float64".getBytes(StandardCharsets.UTF_8);

  private final MessageDigest digest = sha256();
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

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
