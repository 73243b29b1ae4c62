package org.phasemap.chart.dashboard;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask, and how. A page of another site that resolves its name to this machine (DNS
 * rebinding) sends its own name as Host, and is refused. Where other machines reach the server, a
 * request must bring the token, which a link that works once turns into a cookie.
 */
final class Gate {
  static final String LOGIN = "/login/";

  private static final String COOKIE = "phasemap";
  private static final Set<String> METHODS = Set.of("GET", "HEAD");
  private static final int LONGEST_ADDRESS = 8_192;
  private static final int RANDOM_BYTES = 32;

  private final Set<String> hosts;
  private final @Nullable String token;
  private final Consumer<String> announce;
  private final SecureRandom random = new SecureRandom();
  private String link = "";

  /**
   * A gate.
   *
   * @param hosts names that requests may give this machine, in lower case
   * @param wantsToken whether requests must bring one
   * @param announce gets the path of a link that works once; again after it has been used
   */
  Gate(Set<String> hosts, boolean wantsToken, Consumer<String> announce) {
    this.hosts = hosts;
    this.token = wantsToken ? secret() : null;
    this.announce = announce;
  }

  private String secret() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Whether it wants a token. */
  boolean isLocked() {
    return token != null;
  }

  /** Makes the next link, and tells it. */
  synchronized void announceLink() {
    link = secret();
    announce.accept(LOGIN + link);
  }

  /**
   * Looks at all that comes before the path.
   *
   * @throws Refused if the request may not be answered
   */
  void check(String method, String address, Headers headers) {
    if (!METHODS.contains(method)) {
      throw new Refused(405, "Only GET and HEAD are allowed.");
    }
    if (!hosts.contains(name(headers.getFirst("Host"))) || many(headers.get("Host"))) {
      throw new Refused(403, "This Host is not served; allowed: the name that the server printed.");
    }
    if (address.length() > LONGEST_ADDRESS) {
      throw new Refused(414, "The address is too long; allowed: 8,192 characters.");
    }
    String length = headers.getFirst("Content-Length");
    if (headers.containsKey("Transfer-Encoding") || (length != null && !length.equals("0"))) {
      throw new Refused(413, "A request may have no body.");
    }
  }

  private static boolean many(@Nullable List<String> values) {
    return values != null && values.size() > 1;
  }

  /** A Host without its port, which a tunnel may change. */
  private static String name(@Nullable String host) {
    if (host == null) {
      return "";
    }
    return host.replaceFirst(":[0-9]{1,5}$", "").toLowerCase(Locale.ROOT);
  }

  /**
   * Looks for the token.
   *
   * @throws Refused if it is wanted and not there
   */
  void checkToken(Headers headers) {
    if (token != null && !hasToken(headers, token)) {
      throw new Refused(401, "Open the link that the server printed when it started.");
    }
  }

  private static boolean hasToken(Headers headers, String token) {
    boolean found = false;
    for (String line : headers.getOrDefault("Cookie", List.of())) {
      for (String cookie : line.split(";", -1)) {
        String pair = cookie.strip();
        if (pair.startsWith(COOKIE + "=")) {
          found |= equal(pair.substring(COOKIE.length() + 1), token);
        }
      }
    }
    return found;
  }

  /** In a time that does not depend on how much of it is right. */
  private static boolean equal(String given, String wanted) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Takes a link's secret for the token, once.
   *
   * @return the cookie
   * @throws Refused if it is not the link that was told last
   */
  synchronized String login(String secret) {
    String now = token;
    if (now == null || link.isEmpty() || !equal(secret, link)) {
      throw new Refused(401, "This link was used already, or is none; the server prints the next.");
    }
    announceLink();
    return COOKIE + "=" + now + "; Path=/; HttpOnly; SameSite=Strict";
  }
}
