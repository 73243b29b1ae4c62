package org.phasemap.cli.regress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.phasemap.network.UserException;

/**
 * Tells a chat by a POST of {@code {"text": …}}, as Slack and Mattermost take it. The address is a
 * secret: it comes from a file or the environment, and no message repeats it. Nothing is followed,
 * and nothing of the answer is read but its status.
 */
final class Webhook {
  /** Of the environment. */
  static final String VARIABLE = "PHASEMAP_WEBHOOK";

  static final Duration LONGEST = Duration.ofSeconds(10);

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI address;
  private final Duration longest;

  private Webhook(URI address, Duration longest) {
    this.address = address;
    this.longest = longest;
  }

  /**
   * Reads an address.
   *
   * @param source names where it stands, in messages
   * @throws UserException unless it is one of https, or of http on this machine
   */
  static Webhook of(String source, String address) {
    return of(source, address, LONGEST);
  }

  static Webhook of(String source, String address, Duration longest) {
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException e) {
      throw new UserException(source + ": is no address; allowed: https://HOST/PATH");
    }
    String host = uri.getHost();
    boolean isLocal = host != null && LOOPBACK.contains(host) && "http".equals(uri.getScheme());
    if (host == null
        || uri.getUserInfo() != null
        || !("https".equals(uri.getScheme()) || isLocal)) {
      throw new UserException(
          source
              + ": its address is not allowed; allowed: https://HOST/PATH (http on this machine"
              + " alone)");
    }
    return new Webhook(uri, longest);
  }

  /**
   * Sends a text.
   *
   * @return why it was not taken; empty where it was
   */
  Optional<String> send(String text) {
    try {
      HttpClient client =
          HttpClient.newBuilder()
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(longest)
              .build();
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .timeout(longest)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("text", escaped(text)))))
              .build();
      HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
      int status = response.statusCode();
      return status >= 200 && status < 300
          ? Optional.empty()
          : Optional.of("it answered with status " + status);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a text is plain data", e);
    } catch (IOException e) {
      return Optional.of(e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  /** Slack's own three. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
