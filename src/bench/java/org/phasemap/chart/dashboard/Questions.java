package org.phasemap.chart.dashboard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** What people ask of {@link org.phasemap.query.LargeSweep}, by chance: hardly anything twice. */
final class Questions {
  private final Random random = new Random(1);

  private synchronized int below(int bound) {
    return random.nextInt(bound);
  }

  private String one(String... of) {
    return of[below(of.length)];
  }

  private String range() {
    return "&depth=" + (1 + below(60)) + ".." + (120 + below(80));
  }

  private String cells() {
    return "&quantity="
        + one("ln_q", "ln_gradient_gain", "ln_ntk_scale", "c")
        + "&activation="
        + one("tanh", "relu")
        + "&width="
        + one("256", "512")
        + "&sigma_b2="
        + one("0", "0.05");
  }

  /** Another map. */
  String map() {
    return one(
            "/map?x=sigma_multiplier&y=depth&view=mean",
            "/map?x=sigma_w2&y=depth&view=theory",
            "/map?x=sigma_multiplier&y=depth&view=difference",
            "/map?x=depth&y=sigma_multiplier&view=z")
        + cells()
        + range();
  }

  /** Another slice. */
  String slice() {
    return one("/slice?x=depth&by=sigma_multiplier", "/slice?x=sigma_multiplier&by=depth")
        + cells()
        + range();
  }

  /** Theory against measurement, of half of the sweep and more. */
  String agreement() {
    return "/agreement?quantity=" + one("ln_q", "ln_gradient_gain") + range();
  }

  /** Some cell. */
  String cell() {
    // As LargeSweep names them, among decimals of two digits.
    String id =
        String.join(
            " ",
            one("tanh", "relu"),
            one("0.00", "0.05"),
            one("256", "512"),
            String.valueOf(below(250)),
            String.valueOf(1 + below(100)));
    return "/cell/" + md5(id).substring(0, 16);
  }

  private static String md5(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
