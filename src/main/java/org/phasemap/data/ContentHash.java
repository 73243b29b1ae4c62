package org.phasemap.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of some files' contents in order, each after its length. */
final class ContentHash {
  private final MessageDigest digest;

  ContentHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** Adds a file; returns its content. */
  byte[] add(byte[] content) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(content.length).array());
    digest.update(content);
    return content;
  }

  /** 64 hex digits. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
