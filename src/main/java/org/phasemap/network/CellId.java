package org.phasemap.network;

import java.util.HexFormat;
import java.util.Locale;

/** Names a configuration by its content. */
public final class CellId {
  private static final int BYTES = 8;

  private CellId() {}

  /** A number by its bits: its decimal text differs between JDKs. */
  public static String bits(double number) {
    return Long.toHexString(Double.doubleToLongBits(number));
  }

  /** The first 16 hex digits of SHA-256 of a canonical description. */
  public static String of(String canonical) {
    return HexFormat.of().formatHex(Sha256.of(canonical), 0, BYTES);
  }

  /** How an activation enters an id. */
  public static String text(Activation activation) {
    return activation.family().toUpperCase(Locale.ROOT) + "|" + bits(activation.slope());
  }
}
