package org.phasemap.chart.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.chart.dashboard.DashboardServer.Settings;
import org.phasemap.chart.dashboard.RawHttp.Reply;
import org.phasemap.network.UserException;
import org.phasemap.query.Limits;

/** What docs/threat-model.md says of the dashboard. */
class DashboardSecurityTest {
  private static final Path STORED = Path.of("src/test/resources/org/phasemap/cli/schema");
  private static final String HOSTILE = "a <script>alert(1)<!script> \"'; drop table cells--";

  /** What the JDK itself says of an address with a character that none may have. */
  private static final String OF_THE_JDK = "<h1>400 Bad Request</h1>URISyntaxException thrown";

  /** Random requests; more by {@code -Dphasemap.fuzz=10000}. */
  private static final int REQUESTS = Integer.getInteger("phasemap.fuzz", 2_000);

  @TempDir private static Path root = Path.of("");
  private static @Nullable Served opened;

  @BeforeAll
  static void serve() throws Exception {
    copy(STORED.resolve("schema-6"), root.resolve("good"));
    copy(STORED.resolve("schema-6"), root.resolve(HOSTILE));
    Files.createDirectories(root.resolve("none"));
    opened = new Served(root);
  }

  static void copy(Path from, Path to) throws Exception {
    try (var all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }

  @AfterAll
  static void end() {
    served().close();
  }

  private static Served served() {
    return Objects.requireNonNull(opened);
  }

  private static void assertHarmless(String request, Reply reply) {
    assertThat(reply.status()).as(request).isLessThan(500);
    assertThat(reply.text().equals(OF_THE_JDK) ? "" : reply.text())
        .as(request)
        .doesNotContain(
            root.toString(),
            "Exception",
            "\tat ",
            "org.phasemap",
            "java.",
            "from drawn",
            " Error:");
  }

  @Test
  void everyAnswerSaysWhatABrowserMayDoWithIt() {
    for (String address :
        List.of("/api/sweeps", "/web/charts.js", "/nothing", "/api/s/good/map?x=no")) {
      Reply reply = served().http.get(address);
      assertThat(reply.header("content-security-policy"))
          .startsWith("default-src 'none'; script-src 'self';")
          .contains("frame-ancestors 'none'", "base-uri 'none'")
          .doesNotContain("unsafe");
      assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
      assertThat(reply.header("referrer-policy")).isEqualTo("no-referrer");
      assertThat(reply.header("cross-origin-opener-policy")).isEqualTo("same-origin");
      assertThat(reply.header("cross-origin-resource-policy")).isEqualTo("same-origin");
      assertThat(reply.header("access-control-allow-origin")).isEmpty();
    }
  }

  @Test
  void onlyGetAndHeadAreAnswered() {
    for (String method :
        List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get", "X")) {
      Reply reply = served().http.request(method, "/api/sweeps");
      assertThat(reply.status()).as(method).isEqualTo(405);
    }
  }

  @Test
  void aPageOfAnotherSiteGetsNothing() {
    for (String host :
        List.of(
            "evil.example",
            "evil.example:8377",
            "127.0.0.1.evil.example",
            "localhost.",
            "",
            "127.0.0.1@evil")) {
      assertThat(served().http.get("/api/sweeps", "Host: " + host).status())
          .as(host)
          .isEqualTo(403);
    }
    assertThat(
            served()
                .http
                .send("GET /api/sweeps HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8))
                .status())
        .isEqualTo(403);
    // A tunnel may change the port.
    for (String host :
        List.of("localhost", "localhost:9999", "127.0.0.1", "[::1]:80", "MAPS.example")) {
      assertThat(served().http.get("/api/sweeps", "Host: " + host).status())
          .as(host)
          .isEqualTo(200);
    }
  }

  @Test
  void noPathLeadsOutOfThePage() {
    for (String path :
        List.of(
            "/web/../../../../etc/passwd",
            "/web/..%2f..%2f..%2fetc%2fpasswd",
            "/web/%2e%2e/%2e%2e/etc/passwd",
            "/web/%2fetc%2fpasswd",
            "/web//etc/passwd",
            "/web/charts.js%00.css",
            "/web/report.html",
            "/web/fonts/../../ChartJson.class",
            "/../etc/passwd",
            "/api/s/../../etc",
            "/api/s/%2e%2e/map",
            "/api/s/good/cell/..%2f..%2fspec.yaml",
            "http://evil.example/api/sweeps/../x",
            "/good/spec.yaml",
            "/results")) {
      Reply reply = served().http.get(path);
      assertThat(reply.status()).as(path).isIn(400, 403, 404);
      assertHarmless(path, reply);
    }
  }

  @Test
  void noParameterBecomesSql() {
    List<String> attacks =
        List.of(
            "'",
            "\"",
            "x'%20or%201=1--",
            "1;drop%20table%20cells",
            "depth)%20from%20cells--",
            "(select%20version())",
            "read_text('/etc/passwd')",
            "%25s",
            "%24%7Bx%7D",
            "..",
            "1..2..3",
            "NaN",
            "1e999",
            "0x10",
            "%F0%9F%92%A5",
            "a".repeat(2_000),
            "|||",
            ",,,");
    List<String> names =
        List.of(
            "x",
            "y",
            "quantity",
            "view",
            "facet",
            "average",
            "depth",
            "activation",
            "task",
            "sigma_w2",
            "init",
            "cell_id");
    for (String name : names) {
      for (String attack : attacks) {
        Reply reply = served().http.get("/api/s/good/map?" + name + "=" + attack);
        assertThat(reply.status()).as(name + "=" + attack).isIn(200, 400);
        assertHarmless(name + "=" + attack, reply);
      }
    }
    for (String attack : attacks) {
      for (String address :
          List.of(
              "cell/",
              "replicates/",
              "slice?by=",
              "parallel?axes=",
              "collapse?scale=",
              "export?format=",
              "export?chart=")) {
        Reply reply = served().http.get("/api/s/good/" + address + attack);
        assertThat(reply.status()).as(address + attack).isIn(400, 404);
        assertHarmless(address + attack, reply);
      }
      assertHarmless(attack, served().http.get("/api/compare?a=good&b=" + attack));
    }
    // All is as it was.
    assertThat(served().http.get("/api/s/good/map").status()).isEqualTo(200);
  }

  @Test
  void whatIsTooLargeIsRefused() {
    RawHttp http = served().http;
    assertThat(http.get("/api/sweeps?" + "a".repeat(20_000)).status()).isEqualTo(414);
    assertThat(http.get("/api/s/good/map?" + "depth=1&".repeat(100)).status()).isEqualTo(400);
    assertThat(http.get("/api/sweeps", "Content-Length: 5").status()).isEqualTo(413);
    assertThat(http.get("/api/sweeps", "X-Much: " + "a".repeat(2_000_000)).status())
        .isLessThan(500);
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      many.add("X-" + i + ": 1");
    }
    assertThat(http.get("/api/sweeps", many.toArray(new String[0])).status()).isLessThan(500);
    assertThat(http.get("/api/sweeps").status()).isEqualTo(200);
  }

  @Test
  void whatIsMalformedIsRefused() {
    for (String request :
        List.of(
            "\r\n\r\n",
            "GET\r\n\r\n",
            "GET /\r\n\r\n",
            "GET / HTTP/9\r\n\r\n",
            "GET /% HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /\u0000 HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /api/s/%ff%fe HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\n\r\n",
            "GET / HTTP/1.1\r\n Host: localhost\r\n\r\n",
            "\u0016\u0003\u0001")) {
      Reply reply = served().http.send(request.getBytes(StandardCharsets.ISO_8859_1));
      assertThat(reply.status()).as(request).isIn(0, 400, 403, 404);
      assertHarmless(request, reply);
    }
  }

  @Test
  void aHostileNameIsText() throws Exception {
    var sweeps = served().json("sweeps");
    assertThat(sweeps).hasSize(2);
    String id = sweeps.get(0).get("id").asText();
    assertThat(id).matches("[a-z0-9._-]+");
    assertThat(served().http.get("/api/s/" + id + "/map").status()).isEqualTo(200);
    Reply export = served().http.get("/api/s/" + id + "/export?chart=map");
    assertThat(export.header("content-disposition"))
        .matches("attachment; filename=\"[a-z0-9._-]+\"");
  }

  @Test
  void withATokenNothingIsAnsweredWithoutIt() throws Exception {
    try (Served locked = new Served(root, true)) {
      String link = locked.announced.get(0);
      String path = link.substring(link.indexOf("/login/"));
      assertThat(path.substring("/login/".length())).hasSizeGreaterThanOrEqualTo(43); // 256 bits
      for (String address :
          List.of("/", "/api/sweeps", "/api/s/good/map", "/web/charts.js", "/nothing")) {
        assertThat(locked.http.get(address).status()).as(address).isEqualTo(401);
        assertThat(locked.http.get(address, "Cookie: phasemap=guess").status()).isEqualTo(401);
      }
      assertThat(locked.http.request("HEAD", path).status()).isEqualTo(401);
      Reply entered = locked.http.get(path);
      String cookie = entered.header("set-cookie");
      assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/");
      String pair = cookie.substring(0, cookie.indexOf(';'));
      assertThat(locked.http.get("/api/sweeps", "Cookie: other=1; " + pair).status())
          .isEqualTo(200);
      assertThat(pair).doesNotContain(path.substring("/login/".length()));
      assertThat(locked.http.get(path).status()).as("a link works once").isEqualTo(401);
      assertThat(locked.announced).hasSize(2);
      String next = locked.announced.get(1);
      assertThat(locked.http.get(next.substring(next.indexOf("/login/"))).status()).isEqualTo(200);
      assertThat(locked.http.get("/login/").status()).isEqualTo(401);
    }
  }

  @Test
  void atAnAddressThatOthersReachATokenIsWanted() {
    Settings settings =
        new Settings(
            List.of(root.toString()),
            "0.0.0.0",
            List.of(),
            0,
            false,
            new Limits(Duration.ofSeconds(5), 200));
    List<String> announced = new ArrayList<>();
    try (DashboardServer server =
        DashboardServer.start(
            settings, new Configuration(), folder -> new Targets.Target(1, 1, 0), announced::add)) {
      assertThat(server.isLocked()).isTrue();
      assertThat(announced.get(0)).contains("/login/");
      assertThat(new RawHttp(server.port()).get("/api/sweeps").status()).isEqualTo(401);
    }
  }

  @Test
  void aPortThatIsTakenIsOneMessage() {
    Settings settings =
        new Settings(
            List.of(root.toString()),
            "",
            List.of(),
            served().server.port(),
            false,
            new Limits(Duration.ofSeconds(5), 200));
    assertThatThrownBy(
            () ->
                DashboardServer.start(
                    settings,
                    new Configuration(),
                    folder -> new Targets.Target(1, 1, 0),
                    link -> {}))
        .isInstanceOf(UserException.class)
        .hasMessageMatching(
            "--port: \\d+ cannot be listened at \\(.*\\); allowed: a port that is free .*");
  }

  @Test
  void slowClientsDoNotHoldTheServer() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        Socket socket = served().http.connect();
        slow.add(socket);
        socket
            .getOutputStream()
            .write("GET /api/sweeps HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
      }
      long start = System.nanoTime();
      assertThat(served().http.get("/api/s/good/map").status()).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isLessThan(Duration.ofSeconds(JdkServer.READ_SECONDS));
      // And they are let go: the JDK looks once a second.
      Socket first = slow.get(0);
      first.setSoTimeout((JdkServer.READ_SECONDS + 20) * 1_000);
      assertThat(first.getInputStream().read()).isEqualTo(-1);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void randomRequestsFindNothing() {
    Random random = new Random(18);
    for (int i = 0; i < REQUESTS; i++) {
      String address = address(random);
      String method = random.nextInt(20) == 0 ? "POST" : random.nextInt(10) == 0 ? "HEAD" : "GET";
      Reply reply = served().http.request(method, address);
      assertHarmless(method + " " + address, reply);
    }
    assertThat(served().http.get("/api/s/good/map").status()).isEqualTo(200);
  }

  private static String address(Random random) {
    List<String> paths =
        List.of(
            "/",
            "/api/sweeps",
            "/api/s/good",
            "/api/s/good/map",
            "/api/s/good/lines",
            "/api/s/good/slice",
            "/api/s/good/agreement",
            "/api/s/good/parallel",
            "/api/s/good/collapse",
            "/api/s/good/cell/d58df9cc1d73581d",
            "/api/s/good/replicates/d58df9cc1d73581d",
            "/api/s/good/export",
            "/api/compare",
            "/web/charts.js",
            "/api/s/none");
    List<String> names =
        List.of(
            "x",
            "y",
            "quantity",
            "view",
            "facet",
            "average",
            "by",
            "axes",
            "scale",
            "format",
            "chart",
            "a",
            "b",
            "task",
            "depth",
            "width",
            "activation",
            "sigma_w2",
            "sigma_multiplier",
            "keep_probability",
            "init",
            "no");
    List<String> values =
        List.of(
            "depth",
            "width",
            "sigma_w2",
            "sigma_multiplier",
            "activation",
            "keep_probability",
            "ln_q",
            "c",
            "p_trained",
            "mean",
            "z",
            "theory",
            "difference",
            "training",
            "propagation",
            "good",
            "csv",
            "parquet",
            "map",
            "slice",
            "2",
            "1.5",
            "2..4",
            "..4",
            "2%7C4",
            "tanh",
            "relu%7Ctanh",
            "",
            "'",
            "xi_c",
            "depth_over_width",
            "-1",
            "1e308",
            "depth,width",
            "%00",
            "%zz");
    StringBuilder address = new StringBuilder(paths.get(random.nextInt(paths.size())));
    int parameters = random.nextInt(5);
    for (int i = 0; i < parameters; i++) {
      address.append(i == 0 ? '?' : '&').append(names.get(random.nextInt(names.size())));
      address.append('=').append(values.get(random.nextInt(values.size())));
    }
    if (random.nextInt(4) == 0) {
      int at = random.nextInt(address.length());
      address.setCharAt(at, (char) (33 + random.nextInt(94)));
    }
    return address.toString().replace("#", "%23");
  }
}
