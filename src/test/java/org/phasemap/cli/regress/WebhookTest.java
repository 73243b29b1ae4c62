package org.phasemap.cli.regress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.chart.dashboard.JdkServer;
import org.phasemap.network.UserException;

/**
 * The webhook against servers of this machine that take, refuse, redirect, hang or are not there.
 */
class WebhookTest {
  private static final Duration SHORT = Duration.ofMillis(400);

  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server = start();

  private static HttpServer start() {
    try {
      return JdkServer.listening(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void serve() {
    for (int status : new int[] {200, 302, 403, 500}) {
      server.createContext(
          "/" + status,
          exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            heard.add(status + " " + new String(body, StandardCharsets.UTF_8));
            exchange.getResponseHeaders().add("Location", "/200");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          });
    }
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static Webhook at(int port, String path) {
    return Webhook.of("test", "http://127.0.0.1:" + port + path);
  }

  @Test
  void aChatHearsItsTextAsSlackTakesIt() {
    assertThat(at(server.getAddress().getPort(), "/200").send("a < b\n\"c\"")).isEmpty();
    assertThat(heard).containsExactly("200 {\"text\":\"a &lt; b\\n\\\"c\\\"\"}");
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 403, 500})
  void anAnswerThatIsNoYesIsSaidAndNotFollowed(int status) {
    assertThat(at(server.getAddress().getPort(), "/" + status).send("x"))
        .contains("it answered with status " + status);
    assertThat(heard).hasSize(1);
  }

  @Test
  void aServerThatHangsIsGivenUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      long start = System.nanoTime();
      String address = "http://127.0.0.1:" + silent.getLocalPort();
      assertThat(Webhook.of("test", address, SHORT).send("x")).contains("HttpTimeoutException");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void aServerThatIsNotThereIsSaid() throws IOException {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    assertThat(at(port, "/").send("x")).contains("ConnectException");
  }

  /** The address is a secret, so no message has it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.example.com/secret",
        "https://user:secret@hooks.example.com/",
        "ftp://hooks.example.com/secret",
        "file:///secret",
        "secret",
        "https:///secret",
        "http://localhost.example.com/secret"
      })
  void onlyHttpsLeavesThisMachine(String address) {
    assertThatThrownBy(() -> Webhook.of("PHASEMAP_WEBHOOK", address))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("PHASEMAP_WEBHOOK: ")
        .hasMessageContaining("allowed: https://HOST/PATH")
        .hasMessageNotContaining("secret");
  }
}
